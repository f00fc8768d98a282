from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from .viewsets import Partners, hide_history, keep_people, keep_person, note_people, remember_people

register_snippet(Partners)

hooks.register("before_delete_user", keep_person)
hooks.register("before_bulk_action", keep_people)
hooks.register("before_bulk_action", remember_people)
hooks.register("after_bulk_action", note_people)


class CoordinatorMenuItem(MenuItem):
    def is_shown(self, request):
        return request.user.is_coordinator


@hooks.register("register_admin_menu_item")
def erasures():
    return CoordinatorMenuItem(_("Requests to be erased"), reverse_lazy("people:erasures"), icon_name="bin", order=330)


@hooks.register("register_admin_menu_item")
def trail():
    return CoordinatorMenuItem(_("The audit trail"), reverse_lazy("people:trail"), icon_name="history", order=331)


hooks.register("construct_reports_menu", hide_history)
