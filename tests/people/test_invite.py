"""Inviting one person, and the links that are shown once."""

from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.conf import settings
from django.utils import timezone

from people import inviting
from people.models import Invitation, TrailEntry, User
from people.names import prefix_of
from people.newcomers import Newcomer
from people.roles import Role
from tests.databases import together
from tests.people.roster import cohort_elsewhere, cohort_of_lille, tokens, url

VALUES = {"printed_name": "Zoë Şahin", "used_name": "Zoë", "agreement": "f", "interface_language": "nl", "email": ""}


@pytest.fixture
def lille(database):
    return cohort_of_lille()


def invited():
    return User.objects.get(printed_name="Zoë Şahin")


@pytest.mark.parametrize("person", ["trainer", "coordinator"])
def test_it_works(request, browse_as, lille, person):
    author = request.getfixturevalue(person)
    response = browse_as(author).post(url("invite", lille.code), VALUES)
    zoe = invited()
    assert response.status_code == 200
    assert (zoe.used_name, zoe.agreement, zoe.interface_language) == ("Zoë", "f", "nl")
    assert (zoe.organisation, zoe.has_usable_password(), zoe.is_active) == (lille.organisation, False, True)
    assert list(zoe.cohorts.all()) == [lille] and zoe.roles == {Role.AMBASSADOR}
    (token,) = tokens(response)
    invitation = Invitation.objects.opened_by(token, timezone.now())
    assert (invitation.person, invitation.author, invitation.kind) == (zoe, author, "first")
    entry = TrailEntry.objects.get()
    assert (entry.action, entry.author, entry.person, entry.subject) == ("invited", author, zoe, "Groupe de Lille")
    assert token not in str(vars(entry))


def test_the_message_is_in_the_language_of_the_person(browse_as, trainer, lille):
    html = browse_as(trainer).post(url("invite", lille.code), VALUES | {"phone": "0470 12 34 56"}).content.decode()
    (token,) = tokens(browse_as(trainer).post(url("invite_again", invited().code)))
    assert 'lang="nl"' in html and "https://wa.me/33470123456?text=" in html and "sms:+33470123456?&amp;body=" in html
    text = unquote(html.partition("?text=")[2].partition('"')[0])
    assert text.startswith("Dag Zoë") and f"{settings.PUBLIC_ORIGIN}/" in text and token not in text


def test_the_page_asks_nobody_else(browse_as, trainer, lille):
    response = browse_as(trainer).post(url("invite", lille.code), VALUES)
    html = response.content.decode()
    assert 'src="https' not in html and 'action="https' not in html
    assert "no-store" in response["Cache-Control"]


def test_a_name_is_harmless_in_the_message(browse_as, trainer, lille):
    name = "</textarea><script>alert(1)</script>\"'&"
    html = browse_as(trainer).post(url("invite", lille.code), VALUES | {"used_name": name}).content.decode()
    assert "<script>alert" not in html and "&lt;/textarea&gt;" in html


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"printed_name": ""}, "printed_name"),
        ({"printed_name": "=1+1"}, "printed_name"),
        ({"printed_name": "\u200b=1+1"}, "printed_name"),
        ({"printed_name": "https://example.org"}, "printed_name"),
        ({"printed_name": "Amina Diallo"}, "printed_name"),
        ({"email": "CLAIRE@example.org"}, "email"),
        ({"phone": "ring me"}, "phone"),
        ({"interface_language": "de"}, "interface_language"),
    ],
)
def test_what_is_refused(browse_as, trainer, lille, wrong, field):
    User.objects.filter(pk=trainer.pk).update(email="claire@example.org")
    before = User.objects.count()
    response = browse_as(trainer).post(url("invite", lille.code), VALUES | wrong)
    assert response.status_code == 422 and field in response.context["form"].errors
    assert 'value="Zoë"' in response.content.decode()
    assert User.objects.count() == before and not Invitation.objects.exists()


def test_twice_is_one_person(browse_as, trainer, lille):
    client = browse_as(trainer)
    assert [client.post(url("invite", lille.code), VALUES).status_code for _time in range(2)] == [200, 422]
    assert invited().invitations.count() == 1


