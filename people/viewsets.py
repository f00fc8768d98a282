from functools import wraps

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.deletion import Collector, ProtectedError
from django.forms import CheckboxSelectMultiple
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.auth import require_admin_access
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.reports.audit_logging import LogEntriesView
from wagtail.snippets.views import chooser
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail.users.views import users

from .forms import CohortForm, PersonCreationForm, PersonEditForm, SeenForm
from .models import Cohort, Organisation, User
from .trail import Action, facts_of, note, note_changes


class CreateView(users.CreateView):
    def save_instance(self):
        person = super().save_instance()
        note_changes(None, person, self.request.user, timezone.now())
        return person


class EditView(users.EditView):
    def save_instance(self):
        now, author = timezone.now(), self.request.user
        before = facts_of(User.objects.select_for_update().get(pk=self.object.pk))
        person = super().save_instance()
        note_changes(before, person, author, now)
        if self.form.cleaned_data.get("password1"):
            note(Action.RESET, author, now, person)
        return person


class DeleteView(users.DeleteView):
    def delete_action(self):
        with transaction.atomic():
            note_deleted(self.object, self.request.user)
            super().delete_action()


class PersonViewSet(users.UserViewSet):
    """The people, in Wagtail's settings menu. What is done to them is in the audit trail."""

    add_view_class = CreateView
    edit_view_class = EditView
    delete_view_class = DeleteView
    create_template_name = "people/create.html"
    edit_template_name = "people/edit.html"

    def get_form_class(self, for_update=False):
        return PersonEditForm if for_update else PersonCreationForm


class SeenChoices:
    """The choices that a viewset shows to whoever chooses."""

    def get_object_list(self):
        return self.model_class.snippet_viewset.get_queryset(self.request)

    def get_object(self, pk):
        return self.get_object_list().get(pk=pk)

    def get_objects(self, pks):
        return self.get_object_list().filter(pk__in=pks)


class SeenChooserViewSet(chooser.SnippetChooserViewSet):
    choose_view_class = type("ChooseView", (SeenChoices, chooser.ChooseView), {})
    choose_results_view_class = type("ChooseResultsView", (SeenChoices, chooser.ChooseResultsView), {})
    chosen_view_class = type("ChosenView", (SeenChoices, chooser.SnippetChosenView), {})
    chosen_multiple_view_class = type("ChosenMultipleView", (SeenChoices, chooser.SnippetChosenMultipleView), {})


class SeenViewSet(SnippetViewSet):
    """Rows about people, of which `get_queryset` gives those that somebody sees: the others are nowhere, neither in
    a list, nor at their address, nor among choices."""

    chooser_viewset_class = SeenChooserViewSet
    form_class_base = SeenForm

    def construct_view(self, view_class, **kwargs):
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def seen(request, **found):
            if "pk" in found:
                get_object_or_404(self.get_queryset(request), pk=found["pk"])
            return view(request, **found)

        return seen

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = self.form_class_base
        return handler


class CohortViewSet(SeenViewSet):
    """A group and its trainers. Its learners are on the site's pages on people."""

    model = Cohort
    icon = "group"
    list_display = ["name", "organisation"]
    search_fields = ["name"]
    form_class_base = CohortForm
    panels = [FieldPanel("name"), FieldPanel("organisation"), FieldPanel("trainers", widget=CheckboxSelectMultiple)]

    def get_queryset(self, request):
        return Cohort.objects.seen_by(request.user).select_related("organisation")


class OrganisationViewSet(SeenViewSet):
    model = Organisation
    icon = "home"
    list_display = ["name", "country", "leads"]
    panels = [FieldPanel("name"), FieldPanel("country"), FieldPanel("leads")]

    def get_queryset(self, request):
        return Organisation.objects.seen_by(request.user)


class Partners(SnippetViewSetGroup):
    menu_label = gettext_lazy("Partners")
    menu_icon = "group"
    menu_order = 240
    items = [CohortViewSet, OrganisationViewSet]


def history(results_only=False):
    """Wagtail's history of everything, which names people of every partner: for administrators."""
    view = LogEntriesView.as_view(results_only=results_only)

    @require_admin_access
    def shown(request):
        if not request.user.is_superuser:
            raise PermissionDenied
        return view(request)

    return shown


def hide_history(request, items):
    if not request.user.is_superuser:
        items[:] = [item for item in items if item.name != "site-history"]


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


def remember_people(request, action_type, people, action):
    """Before many are changed at once: how they were."""
    if action.model is User:
        action.before = {person.pk: facts_of(person) for person in people}


def note_people(request, action_type, people, action):
    """After it, in the same transaction."""
    for person in people if action.model is User else []:
        if action_type == "delete":
            note_deleted(person, request.user)
        else:
            note_changes(action.before[person.pk], person, request.user, timezone.now())


def note_deleted(person, author):
    note(Action.ERASED, author, timezone.now(), subject=person.code.hex[:6])


def is_pointed_to(person):
    try:
        Collector(using="default").collect([person])
    except ProtectedError:
        return True
    return False


def refuse(request):
    messages.error(
        request, _("Somebody who learned, taught or signed here cannot be deleted. Make the account inactive.")
    )
