"""A trainer gives a new way in to somebody who lost their PIN."""

import re

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp_auth
from django.contrib.auth.models import Group
from django.core import mail
from django.test import Client
from django.utils import timezone

from people.models import Cohort, Invitation, Pin, TrailEntry, User
from people.roles import Role
from tests.courses import steps
from tests.people.doors import OTHER_PIN, PIN, card_of, give_pin, invitation_url, is_signed_in, show_card, twice

LINK = re.compile(r"http://127\.0\.0\.1:8000/i/([\w-]+)/")


def url(person, language="fr"):
    return steps.address("people:reset", person.code, language=language)


def reset(client, person):
    """The token of the link that the page shows."""
    return LINK.search(client.post(url(person)).content.decode())[1]


def choose(token, client=None, digits=OTHER_PIN, **more):
    return (client or Client()).post(invitation_url(token), {**twice(digits), **more})


@pytest.fixture
def pin(learner):
    return give_pin(learner)


@pytest.fixture
def member(learner, trainer):
    """One of the staff in the cohort of the trainer."""
    person = User.objects.create(username="member", organisation=trainer.organisation)
    person.groups.add(Group.objects.get(name=Role.EDITOR))
    Cohort.objects.get().members.add(person)
    return person


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_it_is_asked_first(browse_as, trainer, learner, language):
    response = browse_as(trainer).get(url(learner, language))
    assert response.status_code == 200
    assert "Amina Diallo" in response.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("who", ["trainer", "coordinator"])
def test_it_works(browse_as, request, learner, pin, who):
    staff = request.getfixturevalue(who)
    response = browse_as(staff).post(url(learner))
    html = response.content.decode()
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "<svg" in html and 'class="qr"' in html and LINK.search(html)
    invitation = Invitation.objects.get()
    assert (invitation.kind, invitation.person, invitation.author) == ("reset", learner, staff)
    entry = TrailEntry.objects.get()
    assert (entry.action, entry.author, entry.person) == ("reset", staff, learner)
    assert show_card(card_of(learner)).status_code == 302


def test_the_way_back_in(browse_as, trainer, learner, pin):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    before, password = browse_as(learner), learner.password
    client, token = Client(), reset(browse_as(trainer), learner)
    page = client.get(invitation_url(token)).content.decode()
    assert "Amina" in page and 'name="used_name"' not in page
    response = choose(token, client)
    assert response.url == steps.address("courses:path")
    assert is_signed_in(client, learner)
    assert "nouveau code PIN" in client.get(response.url).content.decode()
    person = User.objects.get(pk=learner.pk)
    assert (person.password, person.used_name) == (password, "Amina")
    assert before.get(steps.address("people:me")).status_code == 302
    assert show_card(card_of(learner), PIN).status_code == 422
    assert show_card(card_of(learner), OTHER_PIN).status_code == 302
    assert [entry.action for entry in TrailEntry.objects.all()] == ["entered", "reset"]


def test_it_is_told_by_e_mail_in_neutral_words(browse_as, trainer, learner, pin):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    choose(reset(browse_as(trainer), learner))
    (message,) = mail.outbox
    assert message.to == ["amina@example.org"]
    text = message.subject + message.body
    assert not [word for word in ("Amina", "Diallo", "réfugié", "Claire", OTHER_PIN) if word in text]


def test_it_opens_a_pin_that_was_locked(browse_as, trainer, learner, pin):
    Pin.objects.update(failures=20, failed_at=timezone.now())
    choose(reset(browse_as(trainer), learner))
    assert show_card(card_of(learner), OTHER_PIN).status_code == 302


def test_the_account_says_who_gave_it(browse_as, trainer, learner, pin):
    client = Client()
    choose(reset(browse_as(trainer), learner), client)
    assert "Claire Dubois vous a donné" in client.get(steps.address("people:me")).content.decode()


def test_it_works_once_and_for_a_quarter_of_an_hour(browse_as, trainer, learner):
    token = reset(browse_as(trainer), learner)
    with time_machine.travel(timezone.now() + timezone.timedelta(minutes=16)):
        assert choose(token).status_code == 404
    assert choose(token).status_code == 302
    assert choose(token).status_code == 404


def test_twice_is_harmless_the_last_one_opens(browse_as, trainer, learner):
    client = browse_as(trainer)
    first, second = reset(client, learner), reset(client, learner)
    assert choose(first).status_code == 404
    assert choose(second).status_code == 302


@pytest.mark.parametrize("digits", ["123456", "2580", ""])
def test_a_weak_pin_is_refused_and_the_link_stays_open(browse_as, trainer, learner, digits):
    token = reset(browse_as(trainer), learner)
    assert choose(token, digits=digits).status_code == 422
    assert choose(token).status_code == 302


def test_a_stranger_is_not_there(browse_as, trainer, coordinator, stranger):
    User.objects.filter(pk=stranger.pk).update(organisation=None)
    for staff in (trainer, coordinator):
        assert browse_as(staff).get(url(stranger)).status_code == 404
        assert browse_as(staff).post(url(stranger)).status_code == 404
    assert not Invitation.objects.exists()


def test_a_learner_may_not(browse_as, learner, other_learner):
    for person in (learner, other_learner):
        assert browse_as(learner).post(url(person)).status_code == 403
    assert Client().post(url(learner)).url.startswith(steps.address("account_login"))
    assert not Invitation.objects.exists()


def test_staff_are_let_in_again_by_the_coordination_only(browse_as, trainer, coordinator, member):
    assert browse_as(trainer).post(url(member)).status_code == 403
    assert browse_as(coordinator).post(url(member)).status_code == 200


def test_a_second_factor_stays(browse_as, coordinator, member):
    totp_auth.TOTP.activate(member, totp_auth.generate_totp_secret())
    client = Client()
    response = choose(reset(browse_as(coordinator), member), client)
    assert response.url.startswith(steps.address("mfa_authenticate"))
    assert not is_signed_in(client)
    assert "known" not in response.cookies
    assert Authenticator.objects.get().user == member


def test_nobody_resets_themselves_nor_an_administrator(browse_as, trainer, coordinator, member):
    User.objects.filter(pk=member.pk).update(is_superuser=True)
    for person in (coordinator, member):
        assert browse_as(coordinator).post(url(person)).status_code == 403


@pytest.mark.parametrize("change", [{"is_active": False}, {"code": "0d9a9b0c-8a53-4c4c-9b0a-0a2d5a0c4a11"}])
def test_somebody_who_is_not_there(browse_as, trainer, learner, change):
    address = url(learner)
    User.objects.filter(pk=learner.pk).update(**change)
    assert browse_as(trainer).post(address).status_code == 404


def test_the_group_and_the_roster_lead_there(browse_as, trainer, session, learner):
    client, slot = browse_as(trainer), session.half_days[0]
    for name, code in [("certification:cohort", session.edition.code), ("certification:roster", slot.code)]:
        assert f'href="{url(learner)}"' in client.get(steps.address(name, code)).content.decode()
