from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .models import Edition, Enrolment


class EditionViewSet(SnippetViewSet):
    model = Edition
    icon = "calendar-alt"
    list_display = ["cohort", "starts_on", "ends_on", "started_at"]


class EnrolmentViewSet(SnippetViewSet):
    model = Enrolment
    icon = "group"
    list_display = ["learner", "edition", "enrolled_at"]
    list_filter = ["edition"]


class Training(SnippetViewSetGroup):
    menu_label = _("Training")
    menu_icon = "group"
    items = [EditionViewSet, EnrolmentViewSet]


register_snippet(Training)
