from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from events import calendars
from events.access import session_and_event
from events.announcements import meeting_in_calendar
from events.meetings import meeting_of
from events.models import EventIndex, Session


@require_safe
def index(request):
    page = EventIndex.objects.live().filter(locale__language_code=get_language()).first()
    if page is None:
        raise Http404(_("There are no events in this language yet."))
    return redirect(page.get_url(request))


@require_safe
def calendar(request, code):
    session, event = session_and_event(code)
    if session.status == Session.Status.DRAFT:
        raise Http404
    now, language = timezone.now(), get_language()
    joins = bool(meeting_of(session, request.user, now).join_url)
    meeting = meeting_in_calendar(session, event, language, joins=joins)
    return calendar_file(calendars.calendar([meeting], language, now), slugify(event.title))


def calendar_file(content, name):
    headers = {"Content-Disposition": content_disposition_header(True, f"{name}.ics")}
    return HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
