"""What is proven. Each file imports only the ones above it: register, attendance, paper, signatures, roots, verifying,
certificates, credentials, auditors, exchanges, guests, schemes, civil_status, passages, framework, portfolio,
practice, rules, jury, batches, corrections, documents."""

from .attendance import AttendanceMark, MarkDetail, expected_in, roster_of
from .auditors import AuditorLink, AuditorVisit
from .batches import Batch, BatchItem
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter
from .civil_status import CivilStatus
from .corrections import CorrectionRequest, ExpiryReminder
from .credentials import Credential, StatusList
from .documents import DocumentBody, DocumentCounter, DocumentTemplate, IssuedDocument
from .exchanges import Exchange, ExchangeNote
from .framework import CoverageLink, FrameworkDraft, FrameworkVersion
from .guests import GuestPresence, guests_of
from .jury import (
    ConflictDeclaration,
    Jury,
    JuryCandidate,
    JuryClosing,
    JuryConvocation,
    JuryDecision,
    JuryMember,
    JuryMinutes,
    JurySignature,
    MinutesFile,
)
from .paper import PaperSheet
from .passages import Passage, PassageFile, Receipt, State
from .portfolio import PortfolioItem, PortfolioReview
from .practice import Assessment, AssessmentAnswer, AssessmentDetail, Assignment, Recognition
from .register import RegisterEntry, Tombstone
from .roots import RegisterLeaf, RegisterRoot, RootMail
from .rules import RuleVersion
from .schemes import Scheme, SchemeEdition
from .signatures import LateDecision, LockDetail, SlotLock
from .verifying import RegisterCheck, is_whole, tombstone_line, verify

__all__ = [
    "Assessment",
    "AssessmentAnswer",
    "AssessmentDetail",
    "Assignment",
    "AttendanceMark",
    "AuditorLink",
    "AuditorVisit",
    "Batch",
    "BatchItem",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "CivilStatus",
    "ConflictDeclaration",
    "CorrectionRequest",
    "Counter",
    "CoverageLink",
    "Credential",
    "DocumentBody",
    "DocumentCounter",
    "DocumentTemplate",
    "Exchange",
    "ExchangeNote",
    "ExpiryReminder",
    "FrameworkDraft",
    "FrameworkVersion",
    "GuestPresence",
    "IssuedDocument",
    "Jury",
    "JuryCandidate",
    "JuryClosing",
    "JuryConvocation",
    "JuryDecision",
    "JuryMember",
    "JuryMinutes",
    "JurySignature",
    "LateDecision",
    "LockDetail",
    "MarkDetail",
    "MinutesFile",
    "PaperSheet",
    "Passage",
    "PassageFile",
    "PortfolioItem",
    "PortfolioReview",
    "Receipt",
    "Recognition",
    "RegisterCheck",
    "RegisterEntry",
    "RegisterLeaf",
    "RegisterRoot",
    "RootMail",
    "RuleVersion",
    "Scheme",
    "SchemeEdition",
    "SlotLock",
    "State",
    "StatusList",
    "Tombstone",
    "expected_in",
    "guests_of",
    "is_whole",
    "roster_of",
    "tombstone_line",
    "verify",
]
