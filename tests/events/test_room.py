"""The online room of a session: a trainer opens it, whoever is registered enters it."""

import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from django.core import mail
from django.test import Client
from django.utils import timezone

from events import rooms
from events.models import Event, Message, Registration, RegistrationDetail, Room, Session
from events.tasks import send_all
from tests.events.planned import plan, register
from tests.events.test_plan import AFTERNOON, MORNING, add, agenda, typed, writer  # noqa: F401 - fixtures
from tests.reading import text


@pytest.fixture
def session(database, trainer):
    found = plan(online=True, has_room=True, open_to_public=True)
    found.trainers.add(trainer)
    Room.objects.of(found)
    return Session.objects.get(pk=found.pk)


@pytest.fixture
def guest(session):
    registration = Registration.objects.create(session=session, at=timezone.now())
    RegistrationDetail.objects.create(registration=registration, name="Fatou Diop", email="fatou@example.org")
    return registration


def url(session, end="", language="fr"):
    return f"/{language}/sessions/{session.code}/room/{end}"


def link_of(response):
    html = response.content.decode()
    return html.partition('href="http://127.0.0.1')[2] and (
        "http://127.0.0.1" + html.partition('href="http://127.0.0.1')[2].partition('"')[0].replace("&amp;", "&")
    )


def entered(server, session, response):
    """Follows the link as a browser does; who is then in the room."""
    assert requests.get(link_of(response), timeout=5).text.startswith("<html>BigBlueButton")
    return server.meetings[session.code.hex]["present"]


def test_a_trainer_opens_it_and_enters_as_moderator(server, browse_as, trainer, session):
    client = browse_as(trainer)
    assert "Ouvrir la salle" in client.get(url(session)).content.decode()
    for _time in range(2):
        assert client.post(url(session, "open/")).url == url(session)
    assert entered(server, session, client.get(url(session))) == {
        str(trainer.code): (str(trainer.code), "Claire Dubois", "MODERATOR")
    }
    room = Room.objects.get()
    assert (room.opened_by, room.phone) == (trainer, server.phone)
    values = server.meetings[session.code.hex]["values"]
    assert (values["name"], values["record"], values["muteOnStart"]) == ("Une journée ensemble", "false", "true")
    assert values["meta_analytics-callback-url"].endswith(f"/bigbluebutton/{session.code}/report/")
    assert server.hooks == {
        f"http://127.0.0.1:8000/bigbluebutton/{session.code}/heard/": (
            session.code.hex,
            "user-joined,user-left,meeting-ended",
        )
    }


def test_a_learner_waits_then_enters_under_the_name_that_peers_see(server, browse_as, trainer, learner, session):
    register(session, learner)
    client = browse_as(learner)
    html = client.get(url(session)).content.decode()
    assert "La salle n’est pas encore ouverte" in html and not link_of(client.get(url(session)))
    assert "Ouvrir la salle" not in html
    browse_as(trainer).post(url(session, "open/"))
    response = client.get(url(session, language="nl"))
    assert 'rel="noreferrer"' in response.content.decode()
    assert entered(server, session, response) == {str(learner.code): (str(learner.code), "Amina", "VIEWER")}
    assert server.asked[-1][1]["userdata-bbb_override_default_locale"] == "nl"


def test_without_a_used_name_the_first_word_stands_for_it(learner):
    learner.used_name = ""
    assert rooms.name_among_peers(learner) == "Amina"
    learner.printed_name = ""
    assert rooms.name_among_peers(learner) == "learner"


def test_a_guest_enters_by_their_own_address(server, browse_as, trainer, session, guest):
    browse_as(trainer).post(url(session, "open/"))
    response = Client().get(f"/fr/registrations/{guest.code}/room/")
    assert entered(server, session, response) == {str(guest.code): (str(guest.code), "Fatou", "VIEWER")}
    assert f"/fr/registrations/{guest.code}/room/" in Client().get(f"/fr/registrations/{guest.code}/").content.decode()


def test_only_for_those_who_take_part(server, browse_as, client, learner, other_learner, stranger, session, guest):
    register(session, learner)
    Registration.objects.filter(learner=learner).update(waiting=True)
    Registration.objects.filter(pk=guest.pk).update(cancelled_at=timezone.now())
    for person in (learner, other_learner, stranger):
        assert browse_as(person).get(url(session)).status_code == 404
    assert "login" in client.get(url(session)).url
    assert client.get(f"/fr/registrations/{guest.code}/room/").status_code == 404
    assert client.get(f"/fr/registrations/{uuid.uuid4()}/room/").status_code == 404
    assert not server.asked