def test_twice_at_once_is_one_person(real_database, browse_as, trainer):
    address, clients = url("invite", cohort_of_lille().code), [browse_as(trainer) for _time in range(3)]
    answers = together(*[lambda client=client: client.post(address, VALUES).status_code for client in clients])
    assert sorted(answers)[0] == 200 and set(answers) <= {200, 302, 422}
    assert invited().invitations.count() == 1


@pytest.mark.parametrize("name", ["invite", "import", "links"])
def test_whose_group_it_is(browse_as, client, trainer, coordinator, learner, stranger, lille, name):
    elsewhere = cohort_elsewhere()
    for person, code, status in (
        (trainer, lille.code, 200),
        (coordinator, lille.code, 200),
        (trainer, elsewhere.code, 404),
        (coordinator, elsewhere.code, 404),
        (trainer, uuid4(), 404),
        (learner, lille.code, 403),
        (stranger, lille.code, 403),
    ):
        assert browse_as(person).get(url(name, code)).status_code == status
        if status != 200:
            assert browse_as(person).post(url(name, code), VALUES).status_code == status
    assert client.post(url(name, lille.code), VALUES).status_code == 302
    assert not Invitation.objects.exists()


# A new link


def test_a_new_link_takes_the_place_of_the_old(browse_as, trainer, learner):
    client = browse_as(trainer)
    (first,), (second,) = (tokens(client.post(url("invite_again", learner.code))) for _time in range(2))
    assert Invitation.objects.opened_by(first, timezone.now()) is None
    assert Invitation.objects.opened_by(second, timezone.now()).person == learner
    assert learner.trail.filter(action="invited").count() == 2


def test_who_came_in_receives_no_new_link(browse_as, trainer, learner):
    User.objects.filter(pk=learner.pk).update(last_login=timezone.now())
    assert browse_as(trainer).post(url("invite_again", learner.code)).url == url("person", learner.code)
    assert not Invitation.objects.exists()


def test_new_links_for_a_group(browse_as, trainer, learner, other_learner, lille):
    User.objects.filter(pk=other_learner.pk).update(last_login=timezone.now())
    client = browse_as(trainer)
    assert [
        str(choice[1]) for choice in client.get(url("links", lille.code)).context["form"]["people"].field.choices
    ] == ["Amina Diallo"]
    assert len(tokens(client.post(url("links", lille.code), {"people": [learner.code]}))) == 1
    for wrong in ({}, {"people": [other_learner.code]}, {"people": ["x"]}, {"people": [uuid4()]}):
        assert client.post(url("links", lille.code), wrong).status_code == 422
    assert Invitation.objects.count() == 1


# Limits and user names


def test_a_limit_on_invitations(browse_as, trainer, lille, learner, monkeypatch):
    monkeypatch.setattr(inviting, "INVITATIONS", {"limit": 2, "seconds": 3600})
    client = browse_as(trainer)
    for _time in range(2):
        assert client.post(url("invite_again", learner.code)).status_code == 200
    response = client.post(url("invite", lille.code), VALUES)
    assert response.status_code == 429 and 'value="Zoë"' in response.content.decode()
    assert client.post(url("invite_again", learner.code)).status_code == 429
    assert client.post(url("links", lille.code), {"people": [learner.code]}).status_code == 429
    assert not User.objects.filter(printed_name="Zoë Şahin").exists()


@pytest.mark.parametrize(
    ("name", "prefix"),
    [("Zoë", "zoe"), ("Jean-Bosco N.", "jeanbosc"), ("أمينة", "personne"), ("Ø", "personne"), ("Şükrü", "sukru")],
)
def test_what_a_user_name_begins_with(name, prefix):
    assert prefix_of(name) == prefix


def test_user_names_never_collide(lille, monkeypatch):
    numbers = iter([7, 7, 7, 8, 8, 9])
    monkeypatch.setattr(inviting.secrets, "randbelow", lambda limit: next(numbers))
    people = [inviting.make_person(Newcomer(f"Zoë {at}"), lille.organisation) for at in range(3)]
    assert [person.username for person in people] == ["zoe007", "zoe008", "zoe009"]


def test_many_of_one_name(lille, trainer):
    newcomers = [Newcomer(f"Amina {'abcdefghij'[at // 10]}{'abcdefghij'[at % 10]}", "Amina") for at in range(60)]
    invited = inviting.let_in(lille, newcomers, trainer, timezone.now())
    assert len({one.person.username for one in invited}) == len({one.token for one in invited}) == 60
