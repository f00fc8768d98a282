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

from .permissions import ADMIN_OPEN

OPEN = {
    *ADMIN_OPEN,
    "wagtailadmin_logout",
    "certification:verify",
    "certification:verify_form",
    "people:ask_erasure",
    "people:data",
    "people:download",
    "people:keep_account",
    "people:me",
    "people:register",
    "people:second_factor",
    "people:waiting",
}
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
        if kept_from_learners and settings.SECOND_FACTOR and not is_proven(request):
            return ask(request, "people:second_factor", now)
        if kept_from_learners and has_lapsed(request, now):
            return ask(request, "account_reauthenticate", now)
        if kept_from_learners or is_proven(request):
            stay(request, now)
        if request.method == "POST" and WAITING in request.session:
            forget(request, request.get_full_path())
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


def is_proven(request):
    return any(record["method"] == "mfa" for record in records(request))


def has_lapsed(request, now):
    """Too long without activity, or since the last proof."""
    proof = records(request)[-1]["at"] if records(request) else 0
    active = max(proof, request.session.get(ACTIVE, 0))
    too_long = proof and now - proof > settings.STAFF_SESSION_SECONDS
    return bool(too_long or (active and now - active > settings.STAFF_IDLE_SECONDS))


def stay(request, now):
    """Notes that somebody is here."""
    if request.resolver_match.namespace in BY_ITSELF or has_lapsed(request, now):
        return
    proof = records(request)[-1]["at"] if records(request) else 0
    if now - max(proof, request.session.get(ACTIVE, 0)) > STEP_SECONDS:
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
    if is_script(request) or request.FILES or size > WAITS_BYTES:
        return path
    others = [form for form in waiting(request, now) if form["path"] != path]
    request.session[WAITING] = [*others, {"path": path, "body": body, "at": now}][-WAITS_AT_MOST:]
    return reverse("people:waiting")


def waiting(request, now):
    """The forms that wait to be sent, oldest first."""
    return [form for form in request.session.get(WAITING, []) if now - form["at"] < WAITS_SECONDS]


def forget(request, path):
    left = [form for form in request.session[WAITING] if form["path"] != path]
    if len(left) != len(request.session[WAITING]):
        request.session[WAITING] = left
