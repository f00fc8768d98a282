"""The lock before proof and the data of others: staff prove twice who they are, and again after some time.

Every address of the rooms that name people is locked, and the whole admin, but for those named here. A form that
was sent to a locked address too late is kept in the session, and sent by its author once the proof is given.
"""

import time

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import urlencode

from .admin_areas import ADMIN_OPEN

OPEN = {
    *ADMIN_OPEN,
    "events:acknowledge",
    "wagtailadmin_logout",
    "certification:public_framework",
    "certification:verify",
    "certification:verify_form",
    "events:calendar",
    "events:cancel",
    "events:drop_feed",
    "events:feed",
    "events:feeds",
    "events:guest",
    "events:index",
    "events:leave",
    "events:make_feed",
    "events:noted",
    "events:prepare",
    "events:register",
    "events:seat",
    "events:seat_room",
    "events:shelf",
    "events:site_feed",
    "people:ask_erasure",
    "people:card",
    "people:data",
    "people:download",
    "people:invitation",
    "people:keep_account",
    "people:me",
    "people:pin",
    "people:register",
    "people:second_factor",
}
# What is encrypted in its own table never waits in a session.
NEVER_KEPT = {"certification:civil_status", "certification:my_civil_status"}
# An editor's page that is left open asks by itself, all day long.
BY_ITSELF = {"wagtailadmin_editing_sessions"}
ACTIVE, WAITING = "active_at", "waiting"
# How coarsely the last activity is noted: never a write for each request.
STEP_SECONDS = 300
WAITS_SECONDS, WAITS_AT_MOST, WAITS_BYTES = 3600, 5, 500_000


class GuardMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated:
            return None
        now = time.time()
        kept_from_learners = is_locked(request) and handles_others(request)
        if kept_from_learners and settings.SECOND_FACTOR and not is_proven(request, now):
            return ask(request, "people:second_factor", now)
        if kept_from_learners and has_lapsed(request, now):
            return ask(request, "account_reauthenticate", now)
        if kept_from_learners or is_proven(request, now):
            stay(request, now)
        if WAITING in request.session:
            forget(request, now, request.get_full_path() if request.method == "POST" else "")
        return None


def is_locked(request):
    match = request.resolver_match
    if match.view_name in OPEN:
        return False
    return request.path.startswith("/admin/") or match.namespace in settings.NO_STORE_NAMESPACES


def handles_others(request):
    """The roles of a person are read once, and the view reads them too."""
    user = request.user
    return user.needs_second_factor or (
        request.path.startswith("/admin/") and user.has_perm("wagtailadmin.access_admin")
    )


def records(request):
    """How this person proved who they are in this session, as allauth notes it."""
    return get_authentication_records(request, request.user)


def is_proven(request, now):
    """The second proof is given again each working day, however busy it was."""
    return any(
        record["method"] == "mfa" and now - record["at"] <= settings.STAFF_SESSION_SECONDS
        for record in records(request)
    )


def proved_at(request):
    return max((record["at"] for record in records(request)), default=0)


def active_at(request):
    return max(proved_at(request), request.session.get(ACTIVE, 0))


def has_lapsed(request, now):
    """Too long without activity, or since the last proof of any kind. Without a trace of either, it begins now."""
    since = (proved_at(request) or now, active_at(request) or now)
    limits = (settings.STAFF_SESSION_SECONDS, settings.STAFF_IDLE_SECONDS)
    return any(now - moment > limit for moment, limit in zip(since, limits, strict=True))


def stay(request, now):
    """Notes that somebody is here."""
    by_itself = request.resolver_match.namespace in BY_ITSELF
    if not by_itself and not has_lapsed(request, now) and now - active_at(request) > STEP_SECONDS:
        request.session[ACTIVE] = now


def ask(request, name, now):
    """Leads to a proof, then back. A script is told so instead, and keeps what it had to send."""
    back = keep(request, now) if request.method == "POST" else request.get_full_path()
    url = f"{reverse(name)}?{urlencode({'next': back})}"
    if is_script(request):
        return JsonResponse({"sign_in": url}, status=401)
    return HttpResponseRedirect(url)


def is_script(request):
    """Also an address without a token of its page, whose forms anybody may forge: they are never kept."""
    headers = request.headers
    if getattr(request.resolver_match.func, "csrf_exempt", False):
        return True
    return headers.get("Accept", "").startswith("application/json") or "X-Requested-With" in headers


def keep(request, now):
    """Keeps a form that was sent and returns where it waits. Files are not kept: they are chosen again."""
    path, body = request.get_full_path(), [pair for pair in request.POST.lists() if pair[0] != "csrfmiddlewaretoken"]
    size = sum(len(value) for _name, values in body for value in values)
    secret = request.resolver_match.view_name in NEVER_KEPT
    if is_script(request) or request.FILES or secret or size > WAITS_BYTES:
        return path
    others = [form for form in waiting(request, now) if form["path"] != path]
    request.session[WAITING] = [*others, {"path": path, "body": body, "at": now}][-WAITS_AT_MOST:]
    return reverse("people:waiting")


def waiting(request, now):
    """The forms that wait to be sent, oldest first."""
    return [form for form in request.session.get(WAITING, []) if now - form["at"] < WAITS_SECONDS]


def forget(request, now, path):
    """Drops the form of this address, which is sent now or thrown away, and those that waited for too long."""
    left = [form for form in waiting(request, now) if form["path"] != path]
    if not left:
        del request.session[WAITING]
    elif len(left) != len(request.session[WAITING]):
        request.session[WAITING] = left
