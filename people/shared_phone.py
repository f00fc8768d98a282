"""« This is not my phone »: the session ends with the browser or after half an hour without a page, no device becomes
known, and nothing is kept. The box is named `shared` in every form that signs somebody in."""

import time

from django.contrib.auth import logout

KEY = "shared_phone"
IDLE = 30 * 60
# The last page is written down once a minute at most.
GRAIN = 60


def heed(request):
    """What the box says, kept in the session that is about to begin."""
    if request.POST.get("shared"):
        request.session[KEY] = int(time.time())
    else:
        request.session.pop(KEY, None)


def is_shared(request):
    return KEY in request.session


class SharedPhoneMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        left = is_left(request)
        if left:
            logout(request)
        response = self.get_response(request)
        if is_shared(request):
            self.keep_short(request)
            response["Cache-Control"] = "private, no-store"
        elif left:
            response["Clear-Site-Data"] = '"cache"'
            response["Cache-Control"] = "private, no-store"
        return response

    def keep_short(self, request):
        now = int(time.time())
        if now - request.session[KEY] >= GRAIN:
            request.session[KEY] = now
        if not request.session.get_expire_at_browser_close():
            request.session.set_expiry(0)


def is_left(request):
    """Read only where there is a session: a visitor without one costs no query."""
    return is_shared(request) and time.time() - request.session[KEY] > IDLE
