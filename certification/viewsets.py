from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet

from .depositing import catch_up
from .models import Scheme


class LeadOnly(ModelPermissionPolicy):
    """A scheme binds every partner: whoever sees them all changes it, and nobody deletes one."""

    def user_has_permission(self, user, action):
        return action != "delete" and user.is_active and user.sees_everyone


class SchemeForm(WagtailAdminModelForm):
    """What was issued since the decision is to be declared as soon as the registration is written down."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["key"].disabled = self.instance.pk is not None

    def save(self, commit=True):
        scheme = super().save(commit)
        if commit:
            catch_up(scheme)
        return scheme


class SchemeViewSet(SnippetViewSet):
    model = Scheme
    icon = "form"
    menu_label = _("Certification schemes")
    menu_order = 325
    add_to_admin_menu = True
    permission_policy = LeadOnly(Scheme)
    list_display = ["title_fr", "certifier", "registration", "register_code"]
    panels = [
        MultiFieldPanel(
            [
                FieldPanel("key"),
                FieldPanel("title_fr"),
                FieldPanel("title_nl"),
                FieldPanel("certifier"),
                FieldPanel("trade_name"),
            ],
            _("Title"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("registration"),
                FieldPanel("register_code"),
                FieldPanel("decided_on"),
                FieldPanel("registered_until"),
                FieldPanel("level"),
                FieldPanel("nsf_codes"),
                FieldPanel("validity_months"),
            ],
            _("Registration"),
        ),
        MultiFieldPanel(
            [FieldPanel("client_id"), FieldPanel("contract_id"), FieldPanel("sender_id")], _("The State’s register")
        ),
        InlinePanel("editions", heading=_("Editions that lead to it"), label=_("edition")),
    ]

    def get_edit_handler(self):
        handler = super().get_edit_handler()
        handler.base_form_class = SchemeForm
        return handler
