import hashlib
from dataclasses import replace

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from . import passage_values
from .cpf import checking
from .credentialing import attachments_of, make_credentials, publish, qr_text
from .documents.certificate import CertificateText, certificate
from .documents.minutes import minutes as draw_minutes
from .minutes import paper_of
from .models import Certificate, CertificateFile, Credential, JuryClosing, MinutesFile, PassageFile

# Loaded when it is called, which only the worker does.
SIGNED = "certification.signing.signed"


@task(backend="background")
def make_file(certificate_id):
    """Makes the credentials and the PDF of a certificate, once. Safe to ask for again, and by several workers."""
    issued = Certificate.objects.select_related("file").get(pk=certificate_id)
    make_credentials(issued, timezone.now())
    if not hasattr(issued, "file"):
        values = replace(CertificateText(**issued.printed), qr_text=qr_text(issued))
        keep("certificates", certificate(values, attachments_of(issued)), CertificateFile, certificate=issued)


@task(backend="background")
def publish_status(certificate_id):
    """Says in the status lists that a certificate was revoked or replaced."""
    lists = Credential.objects.filter(certificate=certificate_id).values_list("status_list", flat=True)
    for number in set(lists):
        publish(number, timezone.now())


def keep(folder, data, model, **owner):
    """Signs a document and keeps it, once, as the file of its owner. No signature is twice the same: the file is named
    after what was signed, so that a second try writes over the first. To sign may wait for a network: nothing is locked
    meanwhile, and of two who sign, one throws it away."""
    (of,) = owner.values()
    name, signed = f"{folder}/{hashlib.sha256(data).hexdigest()}.pdf", import_string(SIGNED)(data)
    with transaction.atomic():
        type(of).objects.select_for_update().get(pk=of.pk)
        if not model.objects.filter(**owner).exists():
            model.objects.create(**owner, **stored(storages["private"], name, signed))


@task(backend="background")
def make_minutes(closing_id):
    """Makes the PDF of the minutes of a jury, once. Safe to ask for again, and by several workers."""
    closing = JuryClosing.objects.select_related("minutes", "file").get(pk=closing_id)
    if not hasattr(closing, "file"):
        keep("minutes", draw_minutes(paper_of(closing.minutes)), MinutesFile, closing=closing)


def stored(storage, name, data):
    storage.delete(name)
    storage.save(name, ContentFile(data))
    digest = hashlib.sha256(data).hexdigest()
    return {"name": name, "sha256": digest, "size": len(data), "made_at": timezone.now()}


@task(backend="background")
def check_passage_file(file_id):
    """Writes a file for the register from end to end against its schema: may be asked for again at any time."""
    file = PassageFile.objects.get(pk=file_id)
    if file.checked_at or file.discarded_at:
        return
    xsd = passage_values.xsd_of(file)
    checked = checking.check(passage_values.written(file), xsd)
    found = {"checked_at": timezone.now(), "sha256": checked.sha256, "size": checked.size, "fault": checked.fault}
    if checked.fault:
        culprit = checking.culprit(passage_values.flux(file), [passage_values.certification(file)], xsd)
        if culprit:
            found |= {"fault": culprit.message, "faulty": file.passages.filter(technical_id=culprit.id or None).first()}
    PassageFile.objects.filter(pk=file.pk, checked_at=None).update(**found)
