from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events import calendars
from events.announcements import meeting_in_calendar, pages_of
from events.models import CalendarFeed, Session


@login_required
@require_safe
def feeds(request):
    """The address at which one's own calendar reads one's sessions."""
    feed = CalendarFeed.objects.standing().filter(person=request.user).first()
    address = settings.PUBLIC_ORIGIN + reverse("events:feed", args=[feed.token]) if feed else ""
    return render(request, "events/feeds.html", {"address": address, "public": public_address()})


def public_address():
    return settings.PUBLIC_ORIGIN + reverse("events:site_feed")


@login_required
@require_POST
def make_feed(request):
    CalendarFeed.objects.of(request.user, timezone.now())
    return redirect("events:feeds")


@login_required
@require_POST
def drop_feed(request):
    CalendarFeed.objects.revoke(request.user, timezone.now())
    messages.success(request, _("The old address shows nothing any more."))
    return redirect("events:feeds")


@never_cache
@require_safe
def feed(request, token):
    """Without a sign-in: a calendar program has none. The sessions that its owner takes part in, or leads."""
    person = get_object_or_404(CalendarFeed.objects.standing(), token=token, person__is_active=True).person
    registered = Session.objects.filter(registrations__in=person.registrations.standing())
    led = person.sessions_led.all()
    mine = Session.objects.filter(pk__in=registered.union(led).values("pk"))
    return calendar_of(mine.exclude(status=Session.Status.DRAFT), joins=True)


@require_safe
def site_feed(request):
    return calendar_of(Session.objects.exclude(status=Session.Status.DRAFT).filter(open_to_public=True), joins=False)


def calendar_of(sessions, joins):
    """Two queries and one for the half-days, however many sessions."""
    language = get_language()
    sessions = list(sessions.select_related("room").prefetch_related("slots").order_by("pk"))
    pages = pages_of(sessions, language)
    meetings = [
        meeting_in_calendar(session, pages[session.key], language, joins=joins)
        for session in sessions
        if session.key in pages
    ]
    content = calendars.calendar(meetings, language, timezone.now())
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")
