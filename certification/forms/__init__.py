from .attendance import CorrectionForm, MarkForm, Roster
from .auditors import AuditorForm
from .certificates import RevokeForm, VerifyForm
from .check_in import CodeForm, SignatureForm
from .civil_status import CivilStatusForm
from .files import MatchForm, PaperForm, ReportForm
from .passages import ReceiptForm

__all__ = [
    "AuditorForm",
    "CivilStatusForm",
    "CodeForm",
    "CorrectionForm",
    "MarkForm",
    "MatchForm",
    "PaperForm",
    "ReceiptForm",
    "ReportForm",
    "RevokeForm",
    "Roster",
    "SignatureForm",
    "VerifyForm",
]
