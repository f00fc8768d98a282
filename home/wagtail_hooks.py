from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from .links import PageLink
from .models import Contact, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "label_nl", "slug"]


class ContactViewSet(SnippetViewSet):
    model = Contact
    icon = "mail"
    list_display = ["name_fr", "country", "number", "verified_on"]
    list_filter = ["country"]


class Vocabulary(SnippetViewSetGroup):
    menu_label = _("Vocabulary")
    menu_icon = "tag"
    items = [TopicViewSet, ContactViewSet]


register_snippet(Vocabulary)


@hooks.register("register_rich_text_features", order=1)
def register_page_link(features):
    features.register_link_type(PageLink)


@hooks.register("construct_page_action_menu")
def publish_first(menu_items, request, context):
    """Whoever may publish most often wants to: it is the first button, a draft the second."""
    menu_items.sort(key=lambda item: item.name != "action-publish")
