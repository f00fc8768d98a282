from .attendance import CorrectionForm, MarkForm, Roster
from .certificates import RevokeForm, VerifyForm
from .check_in import CodeForm, SignatureForm
from .files import MatchForm, PaperForm, ReportForm

__all__ = [
    "CodeForm",
    "CorrectionForm",
    "MarkForm",
    "MatchForm",
    "PaperForm",
    "ReportForm",
    "RevokeForm",
    "Roster",
    "SignatureForm",
    "VerifyForm",
]
