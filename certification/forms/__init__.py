from .attendance import CorrectionForm, MarkForm, Roster
from .auditors import AuditorForm
from .certificates import RevokeForm, VerifyForm
from .check_in import CodeForm, SignatureForm
from .exchanges import ExchangeForm
from .files import MatchForm, PaperForm, ReportForm
from .framework import BlockForm, CoverForm
from .outbox import OutboxForm
from .portfolio import ItemForm, ReviewForm
from .practice import AnswerForm, AskForm, GridForm, RecognitionForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "AuditorForm",
    "BlockForm",
    "CodeForm",
    "CorrectionForm",
    "CoverForm",
    "ExchangeForm",
    "GridForm",
    "ItemForm",
    "MarkForm",
    "MatchForm",
    "OutboxForm",
    "PaperForm",
    "RecognitionForm",
    "ReportForm",
    "ReviewForm",
    "RevokeForm",
    "Roster",
    "SignatureForm",
    "VerifyForm",
]
