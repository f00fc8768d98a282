"""What is proven. Each file imports only the ones above it: attendance, paper, signatures, certificates, auditors,
framework, portfolio, practice."""

from .attendance import AttendanceMark, MarkDetail, expected_in, roster_of
from .auditors import AuditorLink, AuditorVisit
from .certificates import Certificate, CertificateEvent, CertificateFile, Counter
from .framework import CoverageLink, FrameworkDraft, FrameworkVersion
from .paper import PaperSheet
from .portfolio import PortfolioItem, PortfolioReview
from .practice import Assessment, AssessmentAnswer, AssessmentDetail, Assignment, Recognition
from .signatures import LateDecision, SlotLock, is_whole

__all__ = [
    "Assessment",
    "AssessmentAnswer",
    "AssessmentDetail",
    "Assignment",
    "AttendanceMark",
    "AuditorLink",
    "AuditorVisit",
    "Certificate",
    "CertificateEvent",
    "CertificateFile",
    "Counter",
    "CoverageLink",
    "FrameworkDraft",
    "FrameworkVersion",
    "LateDecision",
    "MarkDetail",
    "PaperSheet",
    "PortfolioItem",
    "PortfolioReview",
    "Recognition",
    "SlotLock",
    "expected_in",
    "is_whole",
    "roster_of",
]
