from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import translate_url
from django.utils.translation import get_language

from home.interface import spoken_in
from home.links import translations_of

register = template.Library()


@register.simple_tag(takes_context=True)
def alternates(context):
    """This page in each content language, for the language switch and hreflang: one query on a Wagtail page.

    A page that is not translated offers the home page of the other language.
    """
    request, page = context.get("request"), context.get("page")
    if request is None:
        return []
    urls = (
        page_urls(page, request)
        if getattr(page, "pk", None) and hasattr(page, "get_translations")
        else view_urls(request)
    )
    return [{"code": code, "label": label, "url": urls.get(code, f"/{code}/")} for code, label in settings.LANGUAGES]


def page_urls(page, request):
    urls = {other.locale.language_code: other.get_url(request) for other in translations_of(page)}
    return {**urls, get_language(): request.path}


def view_urls(request):
    """An address that leads to no page has no other language."""
    if not request.resolver_match or request.resolver_match.url_name == "wagtail_serve":
        return {}
    here = request.get_full_path()
    return {code: here if code == get_language() else translate_url(here, code) for code, _label in settings.LANGUAGES}


@register.simple_tag
def rendered_in(language, name, **values):
    """A template said in a language of its own, as plain text: a message to somebody else than the reader."""
    with spoken_in(language):
        return str.strip(render_to_string(name, values))
