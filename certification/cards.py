"""The personal cards of some people: made when there is none, then printed."""

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from home.documents.fonts import missing
from home.models import SiteSettings
from people.inviting import card_for

from .documents.cards import CardsText, CardText


@transaction.atomic
def cards_text(people, author, now):
    """What is printed: the codes stand for the people from now on."""
    made = [CardText(first_name(person), organisation_of(person), address(person, author, now)) for person in people]
    return CardsText(SiteSettings.load().provider, made)


def first_name(person):
    """One word, so that a lost card says little; the user name when no font can draw it."""
    word = (person.used_name or person.printed_name or person.username).split(" ")[0]
    return person.username if missing(word) else word


def organisation_of(person):
    name = person.organisation.name if person.organisation else ""
    return "" if missing(name) else name


def address(person, author, now):
    return settings.PUBLIC_ORIGIN + reverse("entry:card", args=[card_for(person, author, now).code])
