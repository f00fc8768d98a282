from .attendance import CorrectionForm, MarkForm, Roster
from .auditors import AuditorForm
from .certificates import RevokeForm, VerifyFileForm, VerifyForm
from .check_in import CodeForm, SignatureForm
from .exchanges import ExchangeForm
from .files import MatchForm, PaperForm, ReportForm
from .outbox import OutboxForm

__all__ = [
    "AuditorForm",
    "CodeForm",
    "CorrectionForm",
    "ExchangeForm",
    "MarkForm",
    "MatchForm",
    "OutboxForm",
    "PaperForm",
    "ReportForm",
    "RevokeForm",
    "Roster",
    "SignatureForm",
    "VerifyFileForm",
    "VerifyForm",
]
