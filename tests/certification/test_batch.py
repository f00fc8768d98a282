"""Certificates of a whole group: begun once, one transaction a person, watched, taken up."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from certification import batching, due, issuing
from certification.batching import carry_on
from certification.models import Batch, Certificate, Counter
from certification.models.batches import LOST
from courses.models import Edition
from people.models import TrailEntry, User
from tests.certification.facts import finish_modules, make_ready
from tests.databases import together


@pytest.fixture
def ready(session, trainer):
    make_ready(session, trainer)
    return session.edition


def url(name, *args):
    return reverse(f"certification:{name}", args=args)


def begun(edition, by):
    return Batch.objects.begin(edition, by, timezone.now())


def test_everyone_who_is_ready_gets_one(browse_as, trainer, ready, django_capture_on_commit_callbacks):
    client = browse_as(trainer)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url("issue_ready", ready.code))
    batch = Batch.objects.with_progress().get()
    assert response.url == url("batch", batch.code)
    assert (batch.done, batch.left, batch.refused) == (2, 0, 0) and batch.finished_at
    assert Certificate.objects.filter(file__isnull=False).count() == 2
    assert TrailEntry.objects.filter(action="issued", author=trainer).count() == 2
    assert client.get(response.url).status_code == 200


def test_asked_twice_it_is_one_batch(browse_as, trainer, coordinator, ready):
    codes = {browse_as(person).post(url("issue_ready", ready.code)).url for person in (trainer, coordinator)}
    assert codes == {url("batch", Batch.objects.get().code)}
    content = browse_as(trainer).get(url("cohort", ready.code)).content.decode()
    assert codes.pop() in content and f'{url("issue_ready", ready.code)}"' not in content


def test_the_database_keeps_one_that_runs(ready, trainer):
    begun(ready, trainer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.create(edition=ready, author=trainer, begun_at=timezone.now())


def test_who_is_refused_reads_why_and_the_others_are_served(browse_as, trainer, learner, stranger, ready):
    ready.enrolments.create(learner=stranger)
    User.objects.filter(pk=learner.pk).update(printed_name="Amina \N{GRINNING FACE}")
    batch = begun(ready, trainer)
    carry_on.call(batch.pk)
    told = Batch.objects.with_progress().get()
    assert (told.done, told.left, told.refused) == (1, 0, 2)
    content = browse_as(trainer).get(url("batch", batch.code)).content.decode()
    assert "\N{GRINNING FACE}" in content and "modules à finir" in content.replace("\xa0", " ")
    assert Counter.objects.get().last == 1


def test_the_next_batch_is_for_those_who_had_none(trainer, learner, stranger, ready):
    ready.enrolments.create(learner=stranger)
    carry_on.call(begun(ready, trainer).pk)
    again = begun(ready, trainer)
    assert [item.learner for item in again.items.all()] == [stranger]


def test_one_that_fails_does_not_hold_the_others(trainer, learner, ready, monkeypatch, caplog):
    write = issuing.write

    def fail(certificate, facts, scheme):
        write(certificate, facts, scheme)
        if certificate.learner == learner:
            raise RuntimeError("bad luck")

    monkeypatch.setattr(issuing, "write", fail)
    carry_on.call(begun(ready, trainer).pk)
    assert [item.refusal for item in Batch.objects.get().items.refused()] == [{"code": "failed"}]
    assert [certificate.number[-4:] for certificate in Certificate.objects.all()] == ["0001"]
    assert "bad luck" in caplog.text


def test_after_some_people_other_jobs_have_their_turn(trainer, ready, monkeypatch):
    monkeypatch.setattr(batching, "AT_ONCE", 1)
    batch = begun(ready, trainer)
    batching.issue_some(batch)
    assert Certificate.objects.count() == 1
    carry_on.call(batch.pk)
    assert Certificate.objects.count() == 2 and Batch.objects.get().finished_at


def test_one_that_stopped_is_taken_up_by_itself_or_on_request(browse_as, trainer, ready):
    batch, client = begun(ready, trainer), browse_as(trainer)
    due.late_batches(timezone.now())
    assert not Certificate.objects.exists()
    Batch.objects.update(begun_at=timezone.now() - LOST)
    assert url("resume_batch", batch.code) in client.get(url("batch", batch.code)).content.decode()
    due.late_batches(timezone.now())
    assert Certificate.objects.count() == 2
    for _time in range(2):
        assert client.post(url("resume_batch", batch.code)).url == url("batch", batch.code)
    assert Certificate.objects.count() == 2


def test_what_waits_for_a_worker_is_not_lost(trainer, ready):
    batch = begun(ready, trainer)
    Batch.objects.update(begun_at=timezone.now() - LOST)
    waits = {"task_path": carry_on.module_path, "backend_name": "background", "run_after": timezone.now()}
    DBTaskResult.objects.create(args_kwargs={"args": [batch.pk], "kwargs": {}}, **waits)
    due.late_batches(timezone.now())
    assert not Certificate.objects.exists()


def test_a_file_whose_job_was_lost_is_made(trainer, ready):
    carry_on.call(begun(ready, trainer).pk)
    due.late_files(timezone.now())
    assert Certificate.objects.filter(file=None).count() == 2
    due.late_files(timezone.now() + timedelta(minutes=11))
    assert not Certificate.objects.filter(file=None).exists()


def test_before_the_training_starts_it_is_refused(browse_as, coordinator, edition):
    Edition.objects.update(requirements=None, started_at=None)
    assert browse_as(coordinator).post(url("issue_ready", edition.code)).url == url("cohort", edition.code)
    assert not Batch.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404)])
def test_who_may_not(request, browse_as, ready, trainer, person, status):
    batch, client = begun(ready, trainer), browse_as(request.getfixturevalue(person))
    assert client.get(url("batch", batch.code)).status_code == status
    assert client.post(url("resume_batch", batch.code)).status_code == status
    assert not Certificate.objects.exists()


def test_a_missing_batch_and_a_get(browse_as, client, trainer, ready):
    batch, signed_in = begun(ready, trainer), browse_as(trainer)
    assert signed_in.get(url("batch", uuid4())).status_code == 404
    assert signed_in.post(url("resume_batch", uuid4())).status_code == 404
    assert signed_in.get(url("resume_batch", batch.code)).status_code == 405
    assert client.get(url("batch", batch.code)).status_code == 302


def test_as_many_queries_for_more_people(browse_as, trainer, ready, django_assert_num_queries):
    batch, client = begun(ready, trainer), browse_as(trainer)
    for item in batch.items.all():
        item.settle(timezone.now(), {"code": "failed"})
    address = url("batch", batch.code)
    client.get(address)
    with django_assert_num_queries(9):
        client.get(address)
    for number in range(5):
        batch.items.create(
            learner=User.objects.create(username=f"p{number}"), settled_at=timezone.now(), refusal={"code": "failed"}
        )
    with django_assert_num_queries(9):
        client.get(address)


def enrol(edition, count):
    for number in range(count):
        person = User.objects.create(username=f"person-{number}", printed_name=f"Awa {number}")
        edition.enrolments.create(learner=person)
        finish_modules(edition, person)


def test_two_workers_at_once_give_one_certificate_each(real_database, session, trainer):
    enrol(session.edition, 6)
    make_ready(session, trainer)
    batch = begun(session.edition, trainer)
    results = together(*[lambda: carry_on.call(batch.pk)] * 3)
    assert results == [None] * 3
    numbers = sorted(Certificate.objects.values_list("number", flat=True))
    assert [int(number[-4:]) for number in numbers] == list(range(1, 9))
    assert Counter.objects.get().last == 8
    assert Certificate.objects.values("learner").distinct().count() == 8


def test_begun_by_several_at_once_it_is_one(real_database, session, trainer, coordinator):
    make_ready(session, trainer)
    people = (trainer, coordinator, trainer)
    codes = {batch.code for batch in together(*[lambda by=by: begun(session.edition, by) for by in people])}
    assert codes == {Batch.objects.get().code}
    assert Batch.objects.get().items.count() == 2
