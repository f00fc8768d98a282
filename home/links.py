"""From a page to the same page in another language."""

from django.utils.html import escape
from django.utils.translation import get_language
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler


def translations_of(page):
    """Its live translations, read once however many ask."""
    if "live_translations" not in page.__dict__:
        page.live_translations = list(page.get_translations().live().select_related("locale"))
    return page.live_translations


class PageLink(PageLinkHandler):
    """A link inside a text leads to the page in the reader's language: one query for a text, not four for a link."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        wanted = [attrs.get("id") for attrs in attrs_list]
        keys = Page.objects.filter(pk__in=wanted).values("translation_key")
        pages = list(Page.objects.filter(translation_key__in=keys).select_related("locale"))
        by_id = {str(page.pk): page for page in pages}
        language = get_language()
        said = {page.translation_key: page for page in pages if page.live and page.locale.language_code == language}
        found = [by_id.get(str(pk)) for pk in wanted]
        return [opening(page and said.get(page.translation_key, page)) for page in found]


def opening(page):
    return f'<a href="{escape(page.url)}">' if page else "<a>"
