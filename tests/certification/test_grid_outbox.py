"""Where a phone sends the grids that it kept: each is recorded once, by its author alone."""

from uuid import uuid4

import pytest

from certification.models import Assessment
from tests.certification.test_practice import assessor, assignment, filled, url, version  # noqa: F401


def send(client, asked, *entries):
    body = {"entries": [{**entry, "uuid": str(entry["uuid"])} for entry in entries]}
    return client.post(url("grid_outbox", asked.code), body, content_type="application/json")


def entry(author, **more):
    return {**filled(), "block": "B1", "author": str(author.code), **more}


def verdicts(response):
    return [one["verdict"] for one in response.json()["verdicts"]]


def test_it_works_and_twice_is_once(browse_as, assessor, assignment):  # noqa: F811
    client, sent = browse_as(assessor), entry(assessor)
    asked = client.get(url("grid_outbox", assignment.code)).json()
    assert asked["author"] == str(assessor.code) and asked["token"]
    assert verdicts(send(client, assignment, sent)) == ["recorded"]
    assert verdicts(send(client, assignment, sent, entry(assessor))) == ["known", "recorded"]
    assert verdicts(send(client, assignment, {**sent, "remark": "Autre"})) == ["conflict"]
    assert Assessment.objects.count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"block": "B9"},
        {"moment": ""},
        {"observed_on": "2999-01-01"},
        {"observed_on": "0001-01-01"},
        {"version": "2"},
        {"mark-B1.C1.K1": "7"},
    ],
)
def test_what_cannot_be_recorded_says_why(browse_as, assessor, assignment, wrong):  # noqa: F811
    (answer,) = send(browse_as(assessor), assignment, entry(assessor, **wrong)).json()["verdicts"]
    assert answer["verdict"] == "refused" and answer["sentence"]
    assert not Assessment.objects.exists()


def test_what_somebody_else_wrote_waits_for_them(browse_as, assessor, assignment, learner):  # noqa: F811
    assert verdicts(send(browse_as(assessor), assignment, entry(learner))) == ["not_yours"]
    assert not Assessment.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("coordinator", 403), ("stranger", 404)])
def test_only_who_is_asked_sends(request, browse_as, assignment, person, status):  # noqa: F811
    person = request.getfixturevalue(person)
    assert send(browse_as(person), assignment, entry(person, uuid=uuid4())).status_code == status


def test_half_a_letter_stops_no_other_grid(browse_as, assessor, assignment):  # noqa: F811
    client, sent = browse_as(assessor), [entry(assessor, remark="\ud800 et la suite"), entry(assessor)]
    assert verdicts(send(client, assignment, *sent)) == ["recorded", "recorded"]
    assert sorted(one.detail.remark for one in Assessment.objects.all()) == ["", " et la suite"[1:]]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"entries": 1}'])
def test_what_is_no_outbox_is_refused(browse_as, assessor, assignment, body):  # noqa: F811
    address = url("grid_outbox", assignment.code)
    assert browse_as(assessor).post(address, body, content_type="application/json").status_code == 422


def test_a_shared_phone_keeps_no_page(browse_as, assessor, assignment):  # noqa: F811
    client = browse_as(assessor)
    assert "X-Kept-As" in client.get(url("practised", assignment.code))
    assert "X-Kept-As" in client.get(url("grid", assignment.code, "B1"))
    session = client.session
    session["shared_phone"] = 9_999_999_999
    session.save()
    assert "X-Kept-As" not in client.get(url("practised", assignment.code))
    html = client.get(url("grid", assignment.code, "B1")).content.decode()
    assert "data-grids" not in html and "data-draft=" not in html
