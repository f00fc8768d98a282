from django.utils.translation import gettext_lazy as _
from django_filters import ModelChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from people.viewsets import SeenViewSet

from .models import Edition, Enrolment


class EditionViewSet(SeenViewSet):
    model = Edition
    icon = "calendar-alt"
    list_display = ["cohort", "starts_on", "ends_on", "started_at"]

    def get_queryset(self, request):
        return Edition.objects.seen_by(request.user).select_related("cohort")


def editions_seen(request):
    return Edition.objects.seen_by(request.user).select_related("cohort")


class EnrolmentFilterSet(WagtailFilterSet):
    edition = ModelChoiceFilter(queryset=editions_seen, label=_("edition"))

    class Meta:
        model = Enrolment
        fields = ["edition"]


class EnrolmentViewSet(SeenViewSet):
    model = Enrolment
    icon = "group"
    list_display = ["learner", "edition", "enrolled_at"]
    filterset_class = EnrolmentFilterSet

    def get_queryset(self, request):
        return Enrolment.objects.seen_by(request.user).select_related("learner", "edition__cohort")


class Training(SnippetViewSetGroup):
    menu_label = _("Training")
    menu_icon = "group"
    items = [EditionViewSet, EnrolmentViewSet]
