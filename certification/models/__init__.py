"""What is proven. Each file imports only the ones above it: register, attendance, paper, signatures, roots, verifying,
certificates, credentials, auditors, exchanges, guests."""

from .attendance import AttendanceMark, MarkDetail, expected_in, roster_of
from .auditors import AuditorLink, AuditorVisit
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter
from .credentials import Credential, StatusList
from .exchanges import Exchange, ExchangeNote
from .guests import GuestPresence, guests_of
from .paper import PaperSheet
from .register import RegisterEntry, Tombstone
from .roots import RegisterLeaf, RegisterRoot, RootMail
from .signatures import LateDecision, LockDetail, SlotLock
from .verifying import RegisterCheck, is_whole, tombstone_line, verify

__all__ = [
    "AttendanceMark",
    "AuditorLink",
    "AuditorVisit",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "Counter",
    "Credential",
    "Exchange",
    "ExchangeNote",
    "GuestPresence",
    "LateDecision",
    "LockDetail",
    "MarkDetail",
    "PaperSheet",
    "RegisterCheck",
    "RegisterEntry",
    "RegisterLeaf",
    "RegisterRoot",
    "RootMail",
    "SlotLock",
    "StatusList",
    "Tombstone",
    "expected_in",
    "guests_of",
    "is_whole",
    "roster_of",
    "tombstone_line",
    "verify",
]
