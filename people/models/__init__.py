from .entry import Card, Invitation, Pin
from .erasures import ErasureRequest
from .persons import Cohort, Country, Organisation, User
from .trail import TrailEntry

__all__ = ["Card", "Cohort", "Country", "ErasureRequest", "Invitation", "Organisation", "Pin", "TrailEntry", "User"]
