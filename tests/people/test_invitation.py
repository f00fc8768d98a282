"""An invitation: its page, the first entry, and what no longer opens."""

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from people.models import Invitation, Pin, TrailEntry, User
from tests.courses import steps
from tests.databases import together
from tests.people.doors import (
    CHOSEN,
    OTHER_PIN,
    PIN,
    card_of,
    card_url,
    enter,
    invitation_url,
    invite,
    is_signed_in,
    show_card,
    twice,
)


@pytest.fixture
def token(learner, trainer):
    return invite(learner, trainer)


@pytest.fixture
def newcomer(learner):
    """Somebody who never came: no name but the printed one, nothing chosen."""
    User.objects.filter(pk=learner.pk).update(used_name="", agreement="", interface_language="")
    learner.set_unusable_password()
    learner.save(update_fields=["password"])
    return User.objects.get(pk=learner.pk)


def html(response):
    return response.content.decode()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_page_says_for_whom_and_from_whom(token, learner, language):
    response = Client().get(invitation_url(token, language))
    assert response.status_code == 200
    for name in ("Amina", "Amina Diallo", "Claire Dubois", "Groupe de Lille", "Maison des ambassadeurs"):
        assert name in html(response)
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_it_works(token, learner):
    client = Client()
    response = enter(token, client)
    assert response.url == steps.address("courses:path")
    assert is_signed_in(client, learner)
    person = User.objects.get(pk=learner.pk)
    assert {name: getattr(person, name) for name in CHOSEN} == CHOSEN
    assert person.pin.answer(PIN, timezone.now()) == Pin.Answer.RIGHT
    assert Invitation.objects.get().used_at
    entry = TrailEntry.objects.get()
    assert (entry.action, entry.author, entry.person) == ("entered", learner, learner)
    assert PIN not in str(entry.after) and PIN not in person.pin.digest


def test_everything_but_the_pin_may_stay_as_it_is(newcomer, trainer):
    """The page proposes a name and its own language: passed as it is."""
    page = Client().get(invitation_url(invite(newcomer, trainer), "nl"))
    initial = page.context["form"].initial
    assert (initial["used_name"], initial["interface_language"]) == ("Amina", "nl")
    client = Client()
    data = {"used_name": "Amina", "interface_language": "nl", **twice()}
    response = client.post(invitation_url(invite(newcomer, trainer), "nl"), data)
    assert response.url == steps.address("courses:path", language="nl")
    person = User.objects.get(pk=newcomer.pk)
    assert (person.agreement, person.mother_tongue, person.interface_language) == ("", None, "nl")


def test_the_menus_lead_to_their_language(token):
    response = enter(token, interface_language="nl")
    assert response.url == steps.address("courses:path", language="nl")


def test_a_password_in_the_place_of_a_pin(token, learner):
    client = Client()
    response = enter(token, client, pin="", again="", password="goede morgen samen")
    assert response.status_code == 302
    person = User.objects.get(pk=learner.pk)
    assert person.check_password("goede morgen samen")
    assert not Pin.objects.exists()
    assert is_signed_in(client)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"pin": "123456", "again": "123456"}, "trop facile"),
        ({"pin": "000000", "again": "000000"}, "trop facile"),
        ({"pin": "654321", "again": "654321"}, "trop facile"),
        ({"pin": "121212", "again": "121212"}, "trop facile"),
        ({"pin": "123123", "again": "123123"}, "trop facile"),
        ({"pin": "25803", "again": "25803"}, "six chiffres"),
        ({"pin": "25803a", "again": "25803a"}, "six chiffres"),
        ({"pin": PIN, "again": OTHER_PIN}, "différents"),
        ({"pin": "", "again": ""}, 'class="err"'),
        ({"pin": "", "again": "", "password": "court"}, "trop court"),
        ({"interface_language": "xx"}, "valide"),
        ({"mother_tongue": "France"}, "valide"),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(token, learner, typed, said):
    client = Client()
    response = enter(token, client, **{"used_name": "Mimi", **typed})
    assert response.status_code == 422
    assert said in html(response).replace("\xa0", " ")
    assert 'value="Mimi"' in html(response)
    assert "Bienvenue, Amina" in html(response).replace("\xa0", " ")
    assert not is_signed_in(client)
    assert not Invitation.objects.get().used_at
    assert User.objects.get(pk=learner.pk).used_name == "Amina"
    for secret in (PIN, OTHER_PIN):
        assert secret not in html(response)


@pytest.mark.parametrize("typed", ["258 036", "٢٥٨٠٣٦", "२५८०३६"])
def test_a_pin_is_typed_in_any_script(token, learner, typed):
    assert enter(token, **twice(typed)).status_code == 302
    assert learner.pin.answer(PIN, timezone.now()) == Pin.Answer.RIGHT


def test_twice_is_harmless_for_who_entered_and_closed_to_others(token, learner):
    client = Client()
    enter(token, client)
    again = enter(token, client, used_name="Other", **twice(OTHER_PIN))
    assert again.url == steps.address("courses:path")
    assert client.get(invitation_url(token)).url == steps.address("courses:path")
    assert User.objects.get(pk=learner.pk).used_name == "Mina"
    other = Client()
    assert enter(token, other, **twice(OTHER_PIN)).status_code == 404
    assert not is_signed_in(other)
    assert learner.pin.answer(PIN, timezone.now()) == Pin.Answer.RIGHT


