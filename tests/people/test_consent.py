"""What a person allows: nothing at first, taken back at any time."""

import pytest
from django.test import Client
from django.utils import timezone

from people.models import Consent
from tests.courses import steps
from tests.databases import together


def url(purpose="photo"):
    return steps.address("people:consent", purpose)


def data():
    return steps.address("people:data")


def test_nothing_is_allowed_at_first(browse_as, learner):
    consents = browse_as(learner).get(data()).context["consents"]
    assert [(purpose.value, consent) for purpose, consent in consents] == [("photo", None), ("voice", None)]


@pytest.mark.parametrize("purpose", Consent.Purpose.values)
def test_it_is_given_and_taken_back(browse_as, learner, purpose):
    client = browse_as(learner)
    for _time in range(2):
        assert client.post(url(purpose), {"answer": "yes"}).url == data()
    consent = Consent.objects.get()
    assert (consent.person, consent.purpose, consent.withdrawn_at) == (learner, purpose, None)
    for _time in range(2):
        client.post(url(purpose), {"answer": "no"})
    consent.refresh_from_db()
    assert consent.withdrawn_at
    client.post(url(purpose), {"answer": "yes"})
    assert Consent.objects.standing().count() == 1 and Consent.objects.count() == 2


@pytest.mark.parametrize("answer", ["", "maybe", "YES"])
def test_anything_but_yes_allows_nothing(browse_as, learner, answer):
    browse_as(learner).post(url(), {"answer": answer})
    assert not Consent.objects.exists()


def test_another_purpose_does_not_exist(browse_as, learner):
    assert browse_as(learner).post(url("nationality"), {"answer": "yes"}).status_code == 404


def test_get_writes_nothing_and_a_visitor_signs_in(browse_as, learner):
    assert browse_as(learner).get(url()).status_code == 405
    assert Client().post(url(), {"answer": "yes"}).url.startswith(steps.address("account_login"))
    assert not Consent.objects.exists()


def test_the_consent_of_another_stays(browse_as, learner, stranger):
    Consent.objects.give(learner, "photo", timezone.now())
    browse_as(stranger).post(url(), {"answer": "no"})
    assert Consent.objects.standing().get().person == learner


def test_twice_at_once_is_once(real_database, learner):
    now = timezone.now()
    together(*[lambda: Consent.objects.give(learner, "photo", now)] * 2)
    assert Consent.objects.count() == 1
