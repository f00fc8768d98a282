"""What every answer says beside its content policy; a view that said it otherwise keeps its own.

A screen says whose it is: the service worker then forgets the pages that it kept for anybody else.
"""

from django.conf import settings


class HeadersMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        user = getattr(request, "user", None)
        if user and user.is_authenticated and is_screen(response):
            response.headers.setdefault("Cache-Control", kept(request, response))
            response["X-Reader"] = str(user.code)
        elif is_sign_out(request):
            response["Clear-Site-Data"] = '"cache"'
        return response


def is_screen(response):
    return response.get("Content-Type", "").startswith(("text/html", "application/json"))


def kept(request, response):
    """Screens that name people are kept nowhere; the other pages of a person in their own browser only."""
    match = request.resolver_match
    if match and match.namespace in settings.NO_STORE_NAMESPACES:
        return "private, no-store"
    return "private, no-cache"


def is_sign_out(request):
    """Pages that were kept on a shared phone go; what waits to be sent is in another store, and stays."""
    match = request.resolver_match
    return request.method == "POST" and bool(match and match.url_name == "account_logout")
