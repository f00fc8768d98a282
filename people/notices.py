"""Whether somebody still has to be shown the privacy notice. The session remembers: no page asks the database."""

from .models import NoticeAcceptance, notices

KEY = "privacy_notice"


def mark_read(request):
    request.session[KEY] = notices.PRIVACY_NOTICE_VERSION.isoformat()


def remember(request, person):
    """When somebody signs in."""
    if NoticeAcceptance.objects.in_force().filter(person=person).exists():
        mark_read(request)


def is_waiting(request):
    user = getattr(request, "user", None)
    return bool(
        user and user.is_authenticated and request.session.get(KEY) != notices.PRIVACY_NOTICE_VERSION.isoformat()
    )
