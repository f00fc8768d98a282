"""The list of people, and the page of one of them."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from courses.models import Enrolment
from lms.content.access import load_access
from people.models import Card, Cohort, Invitation, Organisation, TrailEntry, User
from people.roles import Role
from tests.databases import together
from tests.people.roster import cohort_elsewhere, cohort_of_lille, learners, person_with, tokens, url

NOW = timezone.now


def names(response):
    return [str(person) for person in response.context["page"]]


def test_a_trainer_sees_the_people_of_their_cohorts(browse_as, trainer):
    elsewhere = cohort_elsewhere()
    person_with(Role.AMBASSADOR, elsewhere.organisation, username="gent", printed_name="An Peeters")
    response = browse_as(trainer).get(url("index"))
    assert names(response) == ["Amina Diallo", "Claire Dubois", "Tesfay Gebremedhin"]
    assert url("person", User.objects.get(username="learner").code) in response.content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"q": "amina"}, ["Amina Diallo"]),
        ({"q": "dial AMI"}, ["Amina Diallo"]),
        ({"q": "other_lear"}, ["Tesfay Gebremedhin"]),
        ({"q": "nobody"}, []),
        ({"never": "on"}, ["Amina Diallo", "Tesfay Gebremedhin"]),
        ({"page": "99"}, ["Amina Diallo", "Tesfay Gebremedhin"]),
        ({"page": "x"}, ["Amina Diallo", "Tesfay Gebremedhin"]),
    ],
)
def test_finding_somebody(browse_as, trainer, asked, expected):
    response = browse_as(trainer).get(url("index"), {"cohort": cohort_of_lille().code, **asked})
    assert response.status_code == 200 and names(response) == expected


def test_only_the_cohorts_that_one_sees_are_a_filter(browse_as, trainer):
    elsewhere = cohort_elsewhere()
    client = browse_as(trainer)
    assert "Groep Gent" not in client.get(url("index")).content.decode()
    for code in (elsewhere.code, uuid4(), "x"):
        response = client.get(url("index"), {"cohort": code})
        assert (response.status_code, names(response)) == (422, [])


def test_a_row_says_where_somebody_stands(browse_as, trainer, learner, other_learner):
    Invitation.objects.invite(learner, trainer, NOW())
    User.objects.filter(pk=other_learner.pk).update(last_login=NOW())
    html = browse_as(trainer).get(url("index")).content.decode()
    assert (html.count("chip--info"), html.count("chip--ok")) == (1, 2)
    Invitation.objects.update(expires_at=NOW())
    assert "chip--warn" in browse_as(trainer).get(url("index")).content.decode()


def test_the_list_is_paged_in_constant_queries(browse_as, trainer, django_assert_max_num_queries):
    cohort, client = cohort_of_lille(), browse_as(trainer)
    for address in (url("index"), url("cohort", cohort.code)):
        client.get(address)
        with django_assert_max_num_queries(16) as few:
            client.get(address)
        learners(120, cohort, start=User.objects.count())
        with django_assert_max_num_queries(len(few)):
            response = client.get(address)
        assert len(response.context["page"]) == 50
    assert "page=2" in response.content.decode()


@pytest.mark.parametrize("name", ["index", "cohorts"])
@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("trainer", 200), ("coordinator", 200)])
def test_who_sees_the_lists(request, browse_as, name, person, status):
    assert browse_as(request.getfixturevalue(person)).get(url(name)).status_code == status


def test_a_visitor_signs_in_first(client, learner):
    for address in (url("index"), url("person", learner.code), url("cohort", cohort_of_lille().code)):
        assert client.get(address).status_code == 302


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_page_of_a_person(browse_as, trainer, learner, language):
    Card.objects.of(learner, NOW())
    html = browse_as(trainer).get(url("person", learner.code, language=language)).content.decode()
    assert "Amina Diallo" in html and "Groupe de Lille" in html
    assert url("cancel_card", learner.code, language=language) in html


@pytest.mark.parametrize(
    ("name", "writes"),
    [("person", False), ("edit", True), ("invite_again", True), ("cancel_card", True), ("join", True)],
)
def test_whose_page_it_is(browse_as, trainer, learner, stranger, name, writes):
    method = "post" if writes else "get"
    for person, code, status in (
        (trainer, stranger.code, 404),
        (trainer, uuid4(), 404),
        (learner, learner.code, 403),
        (stranger, learner.code, 403),
    ):
        assert getattr(browse_as(person), method)(url(name, code)).status_code == status
    assert not TrailEntry.objects.exists()


def test_somebody_erased_has_no_page(browse_as, trainer, learner):
    learner.forget(NOW())
    assert browse_as(trainer).get(url("person", learner.code)).status_code == 404
    assert str(learner) not in browse_as(trainer).get(url("index")).content.decode()


# Correcting

VALUES = {"printed_name": "Amina Diallo", "used_name": "Amina", "agreement": "f", "interface_language": "", "email": ""}


def test_correcting_a_person(browse_as, trainer, learner):
    new = VALUES | {"printed_name": " Aminata  DIALLO ", "interface_language": "nl"}
    for _time in range(2):
        assert browse_as(trainer).post(url("edit", learner.code), new).url == url("person", learner.code)
    learner.refresh_from_db()
    assert (learner.printed_name, learner.interface_language, learner.used_name) == ("Aminata DIALLO", "nl", "Amina")
    entry = TrailEntry.objects.get()
    assert (entry.action, entry.author, entry.person) == ("changed", trainer, learner)
    assert set(entry.changes) == {("printed_name", "Amina Diallo", "Aminata DIALLO"), ("interface_language", "", "nl")}


def test_an_old_address_opens_nothing_any_more_and_is_told(
    browse_as, trainer, learner, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=learner.pk).update(email="old@example.org")
    EmailAddress.objects.create(user=learner, email="old@example.org", verified=True)
    with django_capture_on_commit_callbacks(execute=True):
        browse_as(trainer).post(url("edit", learner.code), VALUES | {"email": "new@example.org"})
    assert not EmailAddress.objects.exists()
    (told,) = mail.outbox
    assert told.to == ["old@example.org"] and "Amina" not in told.body


@pytest.mark.parametrize(
    "wrong",
    [
        {"printed_name": ""},
        {"printed_name": "=HYPERLINK(1)"},
        {"used_name": "@amina"},
        {"printed_name": "123"},
        {"printed_name": "A" * 151},
        {"email": "x"},
        {"email": "claire@example.org"},
        {"agreement": "x"},
        {"interface_language": "xx"},
    ],
)
def test_a_wrong_correction_keeps_what_was_typed(browse_as, trainer, learner, wrong):
    User.objects.filter(pk=trainer.pk).update(email="Claire@example.org")
    typed = VALUES | {"used_name": "Ami"} | wrong
    response = browse_as(trainer).post(url("edit", learner.code), typed)
    assert response.status_code == 422
    assert f'value="{typed["used_name"]}"' in response.content.decode()
    learner.refresh_from_db()
    assert learner.used_name == "Amina" and not TrailEntry.objects.exists()


# The team

ACTIONS = ["edit", "invite_again", "cancel_card", "join"]


@pytest.mark.parametrize("name", ACTIONS)
def test_a_trainer_does_not_touch_the_team(browse_as, trainer, name):
    other = person_with(Role.TRAINER, trainer.organisation, username="other", printed_name="Bram")
    cohort_of_lille().trainers.add(other)
    client = browse_as(trainer)
    assert client.get(url("person", other.code)).status_code == 200
    assert client.post(url(name, other.code), VALUES).status_code == 403
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.EDITOR, Role.AUDITOR])
def test_a_coordinator_opens_no_account_above_theirs(browse_as, coordinator, name, role):
    above = person_with(
        role, coordinator.organisation, username="above", is_superuser=role == Role.ADMINISTRATOR, printed_name="Samir"
    )
    assert browse_as(coordinator).post(url(name, above.code), VALUES).status_code == 403
    assert not Invitation.objects.exists()


def test_a_coordinator_looks_after_the_team_of_the_same_organisation(browse_as, coordinator, trainer):
    assert tokens(browse_as(coordinator).post(url("invite_again", trainer.code)))
    Cohort.objects.update(organisation=coordinator.organisation)
    User.objects.filter(pk=trainer.pk).update(organisation=cohort_elsewhere().organisation)
    assert browse_as(coordinator).post(url("invite_again", trainer.code)).status_code == 403


def test_a_lead_partner_looks_after_every_team(browse_as, coordinator):
    Organisation.objects.filter(pk=coordinator.organisation_id).update(leads=True)
    bram = person_with(Role.TRAINER, cohort_elsewhere().organisation, username="bram", printed_name="Bram")
    assert tokens(browse_as(coordinator).post(url("invite_again", bram.code)))


# Cards and groups


def test_cancelling_a_card(browse_as, trainer, learner):
    Card.objects.of(learner, NOW())
    client = browse_as(trainer)
    assert client.get(url("cancel_card", learner.code)).status_code == 200
    assert Card.objects.standing().exists()
    for _time in range(2):
        assert client.post(url("cancel_card", learner.code)).status_code == 302
    assert not Card.objects.standing().exists()
    assert [entry.action for entry in TrailEntry.objects.all()] == ["card_revoked"]


def test_joining_and_leaving_a_group(browse_as, coordinator, learner, edition):
    second = Cohort.objects.create(name="Groupe du soir", organisation=coordinator.organisation)
    client = browse_as(coordinator)
    for _time in range(2):
        assert client.post(url("join", learner.code), {"cohort": second.code}).status_code == 302
    assert set(learner.cohorts.all()) == {second, edition.cohort}
    assert client.get(url("leave", learner.code, edition.cohort.code)).status_code == 200
    assert client.post(url("leave", learner.code, edition.cohort.code)).status_code == 302
    assert client.post(url("leave", learner.code, edition.cohort.code)).status_code == 404
    assert list(learner.cohorts.all()) == [second]
    assert Enrolment.objects.filter(learner=learner, edition=edition).exists()
    assert [(entry.before, entry.after) for entry in TrailEntry.objects.order_by("pk")] == [
        ({}, {"cohort": "Groupe du soir"}),
        ({"cohort": "Groupe de Lille"}, {}),
    ]


def test_only_the_groups_that_one_sees(browse_as, trainer, learner):
    elsewhere, client = cohort_elsewhere(), browse_as(trainer)
    learner.cohorts.add(elsewhere)
    assert "Groep Gent" not in client.get(url("person", learner.code)).content.decode()
    for code, status in ((elsewhere.code, 404), (uuid4(), 404), ("x", 404), ("", 302)):
        assert client.post(url("join", learner.code), {"cohort": code}).status_code == status
    assert client.post(url("leave", learner.code, elsewhere.code)).status_code == 404
    assert learner.cohorts.count() == 2


def test_a_read_never_writes(browse_as, trainer, learner):
    client = browse_as(trainer)
    assert client.get(url("invite_again", learner.code)).status_code == 405
    assert client.get(url("join", learner.code)).status_code == 405
    assert client.get(url("leave", learner.code, cohort_of_lille().code)).status_code == 200
    assert learner.cohorts.exists() and not TrailEntry.objects.exists()


def test_two_corrections_at_once_are_two_entries(real_database, browse_as, trainer, learner):
    clients = [browse_as(trainer), browse_as(trainer)]
    answers = together(
        *[
            lambda client=client, name=name: (
                client.post(url("edit", learner.code), VALUES | {"used_name": name}).status_code
            )
            for client, name in zip(clients, ["Ami", "Mina"], strict=True)
        ]
    )
    assert answers == [302, 302]
    first, second = TrailEntry.objects.order_by("pk")
    (one,), (other,) = first.changes, second.changes
    assert one[2] == other[1] and {one[2], other[2]} == {"Ami", "Mina"}


def test_the_menu_of_the_admin(browse_as, trainer):
    load_access()
    assert url("index") in browse_as(trainer).get("/admin/").content.decode()
