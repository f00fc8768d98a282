"""What is proven. Each file imports only the ones above it: attendance, certificates."""

from .attendance import AttendanceMark, LateDecision, MarkDetail, SlotLock
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter

__all__ = [
    "AttendanceMark",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "Counter",
    "LateDecision",
    "MarkDetail",
    "SlotLock",
]
