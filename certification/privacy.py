"""What this room holds on a person: proof, kept for its legal time (docs/architecture.md, decision 6)."""

from dataclasses import dataclass

from django.core.files.storage import storages
from django.utils.translation import gettext_lazy as _

from people.privacy import Basis, Fate, Kind, register

from .jury_privacy import KINDS as OF_JURIES
from .models import (
    AttendanceMark,
    AuditorLink,
    Batch,
    BatchItem,
    Certificate,
    CertificateEvent,
    CertificateFile,
    CivilStatus,
    CorrectionRequest,
    Credential,
    DocumentBody,
    Exchange,
    ExchangeNote,
    ExpiryReminder,
    FrameworkDraft,
    FrameworkVersion,
    GuestPresence,
    IssuedDocument,
    LateDecision,
    LockDetail,
    MarkDetail,
    PaperSheet,
    Passage,
    RuleVersion,
    SlotLock,
)
from .practice_privacy import KINDS as OF_PRACTICE

PRESENCE = _("To prove to the funders who was present, and for how long.")
FRAMEWORK = _("To know who wrote the framework by which people are assessed.")
RULES = _("To know who decided what a certificate asks for.")
ASSISTANCE = _("To prove to the funders that somebody helped the learners who work at a distance.")
ATTESTATION = _("To attest what the person followed, and to show the same document when somebody asks again.")
VERIFICATION = _("To prove that the certificate is genuine.")
DECLARATION = _("To declare the certificate to the State’s register, as the law asks (L6113-8 of the labour code).")


def certificate_files(user):
    """The PDF of each certificate, under its number."""
    files = CertificateFile.objects.filter(certificate__learner=user).select_related("certificate").order_by("pk")
    for file in files:
        with storages["private"].open(file.name) as content:
            yield f"{file.certificate.number}.pdf", content.read()


def attestations(user):
    """The PDF of each document, under its number."""
    bodies = DocumentBody.objects.filter(document__learner=user).select_related("document").order_by("pk")
    for body in bodies:
        yield f"{body.document.number}.pdf", body.content()


def proof(key, name, why, model, person, values, at, term="proof", **more):
    values = {"fate": Fate.REGISTER, "since": "session" if term == "proof" else "fact", **more, "values": values}
    return Kind(key=key, name=name, why=why, basis=Basis.LAW, model=model, person=person, at=at, term=term, **values)


@dataclass(frozen=True)
class CivilStatusKind(Kind):
    """It is needed until the register accepted the last certificate of the person, and goes some time later. What a
    file without an answer is made of stays."""

    __hash__ = Kind.__hash__

    def export(self, user):
        return [row.values for row in self.rows(user).select_related("person")]

    def expired(self, now):
        lately = Passage.objects.filter(answered_at__gte=now - self.days).values("certificate__learner")
        return self.done(super().expired(now)).exclude(person__in=lately)

    def leaving(self, user, now):
        return self.done(self.rows(user))

    def done(self, rows):
        needed = Passage.objects.open(), Passage.objects.in_flight()
        return rows.exclude(person__in=needed[0].values("certificate__learner")).exclude(
            person__in=needed[1].values("certificate__learner")
        )


