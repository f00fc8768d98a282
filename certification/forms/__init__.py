from .attendance import CorrectionForm, MarkForm, Roster
from .auditors import AuditorForm
from .certificates import CorrectionRequestForm, RevokeForm, VerifyFileForm, VerifyForm
from .check_in import CodeForm, SignatureForm
from .civil_status import CivilStatusForm
from .documents import AskDocumentForm, DocumentForm, TemplateForm
from .exchanges import ExchangeForm
from .files import MatchForm, PaperForm, ReportForm
from .framework import BlockForm, CoverForm
from .jury import CancelJuryForm, ConflictForm, DecisionForm, JuryForm, MemberForm, MinutesForm
from .outbox import OutboxForm
from .passages import ReceiptForm
from .portfolio import ItemForm, ReviewForm
from .practice import AnswerForm, AskForm, GridForm, RecognitionForm
from .rules import PublishForm, RuleForm

__all__ = [
    "AnswerForm",
    "AskDocumentForm",
    "AskForm",
    "AuditorForm",
    "BlockForm",
    "CancelJuryForm",
    "CivilStatusForm",
    "CodeForm",
    "ConflictForm",
    "CorrectionForm",
    "CorrectionRequestForm",
    "CoverForm",
    "DecisionForm",
    "DocumentForm",
    "ExchangeForm",
    "GridForm",
    "ItemForm",
    "JuryForm",
    "MarkForm",
    "MatchForm",
    "MemberForm",
    "MinutesForm",
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
    "TemplateForm",
    "VerifyFileForm",
    "VerifyForm",
]
