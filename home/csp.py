from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware

# Wagtail's editor and wagtail-localize write inline scripts and styles (Wagtail issue 1288).
ADMIN = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}


class PathCSPMiddleware(CSPMiddleware):
    def process_response(self, request, response):
        if request.path.startswith("/admin/"):
            response._csp_replace = {**ADMIN, **(getattr(response, "_csp_replace", None) or {})}
        return super().process_response(request, response)
