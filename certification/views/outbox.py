"""Where a phone sends what it kept: each entry is recorded or refused by itself, in any order, as often as it comes."""

from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from certification.access import led_slot
from certification.forms import OutboxForm
from certification.forms.outbox import LARGEST_BODY
from certification.models import expected_in
from certification.refusals import Conflict, Refused
from certification.sentences import refusal


@login_required
@require_http_methods(["GET", "POST"])
def outbox(request, code):
    """GET says who is signed in, and gives the token that sending needs; POST answers each entry with a verdict."""
    slot = led_slot(request.user, code)
    return answered(request, lambda form, now: mark_verdicts(form, slot, request.user, now))


def answered(request, verdicts, entry=None):
    """`verdicts(form, now)` judges the entries that came; `entry` says what each is."""
    if request.method == "GET":
        return JsonResponse({"author": request.user.code, "token": get_token(request)})
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BODY:
        return refused_whole(Refused("too_large"), 413)
    try:
        form = OutboxForm.read(request.body, entry)
    except Refused as refused:
        return refused_whole(refused, 422)
    now = timezone.now()
    return JsonResponse({"now": now, "skew": form.skew(now) or 0, "verdicts": verdicts(form, now)})


def mark_verdicts(form, slot, user, now):
    skew, expected = form.skew(now), {person.code: person for person in expected_in(slot)}
    return [verdict(entry, slot, expected, user, now, skew) for entry in form.entries]


def refused_whole(refused, status):
    return JsonResponse({"code": refused.code, "sentence": refusal(refused)}, status=status)


def verdict(entry, slot, expected, user, now, skew):
    """recorded, known (recorded before), late (waits for a decision), conflict (said otherwise before), not_yours
    (marked by somebody else: nothing is said of it) or refused."""
    if entry.written_by != str(user.code):
        return told("not_yours", Refused("not_yours"))
    try:
        mark = entry.save(slot, expected, user, now, skew)
    except Conflict as conflict:
        return told("conflict", conflict)
    except Refused as refused:
        return told("refused", refused)
    return {"verdict": "late" if mark.late else "recorded" if mark.recorded_at == now else "known"}


def told(verdict, refused):
    return {"verdict": verdict, "code": refused.code, "sentence": refusal(refused)}
