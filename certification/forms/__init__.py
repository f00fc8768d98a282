from .attendance import CorrectionForm, MarkForm, Roster
from .auditors import AuditorForm
from .certificates import CorrectionRequestForm, RevokeForm, VerifyFileForm, VerifyForm
from .check_in import CodeForm, SignatureForm
from .civil_status import CivilStatusForm
from .exchanges import ExchangeForm
from .files import MatchForm, PaperForm, ReportForm
from .framework import BlockForm, CoverForm
from .outbox import OutboxForm
from .passages import ReceiptForm
from .portfolio import ItemForm, ReviewForm
from .practice import AnswerForm, AskForm, GridForm, RecognitionForm
from .rules import PublishForm, RuleForm

__all__ = [
    "AnswerForm",
    "AskForm",
    "AuditorForm",
    "BlockForm",
    "CivilStatusForm",
    "CodeForm",
    "CorrectionForm",
    "CorrectionRequestForm",
    "CoverForm",
    "ExchangeForm",
    "GridForm",
    "ItemForm",
    "MarkForm",
    "MatchForm",
    "OutboxForm",
    "PaperForm",
    "PublishForm",
    "ReceiptForm",
    "RecognitionForm",
    "ReportForm",
    "ReviewForm",
    "RevokeForm",
    "Roster",
    "RuleForm",
    "SignatureForm",
    "VerifyFileForm",
    "VerifyForm",
]
