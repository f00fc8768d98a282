from csp.constants import HEADER, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.conf import settings

# Wagtail's editor and wagtail-localize write inline scripts and styles (Wagtail issue 1288); the preview is a frame.
ADMIN = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE], "frame-src": [SELF]}
# A file that somebody uploaded: nothing in it runs, whatever it is.
UPLOADED = "default-src 'none'; frame-ancestors 'none'; sandbox"


class PathCSPMiddleware(CSPMiddleware):
    def process_response(self, request, response):
        if request.path.startswith("/admin/"):
            response._csp_replace = {**ADMIN, **(getattr(response, "_csp_replace", None) or {})}
        if is_uploaded(request):
            response[HEADER] = UPLOADED
        return super().process_response(request, response)


def is_uploaded(request):
    match = request.resolver_match
    return request.path.startswith(settings.MEDIA_URL) or bool(match and match.url_name == "wagtaildocs_serve")
