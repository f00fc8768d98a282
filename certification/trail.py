"""How the audit trail calls what this room notes."""

from django.utils.translation import gettext_lazy as _

from people.trail import name

from .jury_words import DECISIONS
from .models import AttendanceMark, CertificateEvent

name("status", "", [(str(status), label) for status, label in AttendanceMark.STATUSES])
name("minutes", _("minutes"))
name("certificate", _("certificate"))
name("links", _("links of the register"))
name("accepted", _("counts"))
name("revoked_for", "", CertificateEvent.Reason.choices)
name("jury_decision", "", [(str(decision), label) for decision, label in DECISIONS.items()])
name("starts_on", _("first day"))
name("ends_on", _("last day"))
name(
    "register",
    "",
    [
        ("generated", _("made")),
        ("deposited", _("marked as deposited")),
        ("discarded", _("discarded")),
        ("answered", _("answer read")),
        ("sent_again", _("refused people sent again")),
    ],
)