@pytest.mark.parametrize("end", ["open/", "end/"])
def test_only_its_trainers_open_and_end_it(server, browse_as, client, trainer, learner, stranger, session, end):
    register(session, learner)
    assert browse_as(learner).post(url(session, end)).status_code == 403
    assert browse_as(stranger).post(url(session, end)).status_code == 404
    assert "login" in client.post(url(session, end)).url
    assert browse_as(trainer).get(url(session, end)).status_code == 405
    assert browse_as(trainer).post(f"/fr/sessions/{uuid.uuid4()}/room/{end}").status_code == 404
    assert not server.asked and not Room.objects.exclude(opened_at=None).exists()


def test_a_trainer_ends_it_and_opens_it_again(server, browse_as, trainer, session):
    client = browse_as(trainer)
    client.post(url(session, "open/"))
    assert "Terminer pour tout le monde" in client.get(url(session)).content.decode()
    for _time in range(2):
        assert "La salle est fermée" in client.post(url(session, "end/"), follow=True).content.decode()
    assert not server.meetings
    server.hooks.clear()
    client.post(url(session, "open/"))
    assert link_of(client.get(url(session))) and server.hooks


@pytest.mark.parametrize("status", ["draft", "cancelled"])
def test_what_does_not_take_place_has_no_room(server, browse_as, trainer, session, status):
    Session.objects.filter(pk=session.pk).update(status=status, reason="other")
    client = browse_as(trainer)
    answers = [client.get(url(session)), *(client.post(url(session, end)) for end in ("open/", "end/"))]
    assert [answer.status_code for answer in answers] == [404, 404, 404] and not server.asked


def test_looking_opens_nothing(server, browse_as, trainer, session):
    browse_as(trainer).get(url(session))
    assert [call for call, _values in server.asked] == ["getMeetingInfo"] and not server.meetings


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_a_server_that_does_not_answer_is_said(settings, server, browse_as, trainer, session, language):
    settings.BBB_URL = "http://127.0.0.1:9/bigbluebutton/"
    client = browse_as(trainer)
    sentence = "ne répond pas" if language == "fr" else "antwoordt niet"
    response = client.get(url(session, language=language))
    assert response.status_code == 503 and sentence in response.content.decode()
    for end in ("open/", "end/"):
        response = client.post(url(session, end, language), follow=True)
        assert sentence in response.content.decode()


def test_a_code_that_is_taken_is_changed(server, browse_as, trainer, session):
    before = Room.objects.get().pin
    server.taken = {before}
    browse_as(trainer).post(url(session, "open/"))
    assert Room.objects.get().pin == server.meetings[session.code.hex]["voiceBridge"] != before


def test_a_server_without_hooks_opens_all_the_same(server, browse_as, trainer, session):
    server.answers["hooks/create"] = "<html>404 Not Found</html>"
    browse_as(trainer).post(url(session, "open/"))
    assert link_of(browse_as(trainer).get(url(session)))


def test_without_a_server_nothing_shows(browse_as, trainer, learner, session):
    register(session, learner)
    for person in (trainer, learner):
        assert browse_as(person).get(url(session)).status_code == 404
        assert "/room/" not in browse_as(person).get("/fr/agenda/une-journee-ensemble/").content.decode()
    assert browse_as(trainer).post(url(session, "open/")).status_code == 404


def test_recordings_are_offered_to_the_trainer_afterwards(server, browse_as, trainer, learner):
    session = plan(days=-2, online=True, has_room=True)
    session.trainers.add(trainer)
    register(session, learner)
    html = browse_as(trainer).get(url(session)).content.decode()
    assert "playback.html?meetingId=" in html and "podcast" in html
    assert "playback" not in browse_as(learner).get(url(session)).content.decode()
    assert len(rooms.recordings_of(session)) == 2
    server.status, server.answers["getRecordings"] = 500, ""
    assert rooms.recordings_of(session) == []


