"""Declaring certificates to the State's register: a passage for each, files that hold them, answers that come back.

Who did what is in the audit trail; these rows say what was done and when.
"""

import hashlib
from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from people.models import TrailEntry
from people.models.trail import note

from . import passage_values
from .cpf import reading
from .models import Certificate, CertificateEvent, CivilStatus, Passage, PassageFile, Receipt, Scheme
from .refusals import Refused
from .tasks import check_passage_file

Action = TrailEntry.Action


def begin(certificate, scheme):
    """The passage of a certificate whose title was registered on the day of the first one; None for any other, and
    for one that replaces another, which is declared already unless it was revoked."""
    declared = certificate.replaces and not certificate.replaces.was_revoked
    if declared or not scheme.was_registered(timezone.localdate(certificate.first.issued_at)):
        return None
    made = {"scheme": scheme, "made_at": certificate.issued_at}
    return Passage.objects.get_or_create(certificate=certificate, replaces=None, defaults=made)[0]


def catch_up(scheme):
    """Passages of what was issued since the decision, for a scheme whose registration is written down later."""
    own = Q(replaces=None) | Q(replaces__events__kind=CertificateEvent.Kind.REVOKED)
    waiting = Certificate.objects.filter(own, scheme=scheme.key, passages=None)
    for certificate in waiting if scheme.is_registered else []:
        begin(certificate, scheme)


@transaction.atomic
def generate(scheme, user, now):
    """A file with every passage of this user's people that may be sent. The scheme is locked: two at once, and none
    stands in both."""
    scheme = Scheme.objects.select_for_update().get(pk=scheme.pk)
    if not scheme.can_deposit:
        raise Refused("no_contract")
    file = PassageFile.objects.create(
        scheme=scheme,
        organisation=None if user.sees_everyone else user.organisation,
        head=passage_values.head(scheme),
        made_at=now.replace(microsecond=0),
    )
    ready = Passage.objects.filter(scheme=scheme).coordinated_by(user).sendable().order_by("pk").values("pk")
    file.count = Passage.objects.filter(pk__in=ready[: settings.CPF_LARGEST]).update(file=file)
    if not file.count:
        raise Refused("nothing_to_send")
    file.save(update_fields=["count"])
    tell(file, "generated", user, now)
    transaction.on_commit(partial(check_passage_file.enqueue, file.pk))
    return file


@transaction.atomic
def deposit(file, user, now):
    """Whether it is deposited. Twice is harmless: the first moment stays."""
    file = PassageFile.objects.select_for_update().get(pk=file.pk)
    if file.deposited_at:
        return True
    if file.discarded_at or not file.is_ready:
        return False
    PassageFile.objects.filter(pk=file.pk).update(deposited_at=now)
    tell(file, "deposited", user, now)
    return True


@transaction.atomic
def discard(file, user, now):
    """Whether it is discarded: only what was not deposited. Its passages wait again. Twice is harmless."""
    file = PassageFile.objects.select_for_update().get(pk=file.pk)
    if file.deposited_at:
        return False
    if not file.discarded_at:
        withdraw(file, now)
        tell(file, "discarded", user, now)
    return True


def withdraw(file, now):
    """Also of a file that the register refused as a whole: its passages wait again."""
    PassageFile.objects.filter(pk=file.pk).update(deposited_at=None, discarded_at=now)
    file.passages.update(file=None)


def download(file, user, now):
    """The bytes, written as they are read. Its reading is noted before."""
    note(Action.EXPORTED, user, now, subject=file.name)
    return passage_values.written(file)


@transaction.atomic
def receive(file, upload, user, now):
    """Reads a return file: whole, or not at all. The same one again changes nothing."""
    file = PassageFile.objects.select_for_update().get(pk=file.pk)
    digest = hashlib.file_digest(upload, "sha256").hexdigest()
    held = file.receipts.filter(sha256=digest).first()
    if held:
        return held
    report = report_on(file, upload)
    accepted, refused = settle(file, report, now)
    if not report.answers:
        withdraw(file, now)
    elif file.deposited_at is None:
        PassageFile.objects.filter(pk=file.pk).update(deposited_at=now)
    tell(file, "answered", user, now)
    return Receipt.objects.create(
        file=file,
        sha256=digest,
        treatment=report.treatment[:50],
        accepted=accepted,
        refused=refused,
        errors=report.errors,
        read_at=now,
    )


def report_on(file, upload):
    """Raises Unreadable when it is of another file, or refuses as a whole what was answered."""
    upload.seek(0)
    report = reading.read(upload)
    if file.discarded_at or (report.flux or report.file.removesuffix(".xml")) not in names_of(file):
        raise reading.Unreadable("other_file")
    if not report.answers and file.passages.exclude(answer="").exists():
        raise reading.Unreadable("otherwise")
    return report


def names_of(file):
    return {str(file.code), file.name.removesuffix(".xml")}


def settle(file, report, now):
    """Writes what was answered; returns how many were accepted and refused. A second answer must be the first."""
    passages = {str(passage.technical_id): passage for passage in file.passages.all()}
    changed = []
    for key, answer in report.answers.items():
        passage = passages.get(key)
        if passage is None:
            raise reading.Unreadable("unknown", answer.line)
        said = Passage.Answer.KO if answer.reason else Passage.Answer.OK
        if passage.answer and passage.answer != said:
            raise reading.Unreadable("otherwise", answer.line)
        if not passage.answer:
            passage.answer, passage.reason, passage.answered_at = said, answer.reason, now
            changed.append(passage)
    Passage.objects.bulk_update(changed, ["answer", "reason", "answered_at"], batch_size=500)
    refused = sum(bool(answer.reason) for answer in report.answers.values())
    return len(report.answers) - refused, refused


@transaction.atomic
def write_civil_status(person, values, author, now):
    """What a coordinator or the person wrote. Passages that were refused are corrected by it, and wait to be sent."""
    list(Scheme.objects.registered().order_by("pk").select_for_update())
    passages = Passage.objects.of(person)
    if not passages.open().exists():
        raise Refused("not_declared")
    if passages.in_flight().exists():
        raise Refused("in_flight")
    held = CivilStatus.objects.filter(person=person).first()
    if held is None or held.values != values:
        CivilStatus.objects.write(person, values, now)
        note(Action.CIVIL_WRITTEN, author, now, person)
    for passage in passages.open().filter(answer=Passage.Answer.KO):
        correct(passage, now)


@transaction.atomic
def send_again(file, user, now):
    """What a file had refused, as it is: for a refusal that was not about the people. Twice is harmless."""
    refused = file.passages.open().filter(answer=Passage.Answer.KO)
    for passage in refused:
        correct(passage, now)
    if refused:
        tell(file, "sent_again", user, now)
    return len(refused)


def correct(passage, now):
    """A new passage in the place of one that was refused, known to the register by the same id."""
    same = {"scheme": passage.scheme, "certificate": passage.certificate, "technical_id": passage.technical_id}
    return Passage.objects.get_or_create(replaces=passage, defaults={**same, "made_at": now})[0]


def read_civil_status(person, author, now):
    """What is written on somebody, for a coordinator: each reading is noted. None when nothing is."""
    held = CivilStatus.objects.filter(person=person).select_related("person").first()
    if held is None:
        return None
    note(Action.CIVIL_READ, author, now, person)
    return held.values


def tell(file, what, author, now):
    note(Action.DECLARED, author, now, subject=file.name, after={"register": what})
