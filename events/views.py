from django.conf import settings
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.log_actions import registry

from people import limits

from . import calendars
from .listing import pages_in
from .meetings import meeting_of
from .models import EventIndex, Registration, Session


@require_safe
def index(request):
    page = EventIndex.objects.live().filter(locale__language_code=get_language()).first()
    if page is None:
        raise Http404(_("There are no events in this language yet."))
    return redirect(page.get_url(request))


@require_POST
def register(request, code):
    return write(request, code, Registration.objects.register, _("You are registered."))


@require_POST
def cancel(request, code):
    return write(request, code, Registration.objects.cancel, _("You are no longer registered."))


def write(request, code, verb, done):
    """Does it for a signed-in person, then leads back to the page of the event, which a visitor signs in to reach."""
    session, event = session_and_event(code)
    back = event.get_url(request)
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    if not limits.allow("registration", request.user.pk, 30, 600):
        return limits.too_many(request)
    if refusal := verb(session, request.user, timezone.now()):
        messages.warning(request, refusal.label)
    else:
        messages.success(request, done)
    return redirect(back)


def session_and_event(code):
    session = get_object_or_404(Session.objects.prefetch_related("slots").with_seats(), code=code)
    return session, get_object_or_404(pages_in(get_language()), translation_key=session.key)


@require_safe
def calendar(request, code):
    session, event = session_and_event(code)
    if session.status == Session.Status.DRAFT:
        raise Http404
    now = timezone.now()
    meeting = meeting_of(session, request.user, now)
    headers = {"Content-Disposition": content_disposition_header(True, f"{slugify(event.title)}.ics")}
    content = calendars.calendar(calendar_values(meeting, event, request), now)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)


def calendar_values(meeting, event, request):
    session = meeting.session
    url = settings.PUBLIC_ORIGIN + event.get_url_parts(request)[2]
    return calendars.Meeting(
        title=event.title,
        description=description(event, meeting.join_url),
        place=session.where,
        url=url,
        language=get_language(),
        half_days=[calendars.HalfDay(str(slot.code), slot.starts_at, slot.ends_at) for slot in session.half_days],
        sequence=registry.get_logs_for_instance(session).count(),
        cancelled=meeting.cancelled,
    )


def description(event, join_url):
    join = _("Link to join: %(url)s") % {"url": join_url} if join_url else ""
    return "\n\n".join(part for part in (event.summary, event.practical, join) if part)
