"""What is proven. Each file imports only the ones above it: attendance, paper, signatures, certificates, auditors,
schemes, civil_status, passages."""

from .attendance import AttendanceMark, MarkDetail, expected_in, roster_of
from .auditors import AuditorLink, AuditorVisit
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter
from .civil_status import CivilStatus
from .paper import PaperSheet
from .passages import Passage, PassageFile, Receipt, State
from .schemes import Scheme, SchemeEdition
from .signatures import LateDecision, SlotLock, is_whole

__all__ = [
    "AttendanceMark",
    "AuditorLink",
    "AuditorVisit",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "CivilStatus",
    "Counter",
    "LateDecision",
    "MarkDetail",
    "PaperSheet",
    "Passage",
    "PassageFile",
    "Receipt",
    "Scheme",
    "SchemeEdition",
    "SlotLock",
    "State",
    "expected_in",
    "is_whole",
    "roster_of",
]
