"""Whether somebody still has to be shown the privacy notice. The session remembers: no page asks the database."""

from .models import NoticeAcceptance
from .models.notices import PRIVACY_NOTICE_VERSION

KEY = "privacy_notice"


def mark_read(request):
    request.session[KEY] = PRIVACY_NOTICE_VERSION.isoformat()


def remember(request, person):
    """When somebody signs in."""
    if NoticeAcceptance.objects.in_force().filter(person=person).exists():
        mark_read(request)


def is_waiting(request):
    user = getattr(request, "user", None)
    return bool(user and user.is_authenticated and request.session.get(KEY) != PRIVACY_NOTICE_VERSION.isoformat())
