"""What is said to a BigBlueButton server, and what it answers. Values in, values out; no model, no sentence.

Formats: docs.bigbluebutton.org/development/api and /development/webhooks.
"""

import base64
import hashlib
import hmac
import json
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from urllib.parse import urlencode

import requests
from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Xml
from django.conf import settings

logger = logging.getLogger(__name__)

SECONDS = (3, 8)
LARGEST, BLOCK = 2 * 1024**2, 2**16
LONGEST_NAME = 64
# What a server answers that has no telephone: the example of its own configuration.
NO_TELEPHONE = "613-555-1234"
HEARD = "user-joined,user-left,meeting-ended"
BY_LENGTH = {40: "sha1", 64: "sha256", 96: "sha384", 128: "sha512"}


class Failed(Exception):
    """The server said no, or nothing. `key` is its own word for it, or "unreachable"."""

    def __init__(self, key):
        super().__init__(key)
        self.key = key


@dataclass(frozen=True)
class Room:
    """A meeting as the server knows it."""

    created: str
    present: frozenset
    phone: str
    pin: str
    ended: bool


@dataclass(frozen=True)
class Recording:
    """One way to see or hear a meeting again; `kind` is the server's word: presentation, video, podcast, notes…"""

    name: str
    kind: str
    url: str
    starts_at: datetime
    minutes: int


def is_configured():
    return bool(settings.BBB_URL and settings.BBB_SECRET)


def checksum(text, length=64):
    return hashlib.new(BY_LENGTH[length], f"{text}{settings.BBB_SECRET}".encode()).hexdigest()


def is_signed(text, given):
    """Whether `given` is the checksum of the text, by whichever algorithm its length tells."""
    return len(given) in BY_LENGTH and hmac.compare_digest(checksum(text, len(given)).encode(), given.encode())


def is_token(text, now):
    """Whether it is a JWT that the server signed (HS512) and that has not expired."""
    head, _dot, seal = text.rpartition(".")
    expected = hmac.new(settings.BBB_SECRET.encode(), head.encode(), "sha512").digest()
    try:
        header, claims = (json.loads(unpacked(part)) for part in head.split("."))
        return (
            header["alg"] == "HS512"
            and hmac.compare_digest(unpacked(seal), expected)
            and claims["exp"] > now.timestamp()
        )
    except (ValueError, KeyError, TypeError):
        return False


def unpacked(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def address(call, **values):
    query = urlencode({name: value for name, value in values.items() if value not in ("", None)})
    base = settings.BBB_URL.rstrip("/").removesuffix("/api")
    return f"{base}/api/{call}?{query}{'&' if query else ''}checksum={checksum(call + query)}"


def ask(call, **values):
    """The answer as XML. Raises Failed."""
    try:
        with requests.get(address(call, **values), timeout=SECONDS, stream=True, allow_redirects=False) as response:
            content = b"".join(islice(response.iter_content(BLOCK), LARGEST // BLOCK))
        answer = Xml.fromstring(content)
    except (requests.RequestException, Xml.ParseError, DefusedXmlException) as error:
        logger.warning("BigBlueButton, %s: %s", call, type(error).__name__)
        raise Failed("unreachable") from error
    if said(answer, "returncode").upper() != "SUCCESS":
        raise Failed(said(answer, "messageKey") or "refused")
    return answer


def said(answer, name):
    return (answer.findtext(name) or "").strip()


def create(meeting, name, **values):
    """Makes the meeting, once: asked for again it is the same."""
    return room_of(ask("create", meetingID=meeting, name=name[:LONGEST_NAME], **values))


def find(meeting):
    """The meeting, or None when it was not made or is over."""
    try:
        answer = ask("getMeetingInfo", meetingID=meeting)
    except Failed as failed:
        if failed.key == "notFound":
            return None
        raise
    room = room_of(answer)
    return None if room.ended else room


def room_of(answer):
    phone = said(answer, "dialNumber")
    return Room(
        created=said(answer, "createTime"),
        present=frozenset(said(one, "userID") for one in answer.iterfind("attendees/attendee")),
        phone="" if phone == NO_TELEPHONE else phone,
        pin=said(answer, "voiceBridge"),
        ended=said(answer, "hasBeenForciblyEnded") == "true",
    )


def is_running(meeting):
    """Whether somebody is there."""
    return said(ask("isMeetingRunning", meetingID=meeting), "running") == "true"


def end(meeting):
    """Sends everybody out. A meeting that is not there is over."""
    try:
        ask("end", meetingID=meeting)
    except Failed as failed:
        if failed.key != "notFound":
            raise


def join_address(meeting, room, *, name, code, leads, language):
    """Where one person enters: good for this meeting only, and for them only."""
    return address(
        "join",
        meetingID=meeting,
        fullName=name,
        userID=code,
        role="MODERATOR" if leads else "VIEWER",
        createTime=room.created,
        **{"userdata-bbb_override_default_locale": language},
    )


def hook(meeting, callback):
    """Asks the server to tell who comes and leaves. Asked for again it is the same hook."""
    ask("hooks/create", meetingID=meeting, callbackURL=callback, eventID=HEARD)


def recordings(meeting):
    answer = ask("getRecordings", meetingID=meeting, state="published")
    found = answer.iterfind("recordings/recording")
    return [each for one in found for each in ways_of(one)]


def ways_of(recording):
    starts_at, ends_at = (moment(said(recording, name)) for name in ("startTime", "endTime"))
    minutes = max(int((ends_at - starts_at).total_seconds() // 60), 1)
    for way in recording.iterfind("playback/format"):
        if said(way, "url").startswith(("https://", "http://")):
            yield Recording(said(recording, "name"), said(way, "type"), said(way, "url"), starts_at, minutes)


def moment(milliseconds):
    return datetime.fromtimestamp(int(milliseconds or 0) / 1000, UTC)
