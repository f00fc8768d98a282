"""Refusing an erasure: with a reason, which the person reads; and what is written to somebody who has an address."""

from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from people.models import Country, ErasureRequest, Organisation, User
from tests.courses import steps


@pytest.fixture
def asked(learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org", interface_language="nl")
    return ErasureRequest.objects.ask(learner, timezone.now())


def url(asked, name="people:refuse_erasure"):
    return steps.address(name, asked.code)


def test_it_works_and_the_person_reads_why(browse_as, coordinator, learner, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        response = browse_as(coordinator).post(url(asked), {"reason": "dispute"})
    assert response.url == steps.address("people:erasures")
    asked.refresh_from_db()
    assert (asked.outcome, asked.reason, asked.decided_by) == ("refused", "dispute", coordinator)
    assert User.objects.get(pk=learner.pk).is_active
    html = browse_as(learner).get(steps.address("people:data")).content.decode()
    assert "geschil" in html
    assert steps.address("people:ask_erasure") in html
    [letter] = mail.outbox
    assert letter.to == ["amina@example.org"]
    assert letter.subject == "Een bericht over uw account"
    assert "geschil" in letter.body and "Amina" not in letter.subject


def test_the_person_is_told_when_it_is_done(browse_as, coordinator, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        browse_as(coordinator).post(url(asked, "people:erasure"))
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["amina@example.org"], "Een bericht over uw account")
    assert "Amina" not in letter.body


def test_nothing_is_written_to_somebody_without_an_address(
    browse_as, coordinator, asked, learner, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=learner.pk).update(email="")
    with django_capture_on_commit_callbacks(execute=True):
        browse_as(coordinator).post(url(asked), {"reason": "law"})
    assert mail.outbox == []


@pytest.mark.parametrize("reason", ["", "because"])
def test_it_needs_a_reason(browse_as, coordinator, asked, reason):
    response = browse_as(coordinator).post(url(asked), {"reason": reason})
    assert response.status_code == 422
    assert "reason" in response.context["form"].errors
    assert ErasureRequest.objects.open().exists()


def test_twice_and_after_the_erasure(browse_as, coordinator, asked):
    client = browse_as(coordinator)
    client.post(url(asked), {"reason": "law"})
    assert client.post(url(asked), {"reason": "dispute"}).status_code == 404
    assert client.post(url(asked, "people:erasure")).status_code == 404
    asked.refresh_from_db()
    assert asked.reason == "law"


def test_of_two_answers_at_once_one_counts(coordinator, asked):
    assert asked.refuse("law", coordinator, timezone.now())
    assert not asked.refuse("dispute", coordinator, timezone.now())


@pytest.mark.parametrize("person", ["learner", "trainer", "stranger"])
def test_who_may_not_refuse(request, browse_as, asked, person):
    assert browse_as(request.getfixturevalue(person)).post(url(asked), {"reason": "law"}).status_code == 403
    assert ErasureRequest.objects.open().exists()


def test_a_coordinator_of_elsewhere_a_visitor_and_a_missing_request(browse_as, coordinator, asked):
    client = browse_as(coordinator)
    assert client.get(url(asked)).status_code == 405
    assert client.post(steps.address("people:refuse_erasure", uuid4()), {"reason": "law"}).status_code == 404
    assert Client().post(url(asked), {"reason": "law"}).url.startswith(steps.address("account_login"))
    coordinator.organisation = Organisation.objects.create(name="Ander huis", country=Country.BELGIUM)
    coordinator.save()
    assert browse_as(coordinator).post(url(asked), {"reason": "law"}).status_code == 404
