from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from .models import Event, Session


class ChangeOnly(ModelPermissionPolicy):
    """Sessions come with their event page, and attendance keeps them: nobody adds or deletes one here."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class SessionViewSet(SnippetViewSet):
    model = Session
    icon = "date"
    menu_label = _("Sessions")
    menu_order = 250
    add_to_admin_menu = True
    permission_policy = ChangeOnly(Session)
    list_display = ["title", Column("first_start", label=_("starts at"), sort_key="first_start"), "status", "city"]
    list_filter = ["status", "online"]

    def get_queryset(self, request):
        title = Event.objects.filter(translation_key=OuterRef("key")).order_by("pk").values("title")[:1]
        return Session.objects.with_times().annotate(title=Subquery(title)).order_by("-first_start")
