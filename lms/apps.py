from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class LmsConfig(AppConfig):
    name = "lms"
    default = True


class PeopleInWagtailConfig(WagtailUsersAppConfig):
    """Wagtail's own screens for users, with our form."""

    user_viewset = "people.viewsets.PersonViewSet"
