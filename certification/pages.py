"""What pages call the things that facts are keyed on."""

from django.conf import settings

from courses.models import Course, Module
from events.models import Event


def in_language(model, keys, language):
    """{key: page}, in the first language where a page is not translated: one query."""
    languages = [settings.LANGUAGE_CODE, language]
    pages = model.objects.live().filter(translation_key__in=keys, locale__language_code__in=languages)
    pages = pages.select_related("locale").defer_streamfields()
    return {
        page.translation_key: page for page in sorted(pages, key=lambda page: page.locale.language_code == language)
    }


def module_titles(requirements, language):
    """The title of each module asked for, by key as text; its number when the page is gone."""
    pages = in_language(Module, [module.key for module in requirements.modules], language)
    titles = {str(key): page.title for key, page in pages.items()}
    return {module.key: titles.get(module.key, str(module.number)) for module in requirements.modules}


def module_objectives(requirements, language):
    """(title, objectives) of each module asked for whose page is there, in their order."""
    pages = in_language(Module, [module.key for module in requirements.modules], language)
    pages = {str(key): page for key, page in pages.items()}
    found = [pages[module.key] for module in requirements.modules if module.key in pages]
    return [(page.title, [str(line.value) for line in page.objectives]) for page in found]


def certificate_lines(requirements, language):
    """What the person knows how to do, in the order of the modules."""
    pages = in_language(Module, [module.key for module in requirements.modules], language)
    lines = {str(key): page.certificate_line for key, page in pages.items()}
    return [lines[module.key] for module in requirements.modules if module.key in lines]


def course_titles(editions, language):
    """The title of each edition's course, by the pk of the course item."""
    pages = in_language(Course, [edition.course_id for edition in editions], language)
    return {key: page.title for key, page in pages.items()}


def events_of(sessions, language):
    """The event page of each session, by the key of the session."""
    return in_language(Event, [session.key for session in sessions], language)
