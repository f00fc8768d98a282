"""The language of menus and buttons, apart from the language of the lessons (docs/architecture.md, decision 3).

The address (/fr/, /nl/) says the content language: Wagtail's locale, links and number formats follow it.
A person may read menus and buttons in another language: then gettext alone answers in that one.
"""

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.utils import translation
from django.utils.functional import lazy
from django.utils.translation import trans_real

chosen = ContextVar("interface language", default=None)


@dataclass(frozen=True)
class Interface:
    code: str
    dir: str


def interface_of(code):
    """Django knows nothing of some languages, such as Tigrinya: the setting says which are written from the right."""
    return Interface(code, "rtl" if code.split("-")[0] in settings.LANGUAGES_BIDI else "ltr")


@lru_cache
def catalogue(code):
    """The sentences of one language, falling back on those of the default language and on nothing else."""
    translation = found = trans_real.DjangoTranslation(code)
    while found._fallback:
        if isinstance(found._fallback, ShellTranslation):
            found._fallback = catalogue(found._fallback.language)
        found = found._fallback
    return translation


class ShellTranslation:
    """Stands in Django's table of translations for a content language.

    It keeps the name of that language (links and Wagtail's locale ask for it) and takes its sentences
    from the interface language when one is chosen.
    """

    def __init__(self, language):
        self.language = language

    def to_language(self):
        return catalogue(self.language).to_language()

    def __getattr__(self, name):
        return getattr(catalogue(chosen.get() or self.language), name)


def install():
    for code, _name in settings.LANGUAGES:
        if not isinstance(trans_real._translations.get(code), ShellTranslation):
            catalogue.cache_clear()
            trans_real._translations[code] = ShellTranslation(code)


def in_content_language(sentence):
    return catalogue(translation.get_language() or settings.LANGUAGE_CODE).gettext(sentence)


# The words of an address, which follow the content language whoever reads it first: Django compiles them only once.
route = lazy(in_content_language, str)


@contextmanager
def spoken_in(code):
    """Everything inside is said in `code`, whatever the reader's interface: for documents and messages to others."""
    token = chosen.set(None)
    try:
        with translation.override(code):
            yield
    finally:
        chosen.reset(token)


class InterfaceLanguageMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        install()
        content = translation.get_language()
        wanted = getattr(request.user, "interface_language", "") or content
        if wanted not in dict(settings.INTERFACE_LANGUAGES):
            wanted = content
        request.interface = interface_of(wanted)
        token = chosen.set(wanted)
        translation.activate(content)
        try:
            return self.get_response(request)
        finally:
            chosen.reset(token)
