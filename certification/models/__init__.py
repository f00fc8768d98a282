"""What is proven. Each file imports only the ones above it: attendance, paper, signatures, certificates, auditors,
exchanges, guests."""

from .attendance import AttendanceMark, MarkDetail, expected_in, roster_of
from .auditors import AuditorLink, AuditorVisit
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter
from .exchanges import Exchange, ExchangeNote
from .guests import GuestPresence, guests_of
from .paper import PaperSheet
from .signatures import LateDecision, SlotLock, is_whole

__all__ = [
    "AttendanceMark",
    "AuditorLink",
    "AuditorVisit",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "Counter",
    "Exchange",
    "ExchangeNote",
    "GuestPresence",
    "LateDecision",
    "MarkDetail",
    "PaperSheet",
    "SlotLock",
    "expected_in",
    "guests_of",
    "is_whole",
    "roster_of",
]
