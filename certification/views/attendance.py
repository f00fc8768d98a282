from datetime import timedelta
from functools import partial
from urllib.parse import quote

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_POST, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from certification.access import led_slot
from certification.forms import Roster
from certification.models import AttendanceMark, GuestPresence, guests_of, is_whole, roster_of
from certification.pages import events_of
from certification.presence import Source
from certification.refusals import Conflict, Refused
from certification.sentences import refusal
from events import moments
from events.models import Session, Slot
from people.access import require_staff
from people.models import Card
from people.shared_phone import is_shared

PAGE = 30
# How long home/worker.js keeps a roster.
KEPT = timedelta(hours=12)


@login_required
@require_safe
def sessions(request):
    """The sessions that this person leads, coming and past, with what is left to do in each half-day."""
    require_staff(request.user)
    now = timezone.now()
    led = Session.objects.led_by(request.user).exclude(status=Session.Status.CANCELLED)
    page = Paginator(led.past(now).prefetch_related("slots__lock"), PAGE).get_page(request.GET.get("page"))
    coming, past = list(led.coming(now).prefetch_related("slots__lock")), list(page)
    events = events_of([*coming, *past], get_language())
    for session in [*coming, *past]:
        session.event = events.get(session.key)
    context = {"coming": coming, "past": past, "page": page, "now": now, "coordinates": request.user.is_coordinator}
    return render(request, "certification/sessions.html", context)


@login_required
@require_safe
def roster(request, code):
    slot = led_slot(request.user, code)
    paper = "1" if "paper" in request.GET and slot.papers.exists() else ""
    if paper or hasattr(slot, "lock"):
        return roster_screen(request, slot, roster_for(slot), paper=paper)
    return open_roster(request, slot)


@permissions_policy_override({**settings.PERMISSIONS_POLICY, "camera": ["self"]})
def open_roster(request, slot):
    """A phone that is the reader's own keeps it, and reads cards with its camera."""
    response = roster_screen(request, slot, roster_for(slot))
    if not is_shared(request):
        response["X-Kept-As"] = quote(f"{capfirst(slot.get_period_display())}, {moments.day(slot.starts_at)}")
    return response


def roster_for(slot, data=None):
    marks = AttendanceMark.objects.filter(slot=slot).select_related("decision", "detail", "author").order_by("position")
    people = roster_of(slot)
    return Roster(slot, people, list(marks), Card.objects.digests(people), data)


def roster_screen(request, slot, roster, status=200, **more):
    locked, now = hasattr(slot, "lock"), timezone.now()
    context = {
        "slot": slot,
        "slots": Slot.objects.filter(session=slot.session_id).order_by("starts_at"),
        "event": events_of([slot.session], get_language()).get(slot.session.key),
        "roster": roster,
        "guests": guests_in(slot),
        "locked": locked,
        "whole": is_whole(slot) if locked else True,
        "now": now,
        "until": moments.clock(now + KEPT),
        "waiting": AttendanceMark.objects.filter(slot=slot).waiting() if locked else [],
        **more,
    }
    template = "certification/roster_signed.html" if locked else "certification/roster.html"
    return render(request, template, context, status=status)


def guests_in(slot):
    """Pairs of a registration without an account and whether its holder is noted as present."""
    there = GuestPresence.objects.by_slot([slot])[slot.pk]
    return [(guest, guest.pk in there) for guest in guests_of(slot.session)]


@login_required
@require_POST
def guest(request, code, registration):
    slot = led_slot(request.user, code)
    found = get_object_or_404(guests_of(slot.session), code=registration)
    try:
        GuestPresence.objects.say(slot, found, bool(request.POST.get("present")), request.user, timezone.now())
    except Refused as refused:
        messages.error(request, refusal(refused))
    return redirect("certification:roster", slot.code)


@login_required
@require_POST
def mark(request, code):
    """Saves the rows that changed, all or none. After the signature they are kept as late."""
    slot = led_slot(request.user, code)
    roster = roster_for(slot, request.POST)
    source = copied_from_paper(slot, request.POST)
    screen = partial(roster_screen, request, slot, roster, paper=request.POST.get("paper", ""))
    if not roster.is_valid():
        return screen(status=422)
    try:
        added = roster.save(request.user, timezone.now(), **source)
    except Conflict:
        return screen(status=409)
    tell(request, added)
    return redirect("certification:countersign" if "sign" in request.POST else "certification:roster", slot.code)


def copied_from_paper(slot, data):
    """Marks that are copied say so; there is a signed sheet to copy from, or there is no such page."""
    if not data.get("paper"):
        return {}
    if not slot.papers.exists():
        raise Http404
    return {"source": Source.PAPER}


def tell(request, added):
    late = sum(mark.late for mark in added)
    if late:
        sentence = ngettext(
            "The sheet was already signed: %(count)d mark waits for your decision.",
            "The sheet was already signed: %(count)d marks wait for your decision.",
            late,
        )
        messages.warning(request, sentence % {"count": late})
    elif added:
        sentence = ngettext("%(count)d mark is saved.", "%(count)d marks are saved.", len(added))
        messages.success(request, sentence % {"count": len(added)})
