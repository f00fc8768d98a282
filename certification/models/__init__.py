"""What is proven. Each file imports only the ones above it: attendance, signatures, certificates."""

from .attendance import AttendanceMark, MarkDetail, roster_of
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter
from .signatures import LateDecision, SlotLock, is_whole

__all__ = [
    "AttendanceMark",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "Counter",
    "LateDecision",
    "MarkDetail",
    "SlotLock",
    "is_whole",
    "roster_of",
]
