"""What is declared to the State's register: each certificate, the files it went in, the answers."""

import uuid

from django.db import models
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, Value, When
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from people.models import Organisation

from .certificates import Certificate, CertificateEvent
from .schemes import Scheme


class State(models.TextChoices):
    TO_SEND = "to_send", _("to send")
    GENERATED = "generated", _("in a file")
    DEPOSITED = "deposited", _("deposited")
    OK = "ok", _("accepted")
    KO = "ko", pgettext_lazy("declaration", "refused")
    CORRECTED = "corrected", _("corrected")


def revoked():
    """Whether the certificate of a passage was revoked, or a later one that replaces it. What replaces a revoked one
    has a passage of its own."""
    same = {f"certificate__{name}": OuterRef(f"certificate__{name}") for name in ("learner", "scheme", "edition")}
    later = CertificateEvent.objects.filter(certificate__gte=OuterRef("certificate"), **same)
    return Exists(later.filter(kind="revoked"))


class PassageFileQuerySet(models.QuerySet):
    def coordinated_by(self, user):
        """A file holds the people of one organisation, or of all when somebody who sees everyone made it."""
        if user.sees_everyone:
            return self
        return self.filter(organisation=user.organisation_id) if user.organisation_id else self.none()

    def with_answers(self):
        """Each row carries how many of its passages wait, were accepted, were refused."""
        counts = {name: Count("passages", filter=Q(passages__answer=answer)) for name, answer in ANSWERS.items()}
        return self.annotate(**counts)


class PassageFile(models.Model):
    """A file for the register. Its head is frozen; its bytes are written anew each time from rows that may not change
    meanwhile, so that no copy of them is kept anywhere."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="files")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    head = models.JSONField()
    count = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    checked_at = models.DateTimeField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    fault = models.TextField(blank=True)
    faulty = models.ForeignKey("Passage", models.SET_NULL, null=True, related_name="+")
    deposited_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    objects = PassageFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file for the register")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="passage_file_deposited_or_discarded",
                condition=Q(deposited_at=None) | Q(discarded_at=None),
            )
        ]

    def __str__(self):
        return self.name

    @property
    def name(self):
        return f"{self.head['code']}-{self.made_at:%Y%m%d}-{self.code}.xml"

    @property
    def is_ready(self):
        return bool(self.checked_at and not self.fault)


class PassageQuerySet(models.QuerySet):
    def coordinated_by(self, user):
        """Those of the organisation of a coordinator; all for somebody who sees everyone."""
        if user.sees_everyone:
            return self
        if not user.organisation_id:
            return self.none()
        return self.filter(certificate__edition__cohort__organisation=user.organisation_id)

    def with_state(self):
        return self.annotate(
            state=Case(
                When(correction__isnull=False, then=Value(State.CORRECTED)),
                When(answer=Passage.Answer.OK, then=Value(State.OK)),
                When(answer=Passage.Answer.KO, then=Value(State.KO)),
                When(file__deposited_at__isnull=False, then=Value(State.DEPOSITED)),
                When(file__isnull=False, then=Value(State.GENERATED)),
                default=Value(State.TO_SEND),
            ),
            issued_at=F("certificate__issued_at"),
        )

    def valid(self):
        """Those to declare: without a revoked certificate, or a title that turned out to be in no register."""
        return self.filter(~revoked(), scheme__registration__in=Scheme.REGISTERED)

    def to_delete(self):
        """Those that the register holds although their certificate was revoked."""
        return self.filter(revoked(), answer=Passage.Answer.OK)

    def open(self):
        """Those that the register has not accepted yet, each certificate once."""
        return self.valid().filter(~Q(answer=Passage.Answer.OK), correction=None)

    def of(self, person):
        return self.filter(certificate__learner=person)

    def in_flight(self):
        """Those that stand in a file whose answer is not known: what they are made of may not change."""
        return self.filter(answer="", correction=None, file__isnull=False)

    def sendable(self):
        return self.open().filter(file=None, certificate__learner__civil_status__isnull=False)

    def summary(self):
        """Counts by state, how many lack the civil status, and the moment of the oldest that is not accepted."""
        counted = {state.value: Count("pk", filter=Q(state=state)) for state in State}
        lacking = Count("pk", filter=Q(state=State.TO_SEND, certificate__learner__civil_status=None))
        oldest = Min("issued_at", filter=~Q(state__in=[State.OK, State.CORRECTED]))
        return self.valid().with_state().aggregate(**counted, lacking=lacking, oldest=oldest)


class Passage(models.Model):
    """The declaration of one certificate. A correction is a new passage that names the one it replaces and keeps its
    `technical_id`, by which the register knows it."""

    class Answer(models.TextChoices):
        OK = "ok", _("accepted")
        KO = "ko", pgettext_lazy("declaration", "refused")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    technical_id = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="passages")
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="passages")
    replaces = models.OneToOneField("self", models.CASCADE, null=True, related_name="correction")
    made_at = models.DateTimeField()
    file = models.ForeignKey(PassageFile, models.PROTECT, null=True, related_name="passages")
    answer = models.CharField(max_length=2, choices=Answer, blank=True)
    reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)

    objects = PassageQuerySet.as_manager()

    class Meta:
        verbose_name = _("passage")
        ordering = ["certificate__issued_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(replaces=None), name="passage_of_a_certificate_once"
            ),
            models.UniqueConstraint(fields=["file", "technical_id"], name="passage_once_a_file"),
            models.CheckConstraint(
                name="passage_answered_whole",
                condition=Q(answer="", answered_at=None, reason="")
                | Q(answer="ok", answered_at__isnull=False, reason="", file__isnull=False)
                | Q(answer="ko", answered_at__isnull=False, file__isnull=False) & ~Q(reason=""),
            ),
        ]

    def __str__(self):
        return str(self.technical_id)


ANSWERS = {"waiting": "", "accepted": Passage.Answer.OK, "refused": Passage.Answer.KO}


class Receipt(models.Model):
    """A return file that was read: the same one changes nothing the second time."""

    file = models.ForeignKey(PassageFile, models.PROTECT, related_name="receipts")
    sha256 = models.CharField(max_length=64)
    treatment = models.CharField(max_length=50, blank=True)
    accepted = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    errors = models.JSONField(default=list)
    read_at = models.DateTimeField()

    class Meta:
        verbose_name = _("return file")
        ordering = ["-read_at"]
        constraints = [models.UniqueConstraint(fields=["file", "sha256"], name="receipt_read_once")]

    def __str__(self):
        return f"{self.file} · {self.treatment}"