def closed(kind, learner, trainer):
    token = invite(learner, trainer)
    if kind == "used":
        enter(token)
    elif kind == "replaced":
        invite(learner, trainer)
    elif kind == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif kind == "left":
        User.objects.filter(pk=learner.pk).update(is_active=False)
    return "forged" if kind == "forged" else token


@pytest.mark.parametrize("kind", ["used", "replaced", "expired", "left", "forged"])
def test_what_opens_nothing_says_the_same_whatever_it_was(learner, trainer, kind):
    token = closed(kind, learner, trainer)
    pages = [Client().get(invitation_url(code)) for code in (token, "never-was")]
    assert [page.status_code for page in pages] == [404, 404]
    said = [html(page).replace(token, "").replace("never-was", "") for page in pages]
    assert said[0] == said[1]
    assert "formatrice" in said[0] and "Amina" not in said[0]
    assert enter(token).status_code == 404


def test_thirty_days_later_it_is_closed(learner, trainer):
    with time_machine.travel("2026-11-01T12:00:00+00:00", tick=False):
        token = invite(learner, trainer)
    with time_machine.travel("2026-11-30T12:00:00+00:00", tick=False):
        assert Client().get(invitation_url(token)).status_code == 200
    with time_machine.travel("2026-12-01T12:00:01+00:00", tick=False):
        assert Client().get(invitation_url(token)).status_code == 404


def test_the_token_is_kept_nowhere(token):
    invitation = Invitation.objects.get()
    assert token not in [str(value) for value in vars(invitation).values()]


def test_looking_writes_nothing(token, learner):
    client = Client()
    client.get(invitation_url(token))
    assert not Invitation.objects.get().used_at
    assert not is_signed_in(client)
    assert client.put(invitation_url(token)).status_code == 405


def test_somebody_else_who_is_signed_in_gives_their_place(browse_as, other_learner, token, learner):
    client = browse_as(other_learner)
    before = client.session.session_key
    enter(token, client)
    assert is_signed_in(client, learner)
    assert client.session.session_key != before


def test_the_session_is_new(token):
    client = Client()
    session = client.session
    session["kept"] = "yes"
    session.save()
    before = session.session_key
    enter(token, client)
    assert client.session.session_key != before


@pytest.mark.parametrize(("header", "language"), [("nl", "nl"), ("fr", "fr"), ("de", "fr")])
def test_the_short_address_follows_the_browser(token, learner, header, language):
    User.objects.update(interface_language="")
    response = Client().get(f"/i/{token}/", headers={"accept-language": header})
    assert response.url == invitation_url(token, language)


def test_the_short_address_follows_the_person_first(token, learner):
    User.objects.filter(pk=learner.pk).update(interface_language="nl")
    assert Client().get(f"/i/{token}/", headers={"accept-language": "fr"}).url == invitation_url(token, "nl")
    assert Client().get("/i/forged/", headers={"accept-language": "fr"}).url == invitation_url("forged")


def test_a_form_of_another_site_is_refused(token):
    client = Client(enforce_csrf_checks=True)
    assert enter(token, client).status_code == 403


def test_links_tried_at_random_are_stopped(token):
    with time_machine.travel("2026-11-23T12:00:00+00:00", tick=False):
        client = Client()
        answers = [client.get(invitation_url(f"forged-{number}")).status_code for number in range(301)]
        assert answers == [404] * 300 + [429]
        assert Client(REMOTE_ADDR="192.0.2.7").get(invitation_url("forged")).status_code == 404


def test_a_centre_behind_one_address_comes_in(learner, trainer, stranger, other_learner):
    for person in (learner, other_learner, stranger):
        assert enter(invite(person, trainer)).status_code == 302


def test_a_card_opens_the_first_entry_made_with_it_and_then_asks_for_the_pin(learner, trainer):
    invite(learner, trainer, by_card=True)
    card = card_of(learner)
    page = Client().get(card_url(card))
    assert "Bienvenue, Amina" in html(page).replace("\xa0", " ")
    client = Client()
    assert client.post(card_url(card), {**CHOSEN, **twice()}).status_code == 302
    assert is_signed_in(client, learner)
    assert "Amina" not in html(Client().get(card_url(card)))
    assert show_card(card).status_code == 302


def test_a_card_does_not_open_an_invitation_made_without_it(learner, trainer):
    invite(learner, trainer)
    assert "Amina" not in html(Client().get(card_url(card_of(learner))))


def test_of_two_at_once_one_enters(real_database, learner, trainer):
    token = invite(learner, trainer)
    answers = together(
        lambda: enter(token, **twice(PIN)).status_code,
        lambda: enter(token, **twice(OTHER_PIN)).status_code,
    )
    assert sorted(answers) == [302, 404]
    chosen = PIN if answers[0] == 302 else OTHER_PIN
    assert learner.pin.answer(chosen, timezone.now()) == Pin.Answer.RIGHT
    assert TrailEntry.objects.filter(action="entered").count() == 1


def test_of_two_uses_at_once_one_counts(real_database, learner, trainer):
    invite(learner, trainer)
    invitation, now = Invitation.objects.get(), timezone.now()
    assert sorted(together(lambda: invitation.use(now), lambda: invitation.use(now))) == [False, True]
