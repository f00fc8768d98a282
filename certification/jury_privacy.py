"""What juries hold on a person."""

from django.utils.translation import gettext_lazy as _

from people.privacy import Basis, Fate, Kind

from .models import (
    ConflictDeclaration,
    Jury,
    JuryCandidate,
    JuryConvocation,
    JuryDecision,
    JuryMember,
    JurySignature,
    MinutesFile,
)

JUDGED = _("To prove what a jury decided, and that it was free to decide.")


def judged(key, name, model, person, values, at):
    return Kind(
        key=key, name=name, why=JUDGED, basis=Basis.LAW, model=model, person=person, values=values,
        fate=Fate.REGISTER, term="certificate", since="fact", at=at,
    )  # fmt: skip


KINDS = [
    judged("candidacies", _("Juries that heard the person"), JuryCandidate, "learner",
           ("jury__code", "jury__at", "jury__place"), "jury__at"),
    judged("jury_decisions", _("What juries decided of the person, with the reason"), JuryDecision, "learner",
           ("jury__code", "decision", "reason", "blocks", "at"), "at"),
    judged("jury_decisions_written", _("Decisions of juries that the person wrote"), JuryDecision, "author",
           ("jury__code", "decision", "at"), "at"),
    judged("jury_minutes", _("Signed minutes that name the person"), MinutesFile, "closing__jury__candidates__learner",
           ("closing__jury__code", "sha256", "size", "made_at"), "made_at"),
    judged("seats", _("Juries in which the person sits"), JuryMember, "person",
           ("jury__code", "seat", "named_at", "ended_at"), "named_at"),
    judged("conflicts", _("Declarations of conflicts of interest"), ConflictDeclaration, "member__person",
           ("member__jury__code", "at"), "at"),
    judged("jury_signatures", _("Signatures under minutes of juries"), JurySignature, "member__person",
           ("minutes__jury__code", "strokes", "digest", "at"), "at"),
    judged("juries_opened", _("Juries that the person prepared"), Jury, "opened_by",
           ("code", "at", "place", "opened_at"), "opened_at"),
    Kind(
        key="convocations", name=_("Convocations to juries"), why=_("To ask the person to come."),
        basis=Basis.CONTRACT, model=JuryConvocation, person="person",
        values=("starts_at", "place", "kind", "language", "address", "state", "at", "sent_at"),
        fate=Fate.DELETED, term="proof", since="fact", at="at",
    ),
]  # fmt: skip