register(
    "certification",
    CivilStatusKind(
        key="civil_status",
        name=_("Civil status, encrypted: names, birth, sex"),
        why=DECLARATION,
        basis=Basis.LAW,
        model=CivilStatus,
        person="person",
        values=("changed_at",),
        fate=Fate.PROOF,
        term="civil_status",
        since="accepted",
        at="changed_at",
    ),
    proof(
        "passages",
        _("Declarations of the certificate to the State’s register, with the answers"),
        DECLARATION,
        Passage,
        "certificate__learner",
        ("technical_id", "certificate__number", "made_at", "answer", "reason", "answered_at"),
        "certificate__issued_at",
        term="certificate",
        fate=Fate.PROOF,
    ),
    proof(
        "marks",
        _("Presence in each half-day"),
        PRESENCE,
        AttendanceMark,
        "learner",
        ("slot__code", "slot__starts_at", "slot__ends_at", "status", "minutes", "source", "late", "recorded_at"),
        "slot__ends_at",
    ),
    proof(
        "mark_details",
        _("The printed name, the drawn signature and the reasons on the attendance sheets"),
        PRESENCE,
        MarkDetail,
        "mark__learner",
        ("mark__slot__code", "printed_name", "reason", "signature"),
        "mark__slot__ends_at",
        fate=Fate.PROOF,
    ),
    proof(
        "marks_made",
        _("Presences that the person noted for others"),
        PRESENCE,
        AttendanceMark,
        "author",
        ("slot__code", "status", "source", "recorded_at"),
        "slot__ends_at",
    ),
    proof(
        "late_decisions",
        _("Decisions on presences that arrived late"),
        PRESENCE,
        LateDecision,
        "author",
        ("accepted", "at"),
        "mark__slot__ends_at",
    ),
    proof(
        "guest_presences",
        _("Presences of guests without an account that the person noted"),
        PRESENCE,
        GuestPresence,
        "author",
        ("slot__code", "at"),
        "slot__ends_at",
        fate=Fate.UNNAMED,
    ),
    proof(
        "slot_locks",
        _("Countersignatures of attendance sheets"),
        PRESENCE,
        SlotLock,
        "trainer",
        ("slot__code", "signed_at", "marks"),
        "slot__ends_at",
    ),
    proof(
        "lock_details",
        _("The printed name beside the countersignatures"),
        PRESENCE,
        LockDetail,
        "lock__trainer",
        ("lock__slot__code", "printed_name"),
        "lock__slot__ends_at",
        fate=Fate.PROOF,
    ),
    proof(
        "paper_sheets",
        _("Sheets signed on paper that the person added"),
        PRESENCE,
        PaperSheet,
        "author",
        ("slot__code", "content_type", "sha256", "size", "added_at"),
        "slot__ends_at",
    ),
    proof(
        "certificates",
        _("Certificates, as they were issued"),
        VERIFICATION,
        Certificate,
        "learner",
        ("number", "code", "scheme", "issued_at", "expires_on", "printed", "rules_met"),
        "issued_at",
        term="certificate",
        files=certificate_files,
    ),
    proof(
        "certificate_files",
        _("The documents (PDF) of the certificates"),
        VERIFICATION,
        CertificateFile,
        "certificate__learner",
        ("certificate__number", "sha256", "size", "made_at"),
        "made_at",
        term="certificate",
    ),
    proof(
        "credentials",
        _("The certificates as Open Badges, which others verify without us"),
        VERIFICATION,
        Credential,
        "certificate__learner",
        ("certificate__number", "language", "body", "sha256", "made_at"),
        "made_at",
        term="certificate",
    ),
    proof(
        "certificate_events",
        _("Certificates that were revoked"),
        VERIFICATION,
        CertificateEvent,
        "certificate__learner",
        ("certificate__number", "kind", "reason", "at"),
        "at",
        term="certificate",
    ),
    proof(
        "certificates_issued",
        _("Certificates that the person issued"),
        VERIFICATION,
        Certificate,
        "issued_by",
        ("number", "issued_at"),
        "issued_at",
        term="certificate",
    ),
    Kind(
        key="name_corrections",
        name=_("What the person asked about the name on a certificate"),
        why=_("To correct a name that is wrong."),
        basis=Basis.CHOICE,
        model=CorrectionRequest,
        person="certificate__learner",
        values=("certificate__number", "wanted", "asked_at", "answered_at"),
        fate=Fate.DELETED,
        term="request",
        since="request",
        at="asked_at",
    ),
    Kind(
        key="expiry_reminders",
        name=_("Reminders before a certificate ends"),
        why=_("To write once, and not again."),
        basis=Basis.CONTRACT,
        model=ExpiryReminder,
        person="certificate__learner",
        values=("certificate__number", "days", "state", "at", "sent_at"),
        fate=Fate.DELETED,
        term="message",
        since="fact",
        at="at",
    ),
    Kind(
        key="batches",
        name=_("Certificates of a group that the person had issued"),
        why=VERIFICATION,
        basis=Basis.LAW,
        model=Batch,
        person="author",
        values=("begun_at", "finished_at"),
        fate=Fate.UNNAMED,
        term="proof",
        since="fact",
        at="begun_at",
    ),
    Kind(
        key="batch_items",
        name=_("Whether the certificate could be issued with those of the group, and why not"),
        why=VERIFICATION,
        basis=Basis.LAW,
        model=BatchItem,
        person="learner",
        values=("settled_at", "refusal"),
        fate=Fate.DELETED,
        term="proof",
        since="fact",
        at="batch__begun_at",
    ),
    proof(
        "exchanges",
        _("Exchanges with a tutor: how, on what, when asked and answered"),
        ASSISTANCE,
        Exchange,
        "learner",
        ("channel", "subject", "asked_at", "answered_at", "tutor__printed_name"),
        "asked_at",
        fate=Fate.UNNAMED,
        since="fact",
    ),
    proof(
        "exchange_notes",
        _("The line beside an exchange with a tutor"),
        ASSISTANCE,
        ExchangeNote,
        "exchange__learner",
        ("exchange__asked_at", "text"),
        "exchange__asked_at",
        fate=Fate.DELETED,
        since="fact",
    ),
    proof(
        "exchanges_led",
        _("Exchanges in which the person answered"),
        ASSISTANCE,
        Exchange,
        "tutor",
        ("channel", "subject", "asked_at", "answered_at"),
        "asked_at",
        fate=Fate.UNNAMED,
        since="fact",
    ),
    proof(
        "auditor_links",
        _("Auditors to whom the person opened the proof of a group"),
        _("To know who read the proof, and who let them."),
        AuditorLink,
        "author",
        ("cohort__name", "starts_at", "ends_at", "made_at", "withdrawn_at"),
        "made_at",
        since="fact",
    ),
    proof(
        "certificates_revoked",
        _("Certificates that the person revoked"),
        VERIFICATION,
        CertificateEvent,
        "author",
        ("kind", "reason", "at"),
        "at",
        term="certificate",
    ),
    *OF_PRACTICE,
    proof(
        "framework_versions",
        _("Versions of the framework that the person published"),
        FRAMEWORK,
        FrameworkVersion,
        "author",
        ("scheme", "number", "published_at"),
        "published_at",
        since="fact",
    ),
    proof(
        "rule_versions",
        _("Versions of a rule that the person published"),
        RULES,
        RuleVersion,
        "author",
        ("scheme__key", "number", "published_at"),
        "published_at",
        since="fact",
    ),
    proof(
        "documents",
        _("Attestations that were issued: their number, kind and fingerprint"),
        ATTESTATION,
        IssuedDocument,
        "learner",
        ("number", "kind", "language", "issued_at", "sha256", "size"),
        "issued_at",
        since="fact",
    ),
    proof(
        "document_bodies",
        _("What the attestations say, with the document (PDF)"),
        ATTESTATION,
        DocumentBody,
        "document__learner",
        ("document__number", "facts", "printed"),
        "document__issued_at",
        since="fact",
        fate=Fate.PROOF,
        files=attestations,
    ),
    proof(
        "documents_issued",
        _("Attestations that the person issued"),
        ATTESTATION,
        IssuedDocument,
        "issued_by",
        ("number", "kind", "issued_at"),
        "issued_at",
        since="fact",
    ),
    Kind(
        key="framework_drafts",
        name=_("The draft of the framework that the person wrote last"),
        why=FRAMEWORK,
        basis=Basis.CONTRACT,
        model=FrameworkDraft,
        person="author",
        values=("scheme", "changed_at"),
        fate=Fate.UNNAMED,
    ),
    *OF_JURIES,
)
