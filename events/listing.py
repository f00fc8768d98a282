"""Rows of events: sessions found in the database, told in the language of their pages."""

import datetime
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import moments
from .models import Event, Registration, Session
from .refusals import Refusal

FEW = 3


@dataclass(frozen=True)
class State:
    label: str = ""
    icon: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Row:
    url: str
    title: str
    number: int
    date: datetime.datetime
    meta: str
    place: str
    place_icon: str
    state: State


@dataclass(frozen=True)
class Reader:
    """Who reads the list, and when. `registered` and `waiting` hold the pks of sessions."""

    request: object
    now: datetime.datetime
    registered: frozenset = frozenset()
    waiting: frozenset = frozenset()


def reader_of(request, user, now):
    if not user.is_authenticated:
        return Reader(request, now)
    kept = list(Registration.objects.kept().filter(learner=user).values_list("session_id", "waiting"))
    registered = frozenset(session for session, waiting in kept if not waiting)
    return Reader(request, now, registered, frozenset(session for session, waiting in kept if waiting))


def pages_in(language):
    return Event.objects.live().filter(locale__language_code=language)


def coming(pages, reader, limit=None):
    return rows(Session.objects.announced().coming(reader.now), pages, reader, limit)


def past(pages, reader):
    return rows(Session.objects.announced().past(reader.now), pages, reader)


def mine(pages, reader):
    kept = reader.registered | reader.waiting
    return rows(Session.objects.announced().coming(reader.now).filter(pk__in=kept), pages, reader)


def rows(sessions, pages, reader, limit=None):
    """Three queries, however many sessions: those that have a page among `pages`, in the order of `sessions`."""
    wanted = sessions.with_seats().filter(key__in=pages.values("translation_key")).prefetch_related("slots")[:limit]
    by_key = {page.translation_key: page for page in pages.filter(translation_key__in=[s.key for s in wanted])}
    return [row(session, by_key[session.key], reader) for session in wanted]


def row(session, page, reader):
    ended = session.has_ended(reader.now)
    return Row(
        url=page.get_url(reader.request),
        title=page.title,
        number=page.number,
        date=session.first_start,
        meta=capfirst(moments.day(session.first_start)) if ended else moments.in_short(session.half_days),
        place=_("Online") if session.online else session.city,
        place_icon="video" if session.online else "map-pin",
        state=kept(session, page) if ended else state(session, reader),
    )


def kept(session, page):
    replay = session.status == Session.Status.PUBLISHED and page.replay
    if replay and page.is_recorded:
        return State(_("Replay"), "play", "ok")
    if replay:
        return State(_("Documents"), "file-text", "info")
    return State(_("Documents"), "file-text", "info") if page.materials else State()


def state(session, reader):
    """What a reader wants to know of a coming event: is there a place for me?"""
    if session.pk in reader.registered:
        return State(_("Registered"), "check", "ok")
    if session.pk in reader.waiting:
        return State(_("On the waiting list"), "hourglass", "warn")
    if refusal := session.refusal(reader.now):
        return State(_("Started") if refusal == Refusal.STARTED else _("Registration closed"), "clock")
    left = session.places_left
    if not left:
        return State(_("Full"), "hourglass")
    label = ngettext("%(count)d place", "%(count)d places", left) % {"count": left}
    return State(label, "users", "warn" if left <= FEW else "ok")
