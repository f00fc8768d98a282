"""What a BigBlueButton server sends, read into what was heard. Values in, values out.

The hooks of bbb-webhooks send each event at once; a report (the analytics callback) comes when all is over.
"""

import json
from datetime import UTC, datetime

from .stays import Heard, Kind, Source

KINDS = {"user-joined": Kind.JOINED, "user-left": Kind.LEFT, "meeting-ended": Kind.ENDED}
LISTS = {"joins": Kind.JOINED, "leaves": Kind.LEFT, "lefts": Kind.LEFT}
WRONG = (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, RecursionError)


class Garbled(Exception):
    """What was sent is not what the documentation says."""


def from_hook(text, meeting):
    """One event, or a list of them. What is not about who is in this meeting is not heard."""
    try:
        events = json.loads(text)
        return [one for event in ([events] if isinstance(events, dict) else events) for one in told(event, meeting)]
    except WRONG as error:
        raise Garbled from error


def told(event, meeting):
    data = event["data"]
    kind = KINDS.get(data["id"])
    if kind is None or data["attributes"]["meeting"]["external-meeting-id"] != meeting:
        return
    user = data["attributes"].get("user") or {}
    at = datetime.fromtimestamp(data["event"]["ts"] / 1000, UTC)
    person, connection = (str(user.get(f"{name}-user-id") or "") for name in ("external", "internal"))
    if kind == Kind.ENDED or person or connection:
        yield Heard(Source.HOOK, kind, at, "" if kind == Kind.ENDED else person, connection)


def from_report(text, meeting):
    try:
        report = json.loads(text)
        if report["meeting_id"] != meeting:
            return []
        return [one for attendee in report["data"]["attendees"] for one in of_attendee(attendee)]
    except WRONG as error:
        raise Garbled from error


def of_attendee(attendee):
    """By connection where the report tells them apart."""
    person = str(attendee["ext_user_id"])
    for connection, moments in (attendee.get("sessions") or {"": attendee}).items():
        for name, kind in LISTS.items():
            for said in moments.get(name) or []:
                at = moment(said["timestamp"] if isinstance(said, dict) else said)
                yield Heard(Source.REPORT, kind, at, person, connection)


def moment(said):
    """As either generation of the report writes it: 2023-08-07 14:06:17 -0300, 2021-09-23T16:08:29.000+00:00."""
    read = datetime.fromisoformat(said) if "T" in said else datetime.strptime(said, "%Y-%m-%d %H:%M:%S %z")
    return read.astimezone(UTC)
