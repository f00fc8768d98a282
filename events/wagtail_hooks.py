from wagtail.snippets.models import register_snippet

from .viewsets import SessionViewSet

register_snippet(SessionViewSet)
