"""Ways in, as a person or a browser takes them."""

from django.test import Client
from django.utils import timezone

from people.models import Card, Invitation, Pin
from tests.courses import steps

PIN, OTHER_PIN = "258036", "739150"
CHOSEN = {"used_name": "Mina", "agreement": "f", "interface_language": "fr", "mother_tongue": "ff"}


def invite(person, author, now=None, **more):
    """The token of a new invitation."""
    return Invitation.objects.invite(person, author, now or timezone.now(), **more)[1]


def card_of(person):
    return Card.objects.of(person, timezone.now())


def give_pin(person, digits=PIN):
    return Pin.objects.choose(person, digits, timezone.now())


def invitation_url(token, language="fr"):
    return steps.address("people:invitation", token, language=language)


def card_url(card, language="fr"):
    return steps.address("people:card", getattr(card, "code", card), language=language)


def twice(digits=PIN, **more):
    return {"pin": digits, "again": digits, **more}


def enter(token, client=None, **more):
    return (client or Client()).post(invitation_url(token), {**CHOSEN, **twice(), **more})


def show_card(card, digits=PIN, client=None, **more):
    return (client or Client()).post(card_url(card), {"pin": digits, **more})


def sign_in(client, login="learner", password=PIN, **more):
    return client.post(steps.address("account_login"), {"login": login, "password": password, **more})


def is_signed_in(client, person=None):
    pk = client.session.get("_auth_user_id")
    return pk is not None and (person is None or pk == str(person.pk))
