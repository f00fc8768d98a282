"""Materials as a reader meets them: what they are, and the page where they belong."""

from django.utils.translation import get_language
from wagtail.models import Page

from .models import Material

LATEST = 5


def at_page(user, key):
    """What belongs to the course, the module or the event with this translation key."""
    mine = Material.objects.seen_by(user)
    return list(mine.filter(session__key=key) | mine.filter(item=key))


def in_library(user):
    return list(Material.objects.seen_by(user).filter(session=None, item=None)[:LATEST])


def of_groups(user):
    """The latest of the groups where this person learns."""
    latest = Material.objects.standing().filter(cohort__in=user.cohorts.values("pk"))
    return with_places(list(latest.select_related("cohort", "session")[:LATEST]))


def with_places(materials):
    """Each with `place`, its page in the language of the address: one query."""
    keys = {one.pk: one.session.key if one.session_id else one.item_id for one in materials}
    pages = Page.objects.live().filter(locale__language_code=get_language(), translation_key__in=set(keys.values()))
    by_key = {page.translation_key: page for page in pages}
    for one in materials:
        one.place = by_key.get(keys[one.pk])
    return materials
