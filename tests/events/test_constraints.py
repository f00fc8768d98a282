"""What the database refuses, whoever writes it."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.models import Message, Registration, Room, RoomFact, Session
from tests.events.planned import plan

NOW = timezone.now()


@pytest.fixture
def planned(learner):
    """A session with a room, somebody who comes, and a message to them."""
    session = plan()
    Room.objects.of(session)
    registration = Registration.objects.create(session=session, learner=learner, at=NOW)
    Message.objects.write(Message.Kind.CONFIRMATION, [registration], session, NOW)
    RoomFact.objects.create(session=session, person=learner, kind="joined", source="poll", at=NOW, heard_at=NOW)
    return session


@pytest.mark.parametrize(
    ("model", "values"),
    [
        (Session, {"status": "cancelled", "reason": ""}),
        (Session, {"has_room": True, "online": False}),
        (Room, {"opened_at": NOW, "opened_by": None}),
        (RoomFact, {"person": None}),
        (RoomFact, {"kind": "ended"}),
        (Message, {"state": "claimed", "claimed_at": None}),
    ],
)
@pytest.mark.usefixtures("planned")
def test_half_a_fact_is_refused(model, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(**values)
