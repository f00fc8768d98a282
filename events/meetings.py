"""One event as one reader meets it: what is left, what they may do."""

import datetime
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from . import moments
from .listing import FEW
from .models import Registration, Session
from .refusals import Refusal


@dataclass(frozen=True)
class Meeting:
    session: Session
    now: datetime.datetime
    registered: bool = False
    waiting: bool = False
    invited: bool = True
    led: bool = False
    code: str = ""
    read_at: datetime.datetime | None = None
    guest: bool = False

    @cached_property
    def refusal(self):
        return self.session.refusal(self.now) or (None if self.invited else Refusal.MEMBERS)

    @property
    def line(self):
        """How many wait for a place."""
        return Registration.objects.in_line().filter(session=self.session).count()

    @property
    def cancelled(self):
        return self.session.status == Session.Status.CANCELLED

    @property
    def announced(self):
        return self.session.status not in (Session.Status.DRAFT, Session.Status.CANCELLED)

    @property
    def ended(self):
        over = self.session.status in (Session.Status.HELD, Session.Status.PUBLISHED)
        return over or (self.announced and self.session.has_ended(self.now))

    @property
    def replayed(self):
        return self.session.status == Session.Status.PUBLISHED

    @property
    def few(self):
        return self.session.places_left <= FEW

    @property
    def may_cancel(self):
        return self.session.may_cancel(self.now)

    @property
    def join_url(self):
        """Only for those who take part. A room of the platform is entered from a page of its own."""
        if not self.joins:
            return ""
        if not self.session.on_platform:
            return self.session.join_url
        return reverse(
            "events:seat_room" if self.guest else "events:room", args=[self.code if self.guest else self.session.code]
        )

    @property
    def joins(self):
        return (self.registered or self.led) and self.announced

    @property
    def by_phone(self):
        return self.session.by_phone if self.joins else ""

    @property
    def days(self):
        return moments.days(self.session.half_days)

    @property
    def beginning(self):
        return moments.beginning(self.session.half_days) if self.session.half_days else ""


def meeting_of(session, user, now):
    if not user.is_authenticated:
        return Meeting(session, now)
    mine = Registration.objects.kept().filter(session=session, learner=user).first()
    return Meeting(
        session,
        now,
        registered=bool(mine) and not mine.waiting,
        waiting=bool(mine) and mine.waiting,
        invited=session.is_for(user),
        code=mine.code if mine else "",
        read_at=mine.read_at if mine else None,
        led=Session.objects.led_by(user).filter(pk=session.pk).exists(),
    )
