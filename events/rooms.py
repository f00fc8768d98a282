"""The online room of a session: a trainer opens it, whoever is registered enters it, and we listen who is there."""

import datetime
import logging

from django.conf import settings
from django.core.signing import Signer
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from . import bigbluebutton
from .announcements import address_of
from .bigbluebutton import Failed
from .models import Room, RoomFact
from .stays import Heard, Kind, Source

logger = logging.getLogger(__name__)

AROUND = datetime.timedelta(minutes=15)
HOOK_AGAIN = datetime.timedelta(minutes=5)
POLL_AGAIN = datetime.timedelta(seconds=30)
ENDING = Signer(salt="events.room.ended")


def open_room(session, event, user, now):
    """Makes the meeting where it is not there, and its hook, which a server drops with the meeting. Raises Failed."""
    room = Room.objects.of(session)
    made = make(room, event)
    opened = {"pin": made.pin or room.pin, "phone": made.phone, "opened_by": user, "opened_at": now, "hooked_at": None}
    Room.objects.filter(pk=room.pk).update(**opened)
    listen(Room.objects.select_related("session").get(pk=room.pk), now)


def make(room, event):
    values = values_of(room, event)
    try:
        return bigbluebutton.create(room.meeting, event.title, voiceBridge=room.pin, **values)
    except Failed as failed:
        if failed.key != "nonUniqueVoiceBridge":
            raise
    return bigbluebutton.create(room.meeting, event.title, voiceBridge=Room.objects.free_pin(), **values)


def values_of(room, event):
    recorded = str(room.session.recorded).lower()
    return {
        "welcome": _("Welcome. Your microphone is off: switch it on to speak."),
        "muteOnStart": "true",
        "record": recorded,
        "autoStartRecording": "false",
        "allowStartStopRecording": recorded,
        "notifyRecordingIsOn": recorded,
        "dialNumber": settings.BBB_DIAL_NUMBER,
        "logoutURL": address_of(event),
        "meetingKeepEvents": "true",
        "meta_endCallbackUrl": told_at("ended", room, ENDING.signature(room.meeting)),
        "meta_analytics-callback-url": told_at("report", room),
    }


def told_at(name, room, *more):
    """Where the server tells us something about this room."""
    return settings.PUBLIC_ORIGIN + reverse(f"rooms:{name}", args=[room.session.code, *more])


def listen(room, now):
    """A server without hooks is listened to by polls alone; one that dropped ours is asked again."""
    if room.hooked_at and now - room.hooked_at < HOOK_AGAIN:
        return
    Room.objects.filter(pk=room.pk).update(hooked_at=now)
    try:
        bigbluebutton.hook(room.meeting, told_at("heard", room))
    except Failed as failed:
        logger.warning("No hook in %s: %s", room.meeting, failed.key)


def poll_rooms(now):
    """Looks who is in each room that is on; one that does not answer waits for the next time."""
    if not bigbluebutton.is_configured():
        return
    for room in Room.objects.on(now, AROUND):
        try:
            poll(room, timezone.now())
            listen(room, timezone.now())
        except Failed as failed:
            logger.warning("No poll of %s: %s", room.meeting, failed.key)


def poll(room, now):
    """Whoever is new came now; whoever is gone left when they were last seen. Raises Failed."""
    found = bigbluebutton.find(room.meeting)
    here = found.present if found else frozenset()
    with transaction.atomic():
        room = Room.objects.select_for_update().select_related("session").get(pk=room.pk)
        if room.polled_at and now - room.polled_at < POLL_AGAIN:
            return
        seen = RoomFact.objects.polled(room.session)
        new = [Heard(Source.POLL, Kind.JOINED, now, code) for code in here - seen]
        gone = [Heard(Source.POLL, Kind.LEFT, room.polled_at, code) for code in seen - here]
        RoomFact.objects.hear(room.session, [*new, *gone], now)
        Room.objects.filter(pk=room.pk).update(polled_at=now)


def name_among_peers(user):
    """Never the whole civil name, unless it is one word."""
    return user.used_name or user.printed_name.partition(" ")[0] or user.username


def entrance(session, found, language, *, user=None, guest=None, leads=False):
    """The address by which this person enters the meeting that was found."""
    name = name_of_guest(guest) if guest else str(user) if leads else name_among_peers(user)
    code = str(guest.code if guest else user.code)
    meeting = session.code.hex
    return bigbluebutton.join_address(meeting, found, name=name, code=code, leads=leads, language=language)


def name_of_guest(registration):
    return registration.name.partition(" ")[0]


def recordings_of(session):
    """What can be seen or heard again of the room of a session; nothing while the server does not answer."""
    if not session.on_platform:
        return []
    try:
        return bigbluebutton.recordings(session.code.hex)
    except Failed:
        return []
