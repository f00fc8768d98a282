"""What the BigBlueButton server tells us, for programs: each call proves that it knows the secret that we share."""

import json
from urllib.parse import parse_qsl

from django.core.exceptions import PermissionDenied
from django.core.signing import BadSignature
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from events import bigbluebutton, hearing, rooms
from events.bigbluebutton import Failed
from events.models import Room, RoomFact
from people import limits

LARGEST_EVENT, LARGEST_REPORT = 64 * 1024, 2 * 1024**2


@csrf_exempt
@require_POST
def heard(request, code):
    """Who came and who left, as it happens."""
    room = told_room(code)
    body = body_of(request, LARGEST_EVENT)
    if body is None:
        return HttpResponse(status=413)
    callback, given = rooms.told_at("heard", room), request.GET.get("checksum", "")
    form = dict(parse_qsl(body))
    if not any(bigbluebutton.is_signed(callback + text, given) for text in (body, written_before(form))):
        raise PermissionDenied
    return keep(room, hearing.from_hook, form.get("event", ""))


@csrf_exempt
@require_POST
def report(request, code):
    """Who came and who left, all at once after the end."""
    room = told_room(code)
    token = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    if not bigbluebutton.is_token(token, timezone.now()):
        raise PermissionDenied
    body = body_of(request, LARGEST_REPORT)
    return HttpResponse(status=413) if body is None else keep(room, hearing.from_report, body)


@require_safe
def ended(request, code, seal):
    """The meeting is over: we look by ourselves, so that saying it again or too early changes nothing."""
    room = told_room(code)
    try:
        rooms.ENDING.unsign(f"{room.meeting}:{seal}")
        if limits.allow("room_ended", room.pk, 10, 600):
            rooms.poll(room, timezone.now())
    except BadSignature as error:
        raise PermissionDenied from error
    except Failed:
        return HttpResponse(status=503)
    return HttpResponse(status=204)


def told_room(code):
    """One that was opened: to whoever asks for another, as to whoever does not sign, nothing is said."""
    room = Room.objects.exclude(opened_at=None).select_related("session").filter(session__code=code).first()
    if room is None or not bigbluebutton.is_configured():
        raise PermissionDenied
    return room


def body_of(request, largest):
    """As text; None when it is too large."""
    if int(request.headers.get("Content-Length") or 0) > largest:
        return None
    return request.body.decode(errors="replace")


def written_before(form):
    """What version 2 of bbb-webhooks signs: the values as JSON, in this order. Version 3 signs the body."""
    timestamp = form.get("timestamp", "")[:20]
    values = {"event": form.get("event", ""), "timestamp": int(timestamp) if timestamp.isdecimal() else 0}
    return json.dumps(values | {"domain": form.get("domain", "")}, separators=(",", ":"), ensure_ascii=False)


def keep(room, read, text):
    try:
        said = read(text, room.meeting)
    except hearing.Garbled:
        return HttpResponse(status=422)
    RoomFact.objects.hear(room.session, said, timezone.now())
    return HttpResponse(status=204)
