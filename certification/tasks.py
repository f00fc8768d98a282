import hashlib
from dataclasses import replace

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from . import passage_values
from .cpf import checking
from .credentialing import make_credentials, publish, qr_text
from .documents.certificate import CertificateText, certificate
from .models import Certificate, CertificateFile, Credential, PassageFile


@task(backend="background")
def make_file(certificate_id):
    """Makes the credentials and the PDF of a certificate, once. Safe to ask for again, and by several workers."""
    issued = Certificate.objects.select_related("file").get(pk=certificate_id)
    make_credentials(issued, timezone.now())
    if not hasattr(issued, "file"):
        keep(issued, certificate(replace(CertificateText(**issued.printed), qr_text=qr_text(issued))))


@task(backend="background")
def publish_status(certificate_id):
    """Says in the status lists that a certificate was revoked or replaced."""
    lists = Credential.objects.filter(certificate=certificate_id).values_list("status_list", flat=True)
    for number in set(lists):
        publish(number, timezone.now())


def keep(issued, data):
    """The file is named after what it holds, so that a second try finds it again."""
    sha256 = hashlib.sha256(data).hexdigest()
    storage, name = storages["private"], f"certificates/{sha256}.pdf"
    with transaction.atomic():
        Certificate.objects.select_for_update().get(pk=issued.pk)
        if CertificateFile.objects.filter(certificate=issued).exists():
            return
        if not storage.exists(name):
            storage.save(name, ContentFile(data))
        CertificateFile.objects.create(
            certificate=issued, name=name, sha256=sha256, size=len(data), made_at=timezone.now()
        )


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
