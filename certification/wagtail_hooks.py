from django.conf import settings
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet

from events.models import EventIndex
from people.roles import Role

from .deadlines import alert
from .models import Scheme
from .viewsets import SchemeViewSet

register_snippet(SchemeViewSet)


class StaffMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_coordinator or request.user.has_role(Role.TRAINER)


@hooks.register("register_admin_menu_item")
def attendance():
    return StaffMenuItem(_("Attendance"), reverse_lazy("certification:sessions"), icon_name="calendar-check", order=310)


@hooks.register("register_admin_menu_item")
def cohorts():
    return StaffMenuItem(_("Certificates"), reverse_lazy("certification:cohorts"), icon_name="group", order=320)


class Shortcuts(Component):
    """The first screen of the admin: what a trainer comes for, one click away."""

    template_name = "certification/shortcuts.html"
    order = 50

    def get_context_data(self, parent_context):
        index = EventIndex.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE).first()
        add = reverse("wagtailadmin_pages:add", args=["events", "event", index.pk]) if index else ""
        user = parent_context["request"].user
        late = alert(user, timezone.localdate()) if user.is_coordinator else None
        declares = user.is_coordinator and Scheme.objects.registered().exists()
        return {"add_event": add, "declares": declares, "late": late[0] if late else 0}


@hooks.register("construct_homepage_panels")
def shortcuts(request, panels):
    if request.user.takes_attendance:
        panels.append(Shortcuts())
