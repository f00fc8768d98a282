"""What the demo's groups may do in the Wagtail admin. Users, groups and settings are left to administrators."""

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
FILES = ["add_image", "choose_image", "add_document", "choose_document", "add_media"]
TABLES = {
    Role.TRAINER: ["events.change_session"],
    Role.COORDINATOR: [
        "events.change_session",
        "events.view_registration",
        "people.add_cohort",
        "people.change_cohort",
        "courses.add_edition",
        "courses.change_edition",
        "courses.add_enrolment",
        "courses.change_enrolment",
    ],
    Role.TRANSLATOR: ["wagtail_localize.submit_translation"],
    Role.EDITOR: ["home.add_topic", "home.change_topic", "home.change_contact", "wagtail_localize.submit_translation"],
}


def load_access():
    homes = Page.objects.filter(translation_key=key_of("pages/home"))
    root = Collection.get_first_root_node()
    for role, verbs in WRITERS.items():
        group = Group.objects.get(name=role)
        group.permissions.add(*map(permission_named, ["wagtailadmin.access_admin", *TABLES[role]]))
        for permission in Permission.objects.filter(codename__in=verbs, content_type__app_label="wagtailcore"):
            for home in homes:
                GroupPagePermission.objects.get_or_create(group=group, page=home, permission=permission)
        for permission in Permission.objects.filter(codename__in=FILES):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=root, permission=permission)


def permission_named(name):
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)
