from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from people.roles import Role


class StaffMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_coordinator or request.user.has_role(Role.TRAINER)


@hooks.register("register_admin_menu_item")
def attendance():
    return StaffMenuItem(_("Attendance"), reverse_lazy("certification:sessions"), icon_name="calendar-check", order=310)


@hooks.register("register_admin_menu_item")
def cohorts():
    return StaffMenuItem(_("Certificates"), reverse_lazy("certification:cohorts"), icon_name="group", order=320)
