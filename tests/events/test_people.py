"""The page of the trainers of a session: who comes, who waits, what was sent."""

import datetime
import uuid

import pytest
from django.core import mail
from django.utils import timezone

from events.models import Message, Registration
from people.models import User
from tests.events.planned import plan, register, standing


@pytest.fixture
def session(trainer):
    session = plan(capacity=2)
    session.trainers.add(trainer)
    return session


@pytest.fixture
def registration(session, learner):
    Registration.objects.register(session, learner, timezone.now())
    return Registration.objects.get()


def people(session):
    return f"/fr/sessions/{session.code}/people/"


def test_the_text_to_share_is_ready(browse_as, trainer, session, registration):
    html = browse_as(trainer).get(people(session)).content.decode()
    assert "https://wa.me/?text=" in html and "sms:?&amp;body=" in html and "Une journée ensemble" in html
    message = Message.objects.get()
    for _time in range(2):
        assert browse_as(trainer).post(f"/fr/messages/{message.code}/shared/").status_code == 302
    message.refresh_from_db()
    assert message.state == Message.State.SENT and message.sent_at


def test_every_message_has_a_text_to_share(browse_as, trainer, session, learner):
    """Also one that was sent by e-mail: some read their telephone only."""
    User.objects.filter(pk=learner.pk).update(email="amina@example.org", interface_language="nl")
    Registration.objects.register(session, User.objects.get(pk=learner.pk), timezone.now())
    message, client = Message.objects.get(), browse_as(trainer)
    Message.objects.update(state="sent", sent_at=timezone.now())
    address = f"/fr/messages/{message.code}/text/"
    assert address in client.get(people(session)).content.decode()
    html = client.get(address).content.decode()
    assert "Een dag samen" in html and "https://wa.me/?text=" in html and 'lang="nl"' in html
    assert client.post(address).status_code == 405
    message.refresh_from_db()
    assert message.state == "sent"


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("stranger", 404), ("coordinator", 200)])
def test_who_reads_the_text_to_share(request, browse_as, session, registration, person, status):
    address = f"/fr/messages/{Message.objects.get().code}/text/"
    assert browse_as(request.getfixturevalue(person)).get(address).status_code == status
    assert browse_as(request.getfixturevalue(person)).get(f"/fr/messages/{uuid.uuid4()}/text/").status_code == 404


def test_a_trainer_cancels_for_somebody_who_called(browse_as, trainer, session, registration):
    for _time in range(2):
        response = browse_as(trainer).post(f"/fr/registrations/{registration.code}/remove/")
        assert response.headers["Location"] == people(session)
    assert standing(session) == 0


def test_an_uncertain_message_is_sent_again_when_asked(browse_as, trainer, session, learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    register(session, learner)
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    message = Message.objects.create(
        registration=Registration.objects.get(),
        kind="confirmation",
        sequence=0,
        language="fr",
        address="amina@example.org",
        state="claimed",
        at=long_ago,
        claimed_at=long_ago,
    )
    url, client = f"/fr/messages/{message.code}/again/", browse_as(trainer)
    assert url in client.get(people(session)).content.decode()
    for _time in range(2):
        client.post(url)
    assert len(mail.outbox) == 1


def test_only_its_trainers(browse_as, client, learner, other_learner, stranger, session, registration):
    message = Message.objects.get()
    writes = [
        f"/fr/registrations/{registration.code}/remove/",
        f"/fr/messages/{message.code}/again/",
        f"/fr/messages/{message.code}/shared/",
    ]
    assert browse_as(learner).get(people(session)).status_code == 403
    assert browse_as(stranger).get(people(session)).status_code == 404
    for url in writes:
        assert browse_as(learner).post(url).status_code == 403
        assert browse_as(stranger).post(url).status_code == 404
        assert browse_as(learner).get(url).status_code == 405
        assert "login" in client.post(url).headers["Location"]
    assert standing(session) == 1


def test_what_does_not_exist(browse_as, trainer):
    client = browse_as(trainer)
    for path in ("registrations/{}/remove/", "messages/{}/again/", "messages/{}/shared/"):
        assert client.post("/fr/" + path.format(uuid.uuid4())).status_code == 404
    assert client.get(f"/fr/sessions/{uuid.uuid4()}/people/").status_code == 404


def test_as_many_queries_for_many(browse_as, trainer, session, django_assert_num_queries):
    client = browse_as(trainer)
    for count in (4, 20):
        for number in range(count):
            person = User.objects.get_or_create(username=f"person-{number}")[0]
            Registration.objects.register(session, person, timezone.now())
        client.get(people(session))
        with django_assert_num_queries(12):
            client.get(people(session))
