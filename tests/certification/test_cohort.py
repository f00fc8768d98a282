from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.issuing import issue
from certification.models import Certificate, CertificateEvent
from tests.certification.facts import make_ready
from tests.databases import together


@pytest.fixture
def ready(session, trainer):
    make_ready(session, trainer)
    return session.edition


@pytest.fixture
def certificate(ready, learner):
    return issue(learner, ready, learner, timezone.now())


def url(name, *args):
    return reverse(f"certification:{name}", args=args)


def test_the_list_of_groups(browse_as, trainer, edition):
    content = browse_as(trainer).get(url("cohorts")).content.decode()
    assert url("cohort", edition.code) in content


def test_a_trainer_sees_only_their_own_groups(browse_as, trainer, edition):
    edition.cohort.trainers.clear()
    assert url("cohort", edition.code) not in browse_as(trainer).get(url("cohorts")).content.decode()


@pytest.mark.parametrize("name", ["cohorts", "sessions"])
def test_the_lists_are_for_staff(browse_as, client, learner, trainer, coordinator, session, name):
    assert browse_as(learner).get(url(name)).status_code == 403
    assert client.get(url(name)).status_code == 302
    for person in (trainer, coordinator):
        assert browse_as(person).get(url(name)).status_code == 200


def test_a_group_says_what_is_missing(browse_as, trainer, edition):
    rows = browse_as(trainer).get(url("cohort", edition.code)).context["rows"]
    assert [str(row.learner) for row in rows] == ["Amina Diallo", "Tesfay Gebremedhin"]
    assert all(len(row.missing) == 2 and not row.ready for row in rows)


def test_a_group_that_has_not_started(browse_as, trainer, edition):
    type(edition).objects.update(requirements=None, started_at=None)
    assert browse_as(trainer).get(url("cohort", edition.code)).status_code == 200


@pytest.mark.parametrize(
    ("person", "status"), [("trainer", 200), ("coordinator", 200), ("learner", 403), ("stranger", 404)]
)
def test_who_may_see_a_group(request, browse_as, edition, person, status):
    assert browse_as(request.getfixturevalue(person)).get(url("cohort", edition.code)).status_code == status


def test_a_group_takes_as_many_queries_for_more_people(
    browse_as,
    trainer,
    stranger,
    coordinator,
    ready,
    certificate,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    client, address = browse_as(trainer), url("cohort", ready.code)
    client.get(address)
    with django_assert_max_num_queries(20) as few:
        client.get(address)
    for person in (stranger, coordinator):
        ready.enrolments.create(learner=person)
    with django_assert_num_queries(len(few)):
        client.get(address)


@pytest.mark.parametrize("person", ["trainer", "coordinator"])
def test_issuing_for_a_learner(request, browse_as, learner, ready, person):
    by = request.getfixturevalue(person)
    for _time in range(2):
        assert browse_as(by).post(url("issue_for", ready.code, learner.code)).status_code == 302
    certificate = Certificate.objects.get()
    assert (certificate.learner, certificate.issued_by) == (learner, by)
    assert certificate.number in browse_as(by).get(url("cohort", ready.code)).content.decode()


def test_issuing_too_early_names_what_is_missing(browse_as, trainer, learner, edition):
    response = browse_as(trainer).post(url("issue_for", edition.code, learner.code), follow=True)
    assert "Amina Diallo" in str(next(iter(response.context["messages"])))
    assert not Certificate.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404)])
def test_who_may_not_issue(request, browse_as, learner, ready, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert client.post(url("issue_for", ready.code, learner.code)).status_code == status
    assert client.post(url("issue_ready", ready.code)).status_code == status
    assert not Certificate.objects.exists()


def test_issuing_to_someone_who_is_not_enrolled(browse_as, trainer, stranger, ready):
    assert browse_as(trainer).post(url("issue_for", ready.code, stranger.code)).status_code == 404
    assert browse_as(trainer).post(url("issue_for", uuid4(), stranger.code)).status_code == 404
    assert browse_as(trainer).get(url("issue_for", ready.code, stranger.code)).status_code == 405
    assert browse_as(trainer).get(url("issue_ready", ready.code)).status_code == 405


def test_revoking(browse_as, coordinator, certificate):
    client = browse_as(coordinator)
    assert client.get(url("revoke", certificate.code)).status_code == 200
    assert not CertificateEvent.objects.exists()
    assert client.post(url("revoke", certificate.code), {"reason": "error"}).status_code == 302
    assert client.post(url("revoke", certificate.code), {"reason": "request"}).status_code == 302
    assert CertificateEvent.objects.get().reason == "error"


@pytest.mark.parametrize("reason", ["", "because"])
def test_revoking_needs_a_reason(browse_as, coordinator, certificate, reason):
    assert browse_as(coordinator).post(url("revoke", certificate.code), {"reason": reason}).status_code == 422
    assert not CertificateEvent.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("trainer", 403), ("learner", 403), ("stranger", 404)])
def test_who_may_not_revoke(request, browse_as, certificate, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert client.post(url("revoke", certificate.code), {"reason": "error"}).status_code == status
    assert not CertificateEvent.objects.exists()


def test_revoking_a_missing_certificate(browse_as, coordinator):
    assert browse_as(coordinator).post(url("revoke", "X"), {"reason": "error"}).status_code == 404


def test_revoking_twice_at_once_is_one_event(real_database, coordinator, trainer, learner, session):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    together(
        *[
            lambda reason=reason: certificate.revoke(reason, coordinator, timezone.now())
            for reason in ("error", "request")
        ]
    )
    assert CertificateEvent.objects.count() == 1
