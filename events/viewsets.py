from django.db.models import OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from people.forms import SeenForm
from people.viewsets import SeenViewSet

from .models import Event, Registration, Session
from .tasks import send_waiting


class ChangeOnly(ModelPermissionPolicy):
    """Sessions come with their event page, and attendance keeps them: nobody adds or deletes one here."""

    def user_has_permission(self, user, action):
        return action not in ("add", "delete") and super().user_has_permission(user, action)


class ViewOnly(ModelPermissionPolicy):
    """Registrations are made and cancelled by the person, on the page of the event."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)


def title_of(key):
    return Subquery(Event.objects.filter(translation_key=OuterRef(key)).order_by("pk").values("title")[:1])


class SessionForm(SeenForm):
    """People are told what changed, as soon as it is saved."""

    def save(self, commit=True):
        now = timezone.now()
        Registration.objects.tell_changes(Session.objects.get(pk=self.instance.pk), now)
        self.instance.refresh_from_db(fields=["told", "sequence"])
        session = super().save(commit)
        Registration.objects.tell_changes(session, now)
        send_waiting.enqueue()
        return session


class SessionViewSet(SeenViewSet):
    model = Session
    form_class_base = SessionForm
    icon = "date"
    menu_label = _("Sessions")
    permission_policy = ChangeOnly(Session)
    list_display = ["title", Column("first_start", label=_("starts at"), sort_key="first_start"), "status", "city"]
    list_filter = ["status", "online"]

    def get_queryset(self, request):
        sessions = Session.objects.led_by(request.user).with_times()
        return sessions.annotate(title=title_of("key")).order_by("-first_start")


class RegistrationViewSet(SeenViewSet):
    model = Registration
    icon = "list-ul"
    menu_label = _("Registrations")
    permission_policy = ViewOnly(Registration)
    list_display = ["learner", Column("event", label=_("event")), "at", "cancelled_at"]
    inspect_view_enabled = True

    def get_queryset(self, request):
        registrations = Registration.objects.seen_by(request.user).select_related("learner")
        return registrations.annotate(event=title_of("session__key")).order_by("-at")


class EventsGroup(SnippetViewSetGroup):
    items = (SessionViewSet, RegistrationViewSet)
    menu_label = _("Events")
    menu_icon = "date"
    menu_order = 250
