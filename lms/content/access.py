"""What the demo's groups may do in the Wagtail admin."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from people.roles import Role

from .blocks import key_of

WRITERS = {
    Role.TRAINER: ["add_page", "change_page", "publish_page"],
    Role.EDITOR: ["add_page", "change_page", "publish_page"],
    Role.COORDINATOR: ["add_page", "change_page", "publish_page", "lock_page"],
    Role.TRANSLATOR: ["change_page", "publish_page"],
}
FILES = ["add_siteimage", "choose_siteimage", "add_sitedocument", "choose_sitedocument"]
TABLES = {
    Role.TRAINER: ["change_session", "view_session"],
    Role.COORDINATOR: ["add_session", "change_session", "add_edition", "change_edition", "add_enrolment", "change_enrolment"],
    Role.TRANSLATOR: ["submit_translation"],
    Role.EDITOR: ["add_topic", "change_topic", "change_contact", "submit_translation"],
}


def load_access():
    homes = Page.objects.filter(translation_key=key_of("pages/home"))
    root = Collection.get_first_root_node()
    for role, verbs in WRITERS.items():
        group = Group.objects.get(name=role)
        allowed = ["access_admin", *TABLES.get(role, [])]
        group.permissions.add(*Permission.objects.filter(codename__in=allowed))
        for permission in Permission.objects.filter(codename__in=verbs, content_type__app_label="wagtailcore"):
            for home in homes:
                GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for permission in Permission.objects.filter(codename__in=FILES):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)
