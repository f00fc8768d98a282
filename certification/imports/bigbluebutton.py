"""The learning dashboard of BigBlueButton (learning_dashboard_data.json): moments are thousandths of seconds."""

import json
from datetime import UTC, datetime

from .stays import Unreadable, stay


def read(text, near):
    try:
        data = json.loads(text)
        users, ended = data["users"], data.get("endedOn") or 0
        spans = [span for user in users.values() for span in spans_of(user)]
        last = max([ended, *(max(start, end) for _name, start, end in spans)], default=0)
        stays = [stay(name, "", at(start), at(end or last), 0) for name, start, end in spans]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, OSError, RecursionError):
        raise Unreadable("json") from None
    if not stays:
        raise Unreadable("empty")
    return [each for each in stays if each.name]


def spans_of(user):
    """(name, joined, left) in thousandths; 0 for somebody who is still there. Older files have no `sessions`."""
    for connection in user["intIds"].values():
        for session in connection.get("sessions") or [connection]:
            yield str(user["name"]), int(session["registeredOn"]), int(session.get("leftOn") or 0)


def at(milliseconds):
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
