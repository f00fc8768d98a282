"""What an auditor reads: the proof of one cohort, without an account, between two moments.

Opening the link shows a button, so that the preview of a message is no visit. Each page that is read adds a line to
the visits: the one thing that a GET writes on this site, since an audit is proven by what was read (docs/security.md).
"""

from functools import wraps

from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.activities import activities_of
from certification.documents.sheet import sheet as draw_sheet
from certification.following import following
from certification.models import AttendanceMark, AuditorLink, AuditorVisit, Certificate, is_whole
from certification.pages import course_titles, events_of
from certification.sentences import METHOD
from certification.sheets import sheet_text
from courses.models import Edition
from events.models import Session, Slot
from people import limits
from people.downloads import private_file

from .certificates import file_of
from .register import register_zip
from .verification import noindex

KEY = "auditor"
MISSES = {"limit": 30, "seconds": 600}
# Whatever is not 200 is written in the log with its address: a link that opens later is not.
STATUS = {AuditorLink.State.COMING: 200, AuditorLink.State.ENDED: 410}


def quiet(view):
    """Kept by no browser and by no search engine."""

    @noindex
    @wraps(view)
    def kept_nowhere(request, **kwargs):
        response = view(request, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return kept_nowhere


def audited(view):
    """Hands the link of the auditor to a view, and notes that its page was read."""

    @quiet
    @require_safe
    @wraps(view)
    def read(request, **kwargs):
        link, now = link_of(request), timezone.now()
        if link.state(now) != AuditorLink.State.OPEN:
            return closed(request, link, now)
        response = view(request, link, **kwargs)
        AuditorVisit.objects.create(link=link, at=now, path=request.path[:200])
        return response

    return read


def link_of(request):
    return get_object_or_404(AuditorLink.objects.select_related("cohort"), code=request.session.get(KEY))


def closed(request, link, now):
    state = link.state(now)
    return render(request, "certification/audit_closed.html", {"link": link, "state": state}, status=STATUS[state])


@quiet
@require_http_methods(["GET", "POST"])
def door(request, token):
    """A button; pressing it lets in."""
    reader, now = limits.reader_of(request), timezone.now()
    if limits.is_spent("auditor", reader, **MISSES):
        return limits.too_many(request)
    link = AuditorLink.objects.of(token)
    if link is None:
        limits.allow("auditor", reader, **MISSES)
        return unknown(request)
    if link.state(now) != AuditorLink.State.OPEN:
        return closed(request, link, now)
    if request.method == "GET":
        return render(request, "certification/audit_door.html", {"link": link})
    request.session.cycle_key()
    request.session[KEY] = str(link.code)
    return redirect("certification:audit")


def unknown(request):
    response = render(request, "certification/audit_closed.html", {"state": "unknown"}, status=404)
    # Otherwise LocaleMiddleware turns this 404 into a redirect to the same address with a language.
    request.urlconf = "certification.public_urls"
    return response


@quiet
@require_POST
def leave(request):
    link_of(request)
    del request.session[KEY]
    return redirect("home:root")


@audited
def cohort(request, link):
    editions = list(Edition.objects.filter(cohort=link.cohort))
    titles = course_titles(editions, get_language())
    for edition in editions:
        edition.title = titles.get(edition.course_id, "")
    return render(request, "certification/audit.html", {"link": link, "editions": editions})


@audited
def edition(request, link, code):
    """The half-days of an edition, where each learner is, and the certificates."""
    edition = get_object_or_404(Edition.objects.filter(cohort=link.cohort), code=code)
    sessions = list(Session.objects.filter(edition=edition).prefetch_related("slots__lock__detail"))
    events = events_of(sessions, get_language())
    for session in sessions:
        session.event = events.get(session.key)
    context = {
        "link": link,
        "edition": edition,
        "title": course_titles([edition], get_language()).get(edition.course_id, ""),
        "sessions": [session for session in sessions if session.half_days],
        "rows": following(edition, timezone.localdate()),
    }
    return render(request, "certification/audit_edition.html", context)


@audited
def activities(request, link, code, learner):
    """What one learner did, and how they were helped."""
    edition = get_object_or_404(Edition.objects.filter(cohort=link.cohort), code=code)
    person = get_object_or_404(edition.enrolments.select_related("learner"), learner__code=learner).learner
    found = activities_of(person, edition, get_language())
    context = {"link": link, "edition": edition, "activities": found, "method": METHOD}
    return render(request, "certification/audit_activities.html", context)


@audited
def half_day(request, link, code):
    """A signed half-day: every statement in the order in which it was made."""
    slots = Slot.objects.filter(session__edition__cohort=link.cohort, lock__isnull=False)
    slot = get_object_or_404(slots.select_related("session__edition", "lock__detail"), code=code)
    marks = AttendanceMark.objects.filter(slot=slot).order_by("position")
    context = {
        "link": link,
        "slot": slot,
        "marks": list(marks.select_related("learner", "author", "detail", "decision__author")),
        "whole": is_whole(slot),
        "event": events_of([slot.session], get_language()).get(slot.session.key),
    }
    return render(request, "certification/audit_half_day.html", context)


@audited
def sheet(request, link, code):
    session = get_object_or_404(Session.objects.filter(edition__cohort=link.cohort), code=code)
    text = sheet_text(session, get_language(), timezone.now())
    return private_file(draw_sheet(text), f"{text.labels['sheet']} {text.date}.pdf")


@audited
def register(request, link, code):
    session = get_object_or_404(Session.objects.filter(edition__cohort=link.cohort), code=code)
    return register_zip([session], f"{_('Register')} {session.code}.zip", timezone.now())


@audited
def certificate(request, link, code):
    held = Certificate.objects.with_facts().filter(edition__cohort=link.cohort)
    return file_of(get_object_or_404(held, code=code))
