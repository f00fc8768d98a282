from django.contrib import messages
from django.db.models.deletion import Collector, ProtectedError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.users.views.users import UserViewSet

from .forms import PersonCreationForm, PersonEditForm
from .models import User


class PersonViewSet(UserViewSet):
    """The people, in Wagtail's settings menu."""

    create_template_name = "people/create.html"
    edit_template_name = "people/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm


def keep_person(request, person):
    """Before somebody is deleted: what a person did is never orphaned."""
    if is_pointed_to(person):
        refuse(request)
        return redirect("wagtailusers_users:edit", person.pk)
    return None


def keep_people(request, action_type, people, action):
    """The same before many are deleted at once."""
    if action_type == "delete" and action.model is User and any(is_pointed_to(person) for person in people):
        refuse(request)
        return redirect("wagtailusers_users:index")
    return None


def is_pointed_to(person):
    try:
        Collector(using="default").collect([person])
    except ProtectedError:
        return True
    return False


def refuse(request):
    messages.error(request, _("Somebody who learned, taught or signed here cannot be deleted. Make the account inactive."))
