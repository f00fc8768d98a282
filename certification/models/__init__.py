"""What is proven. Each file imports only the ones above it: attendance, paper, signatures, certificates, auditors,
exchanges."""

from .attendance import AttendanceMark, MarkDetail, expected_in, roster_of
from .auditors import AuditorLink, AuditorVisit
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter
from .exchanges import Exchange, ExchangeNote
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
    "LateDecision",
    "MarkDetail",
    "PaperSheet",
    "SlotLock",
    "expected_in",
    "is_whole",
    "roster_of",
]
