from .attendance import CorrectionForm, MarkForm, Roster
from .auditors import AuditorForm
from .certificates import RevokeForm, VerifyFileForm, VerifyForm
from .check_in import CodeForm, SignatureForm
from .civil_status import CivilStatusForm
from .exchanges import ExchangeForm
from .files import MatchForm, PaperForm, ReportForm
from .outbox import OutboxForm
from .passages import ReceiptForm

__all__ = [
    "AuditorForm",
    "CivilStatusForm",
    "CodeForm",
    "CorrectionForm",
    "ExchangeForm",
    "MarkForm",
    "MatchForm",
    "OutboxForm",
    "PaperForm",
    "ReceiptForm",
    "ReportForm",
    "RevokeForm",
    "Roster",
    "SignatureForm",
    "VerifyFileForm",
    "VerifyForm",
]