def test_opened_twice_at_once_it_is_one_room(real_database, server, trainer):
    """Two tablets of one trainer."""
    session = plan(online=True, has_room=True)
    event = Event.objects.get(slug="une-journee-ensemble")
    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lambda _n: rooms.open_room(session, event, trainer, timezone.now()), range(2)))
    assert Room.objects.count() == 1 and len(server.meetings) == 1


# The form of the trainer, the telephone, what is told.


def test_the_form_offers_a_room_where_there_is_a_server(writer, agenda, server, settings):  # noqa: F811
    address = f"/admin/pages/add/events/event/{agenda.pk}/"
    html = writer.get(address).content.decode()
    assert 'value="room"' in html and "session-recorded" in html
    settings.BBB_URL = ""
    html = writer.get(address).content.decode()
    assert 'value="room"' not in html and "session-recorded" not in html and 'value="link"' in html
    fields = typed(MORNING, **{"session-joining": "room"})
    assert add(writer, agenda, **fields).status_code == 200
    assert not Event.objects.filter(slug="ecouter-a-plusieurs").exists()


@pytest.mark.usefixtures("server")
def test_one_form_plans_a_room_with_its_code(writer, agenda):  # noqa: F811
    fields = typed(MORNING, AFTERNOON, **{"session-joining": "room", "session-join_url": "https://old.example.org/"})
    assert add(writer, agenda, **fields, **{"session-phone": "0123", "session-recorded": "on"}).status_code == 302
    session = Event.objects.get(slug="ecouter-a-plusieurs").session
    assert (session.online, session.has_room, session.join_url, session.phone) == (True, True, "", "")
    assert session.recorded and len(session.room.pin) == 5
    assert {slot.modality for slot in session.half_days} == {"virtual"}


def test_one_form_plans_a_link_with_a_telephone(writer, agenda):  # noqa: F811
    said = {"session-joining": "link", "session-join_url": "https://meet.example.org/a", "session-phone": "02 00, 77#"}
    assert add(writer, agenda, **typed(MORNING, **said)).status_code == 302
    session = Event.objects.get(slug="ecouter-a-plusieurs").session
    assert (session.online, session.has_room, session.by_phone) == (True, False, "02 00, 77#")


def test_nobody_is_told_a_change_by_the_new_fields():
    """Sessions of before look as they did to those who were told of them."""
    session = Session(key=uuid.uuid4())
    assert session.facts == {"cancelled": False, "where": [False, "", "", "", ""], "half_days": []}
    session.has_room, session.phone = True, ""
    assert session.facts["where"][5:] == ["room"]


@pytest.mark.usefixtures("server")
def test_the_telephone_is_told_wherever_the_link_is(settings, browse_as, learner, session):
    settings.BBB_DIAL_NUMBER = "+33 3 59 00 00 00"
    learner.email = "amina@example.org"
    learner.save()
    pin = session.room.pin
    assert Registration.objects.register(session, learner, timezone.now()) is None
    send_all(timezone.now())
    said = mail.outbox[-1].body
    assert f"+33 3 59 00 00 00, puis le code {pin}" in said and f"/fr/sessions/{session.code}/room/" in said
    calendar = mail.outbox[-1].attachments[0][1].replace("\r\n ", "")
    assert pin in calendar and f"/fr/sessions/{session.code}/room/" in calendar
    client = browse_as(learner)
    for page in ("/fr/agenda/une-journee-ensemble/", url(session)):
        assert f"puis le code {pin}" in client.get(page).content.decode()
    mine = Registration.objects.get(learner=learner)
    pdf = client.get(f"/fr/registrations/{mine.code}/convocation/").content
    assert pin in text(pdf)
    assert pin not in Client().get("/fr/agenda/une-journee-ensemble/").content.decode()
    assert pin not in Client().get(f"/fr/sessions/{session.code}.ics").content.decode()


@pytest.mark.usefixtures("server")
def test_a_guest_is_told_the_address_that_needs_no_account(session, guest):
    Message.objects.write("confirmation", [guest], session, timezone.now())
    send_all(timezone.now())
    assert f"/fr/registrations/{guest.code}/room/" in mail.outbox[-1].body
    assert f"/registrations/{guest.code}/room/" in mail.outbox[-1].attachments[0][1].replace("\r\n ", "")


@pytest.mark.usefixtures("server")
def test_a_server_without_a_telephone_promises_none(session):
    assert session.by_phone == ""
