"""Events for tests. The cast has one event page, in French and in Dutch; its session gets its half-days here."""

import datetime

from django.utils import timezone
from wagtail.models import Locale

from events.models import Event, EventIndex, Registration, Session, Slot
from tests.cast import at


def plan(days=10, capacity=14, status=Session.Status.OPEN, event=None, **values):
    """The session of `event`, in so many days, from 9 to 12 and from 13:30 to 16:30."""
    event = event or Event.objects.get(slug="une-journee-ensemble")
    session = Session.objects.get(key=event.translation_key)
    values = {"capacity": capacity, "status": status, "city": "Lille", "reason": ""} | values
    if status == Session.Status.CANCELLED:
        values["reason"] = Session.Reason.PLACE
    for name, value in values.items():
        setattr(session, name, value)
    session.save()
    day = timezone.localdate() + datetime.timedelta(days=days)
    Slot.objects.create(session=session, period="morning", starts_at=at(day, 9, 0), ends_at=at(day, 12, 0))
    Slot.objects.create(session=session, period="afternoon", starts_at=at(day, 13, 30), ends_at=at(day, 16, 30))
    return Session.objects.get(pk=session.pk)


def make_event(title, dutch_title, days=10, tags=(), **values):
    """Another event with its Dutch page; returns its session."""
    agenda = EventIndex.objects.get(locale__language_code="fr")
    event = agenda.add_child(instance=Event(title=title, **{"number": 3, "summary": "Une rencontre."} | values))
    event.tags.set(tags)
    event.save()
    dutch = event.copy_for_translation(Locale.objects.get(language_code="nl"))
    dutch.title, dutch.live = dutch_title, True
    dutch.save()
    return plan(days, event=event)


def register(session, *learners):
    Registration.objects.bulk_create(Registration(session=session, learner=who, at=timezone.now()) for who in learners)


def standing(session):
    return Registration.objects.standing().filter(session=session).count()
