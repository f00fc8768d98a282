from .entry import Card, Invitation, Pin
from .erasures import ErasureRequest
from .news import News
from .notices import Consent, NoticeAcceptance
from .persons import Cohort, Country, Organisation, User
from .trail import TrailDetail, TrailEntry

__all__ = [
    "Card",
    "Cohort",
    "Consent",
    "Country",
    "ErasureRequest",
    "Invitation",
    "News",
    "NoticeAcceptance",
    "Organisation",
    "Pin",
    "TrailDetail",
    "TrailEntry",
    "User",
]
