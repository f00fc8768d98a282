from wagtail.snippets.models import register_snippet

from .viewsets import Training

register_snippet(Training)
