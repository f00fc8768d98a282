"""The online room of a session: to enter it, to open it, to end it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events import bigbluebutton, rooms
from events.access import led_session, session_and_event
from events.bigbluebutton import Failed
from events.meetings import Meeting, meeting_of
from events.refusals import Refusal
from people import limits

from .joining import event_of, guest_registration


@never_cache
@login_required
@require_safe
def room(request, code):
    """For whoever is registered, and for the trainers."""
    session, event = session_and_event(code)
    meeting = meeting_of(session, request.user, timezone.now())
    return screen(request, meeting, event, user=request.user, leads=meeting.led)


@never_cache
@require_safe
def seat_room(request, code):
    """For somebody without an account, by the address of their registration."""
    registration = guest_registration(code)
    event = event_of(registration)
    has_place = not (registration.cancelled_at or registration.waiting)
    meeting = Meeting(registration.session, timezone.now(), registered=has_place, code=registration.code, guest=True)
    return screen(request, meeting, event, guest=registration)


def screen(request, meeting, event, **person):
    session = meeting.session
    if not (session.on_platform and meeting.joins):
        raise Http404
    if not limits.allow("room", limits.reader_of(request), 600, 600):
        return limits.too_many(request)
    context = {"meeting": meeting, "session": session, "event": event}
    try:
        found = bigbluebutton.find(session.code.hex)
    except Failed:
        return render(request, "events/room.html", context | {"refusal": Refusal.NO_ANSWER}, status=503)
    address = rooms.entrance(session, found, get_language(), **person) if found else ""
    recordings = rooms.recordings_of(session) if meeting.led and meeting.ended else []
    return render(request, "events/room.html", context | {"address": address, "recordings": recordings})


@login_required
@require_POST
def open_room(request, code):
    """A trainer opens the room; twice is once."""
    session = led_room(request.user, code)
    _session, event = session_and_event(code)
    try:
        rooms.open_room(session, event, request.user, timezone.now())
    except Failed:
        messages.error(request, Refusal.NO_ANSWER.label)
    return redirect("events:room", session.code)


@login_required
@require_POST
def end_room(request, code):
    """A trainer sends everybody out; the room may be opened again."""
    session = led_room(request.user, code)
    try:
        bigbluebutton.end(session.code.hex)
        closing = bigbluebutton.is_running(session.code.hex)
    except Failed:
        messages.error(request, Refusal.NO_ANSWER.label)
    else:
        messages.success(request, _("The room closes in a few seconds.") if closing else _("The room is closed."))
    return redirect("events:room", session.code)


def led_room(user, code):
    session = led_session(user, code)
    if not (session.on_platform and Meeting(session, timezone.now(), led=True).joins):
        raise Http404
    return session
