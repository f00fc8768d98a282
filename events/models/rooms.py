import secrets
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.utils.translation import gettext_lazy as _

from events.stays import Heard, Kind, Source

from .sessions import Session
from .slots import Slot

FIRST_PIN, PINS = 10_000, 90_000
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class RoomQuerySet(models.QuerySet):
    def of(self, session):
        """That of the session, made once: its code for the telephone is told before it opens."""
        room, _made = self.get_or_create(session=session, defaults={"pin": self.free_pin()})
        return room

    def free_pin(self):
        while True:
            pin = str(FIRST_PIN + secrets.randbelow(PINS))
            if not self.filter(pin=pin).exists():
                return pin

    def on(self, now, around):
        """Those that were opened, in a half-day or so long before or after it."""
        slots = Slot.objects.filter(starts_at__lte=now + around, ends_at__gte=now - around)
        return self.exclude(opened_at=None).filter(session__in=slots.values("session")).select_related("session")

    def to_settle(self, until):
        """Those with a half-day that ended, or of which something was heard, since they were last settled."""
        since = models.functions.Coalesce(models.OuterRef("settled_at"), models.Value(LONG_AGO))
        over = Slot.objects.filter(session=models.OuterRef("session"), ends_at__lte=until)
        news = RoomFact.objects.filter(session=models.OuterRef("session"), heard_at__gt=since)
        due = models.Q(models.Exists(over.filter(ends_at__gt=since))) | models.Q(models.Exists(news))
        rooms = self.exclude(opened_at=None).filter(models.Exists(over), due)
        return rooms.select_related("session", "opened_by")


class Room(models.Model):
    """The room of a session on the BigBlueButton server. It is there once a trainer opens it."""

    session = models.OneToOneField(Session, models.PROTECT, related_name="room")
    pin = models.CharField(max_length=10)
    phone = models.CharField(max_length=40, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="rooms_opened")
    opened_at = models.DateTimeField(null=True)
    hooked_at = models.DateTimeField(null=True)
    polled_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("online room")
        constraints = [
            models.CheckConstraint(
                name="room_opened_by_somebody",
                condition=models.Q(opened_at=None, opened_by=None)
                | models.Q(opened_at__isnull=False, opened_by__isnull=False),
            )
        ]

    def __str__(self):
        return f"{self.session_id}"

    @property
    def meeting(self):
        """What the server calls it."""
        return self.session.code.hex

    @property
    def number(self):
        """The telephone number that enters it, or nothing."""
        return self.phone or settings.BBB_DIAL_NUMBER


class RoomFactQuerySet(models.QuerySet):
    def hear(self, session, heard, now):
        """Keeps what was heard of people with an account, each thing once a source; the others are nobody here."""
        heard = [self.known(session, one) for one in heard]
        people = {one.person for one in heard if is_code(one.person)}
        found = {str(user.code): user for user in get_user_model().objects.filter(code__in=people)}
        kept = [one for one in heard if one.kind == Kind.ENDED or one.person in found]
        self.bulk_create(
            [
                RoomFact(
                    session=session,
                    person=found.get(one.person),
                    kind=one.kind,
                    source=one.source,
                    at=one.at,
                    connection=one.connection[:64],
                    heard_at=now,
                )
                for one in kept
            ],
            ignore_conflicts=True,
        )

    def known(self, session, one):
        """A leaving sometimes names the connection alone: its coming said whose it was."""
        if one.person or not one.connection:
            return one
        same = self.filter(session=session, connection=one.connection).exclude(person=None)
        code = same.values_list("person__code", flat=True).first()
        return Heard(one.source, one.kind, one.at, str(code or ""), one.connection)

    def polled(self, session):
        """The codes of the people whom the last poll saw."""
        rows = self.filter(session=session, source=Source.POLL).order_by("at", "pk")
        last = dict(rows.values_list("person__code", "kind"))
        return {str(code) for code, kind in last.items() if kind == Kind.JOINED}

    def heard(self):
        rows = self.values_list("source", "kind", "at", "person__code", "connection")
        return [Heard(source, kind, at, str(code or ""), connection) for source, kind, at, code, connection in rows]


class RoomFact(models.Model):
    """That somebody came into an online room or left it, as one source heard it. Never changed."""

    session = models.ForeignKey(Session, models.PROTECT, related_name="room_facts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="room_facts")
    kind = models.CharField(max_length=6)
    source = models.CharField(max_length=6)
    at = models.DateTimeField()
    connection = models.CharField(max_length=64, blank=True)
    heard_at = models.DateTimeField()

    objects = RoomFactQuerySet.as_manager()

    class Meta:
        verbose_name = _("coming and going in an online room")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "source", "kind", "person", "connection", "at"], name="heard_once"
            ),
            models.UniqueConstraint(
                fields=["session", "source", "at"], condition=models.Q(person=None), name="end_heard_once"
            ),
            models.CheckConstraint(
                name="only_an_end_is_nobodys",
                condition=models.Q(kind="ended", person=None)
                | (~models.Q(kind="ended") & models.Q(person__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.person_id} · {self.kind} · {self.at:%Y-%m-%d %H:%M}"


def is_code(text):
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False
