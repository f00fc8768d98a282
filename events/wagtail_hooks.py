from wagtail.snippets.models import register_snippet

from .viewsets import EventsGroup

register_snippet(EventsGroup)
