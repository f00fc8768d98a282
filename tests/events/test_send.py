"""Messages: claimed before they are sent, sent once, written down."""

import datetime
import smtplib

import pytest
import vobject
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from icalendar import Calendar

from events import tasks
from events.models import Message, Registration, Session, Slot
from people.models import User
from tests.databases import together
from tests.events.planned import plan

NOW = timezone.now()


class Server:
    """A mail server that answers in one way."""

    def __init__(self, error):
        self.error, self.asked = error, 0

    def send_messages(self, emails):
        self.asked += 1
        raise self.error


@pytest.fixture
def registered(learner):
    return written(learner)


def written(learner, **values):
    """A message that waits."""
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    session = plan(**values)
    Registration.objects.register(session, User.objects.get(pk=learner.pk), NOW)
    return session


def invitation(number=0, email=-1):
    parts = [part for part in mail.outbox[email].message().walk() if part.get_content_type() == "text/calendar"]
    return parts[number], parts[number].get_payload(decode=True)


def test_the_invitation_is_one_that_calendars_take(registered):
    assert tasks.send_all(NOW) == 1
    part, content = invitation()
    assert part.get_param("method") == "REQUEST" and part.get_content_charset() == "utf-8"
    found = Calendar.from_ical(content)
    event = found.events[0]
    assert found["method"] == "REQUEST" and not found.errors and not event.errors
    assert event["uid"] == str(registered.half_days[0].code) and event["sequence"] == 0
    assert event["attendee"] == "mailto:amina@example.org" and event["organizer"].startswith("mailto:")
    assert vobject.readOne(content.decode()).validate()
    assert vobject.readOne(content.decode()).vevent.dtstart.value == registered.half_days[0].starts_at


def test_each_half_day_has_its_own(registered):
    tasks.send_all(NOW)
    uids = {str(Calendar.from_ical(invitation(number)[1]).events[0]["uid"]) for number in range(3)}
    assert uids == {str(slot.code) for slot in registered.half_days}


def test_the_subject_does_not_say_what_it_is_about(registered):
    tasks.send_all(NOW)
    assert "Une journée ensemble" not in mail.outbox[0].subject and "Une journée ensemble" in mail.outbox[0].body


def test_it_is_in_the_language_of_the_person(learner):
    User.objects.filter(pk=learner.pk).update(interface_language="nl")
    written(learner)
    tasks.send_all(NOW)
    assert "Een dag samen" in mail.outbox[0].body and "/nl/agenda/een-dag-samen/" in mail.outbox[0].body


def test_a_change_keeps_the_uid_and_raises_the_sequence(registered):
    Registration.objects.tell_changes(registered, NOW)
    tasks.send_all(NOW)
    slot = registered.half_days[0]
    type(slot).objects.filter(pk=slot.pk).update(starts_at=slot.starts_at + datetime.timedelta(minutes=15))
    for _time in range(2):
        Registration.objects.tell_changes(registered, NOW)
        tasks.send_all(NOW)
    assert [message.kind for message in Message.objects.all()] == ["confirmation", "change"] and len(mail.outbox) == 2
    event = Calendar.from_ical(invitation()[1]).events[0]
    assert event["uid"] == str(slot.code) and event["sequence"] == 1


def test_a_half_day_that_is_taken_out_leaves_the_calendar(registered):
    Registration.objects.tell_changes(registered, NOW)
    out = registered.half_days[1]
    Slot.objects.filter(code=out.code).delete()
    Registration.objects.tell_changes(registered, NOW)
    tasks.send_all(NOW)
    files = [Calendar.from_ical(invitation(number)[1]) for number in range(3)]
    assert [file["method"] for file in files] == ["REQUEST", "REQUEST", "CANCEL"]
    event = files[-1].events[0]
    assert (event["uid"], event["sequence"], event["dtstart"].dt) == (str(out.code), 1, out.starts_at)


def test_a_cancelled_session_takes_the_entry_out_and_says_why(registered):
    Registration.objects.tell_changes(registered, NOW)
    Session.objects.update(status="cancelled", reason="place")
    Registration.objects.tell_changes(registered, NOW)
    tasks.send_all(NOW)
    part, content = invitation()
    event = Calendar.from_ical(content).events[0]
    assert part.get_param("method") == "CANCEL" and event["status"] == "CANCELLED" and event["sequence"] == 1
    assert str(Session.Reason.PLACE.label) in mail.outbox[-1].body or "lieu" in mail.outbox[-1].body


def test_who_cancels_receives_the_entry_back(registered, learner):
    tasks.send_all(NOW)
    Registration.objects.cancel(registered, learner, NOW)
    tasks.send_all(NOW)
    assert Calendar.from_ical(invitation()[1])["method"] == "CANCEL"
    assert "Link" not in mail.outbox[-1].body


def test_a_message_is_sent_once_by_several_workers(real_database, learner):
    written(learner)
    counts = together(*[lambda: tasks.send_all(NOW)] * 4)
    assert sorted(counts) == [0, 0, 0, 1] and len(mail.outbox) == 1


def test_a_long_job_claims_each_message_when_its_turn_comes(registered):
    assert tasks.send_all(NOW - datetime.timedelta(minutes=11)) == 1
    assert Message.objects.get().claimed_at >= NOW


def test_after_a_crash_it_is_uncertain_and_not_sent_again_by_itself(registered):
    message = Message.objects.get()
    assert Message.objects.claim(message.pk, NOW) and not Message.objects.claim(message.pk, NOW)
    later = NOW + datetime.timedelta(minutes=11)
    assert tasks.send_all(later) == 0 and not mail.outbox
    message.refresh_from_db()
    assert message.state_at(NOW) == Message.State.CLAIMED and message.state_at(later) == Message.State.UNCERTAIN
    assert message.send_again(later) and not message.send_again(later)
    assert tasks.send_all(later) == 1


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (ConnectionRefusedError(), "failed"),
        (smtplib.SMTPRecipientsRefused({}), "failed"),
        (smtplib.SMTPDataError(554, b"no"), "failed"),
        (smtplib.SMTPServerDisconnected(), "uncertain"),
        (TimeoutError(), "uncertain"),
    ],
)
def test_a_server_that_does_not_take_it(registered, monkeypatch, error, state):
    server = Server(error)
    monkeypatch.setattr("django.core.mail.message.EmailMessage.get_connection", lambda *_args: server)
    assert tasks.send_all(NOW) == tasks.send_all(NOW) == 0
    assert server.asked == 1 and Message.objects.get().state == state


@pytest.mark.parametrize(
    ("before", "kind"),
    [
        (datetime.timedelta(days=6, hours=23), "week"),
        (datetime.timedelta(hours=23), "day"),
        (datetime.timedelta(minutes=55), "hour"),
    ],
)
def test_a_reminder_is_written_once_when_it_is_due(registered, before, kind):
    moment = registered.half_days[0].starts_at - before
    Message.objects.all().delete()
    Registration.objects.update(at=NOW - datetime.timedelta(days=30))
    for _time in range(3):
        tasks.write_due(moment)
    assert [message.kind for message in Message.objects.all()] == [kind]


def test_no_reminder_too_early_nor_too_late_nor_for_who_waits_or_left(registered, other_learner):
    Message.objects.all().delete()
    start, days = registered.half_days[0].starts_at, datetime.timedelta(days=1)
    Registration.objects.update(at=NOW - 30 * days)
    Registration.objects.create(session=registered, learner=other_learner, at=NOW - 30 * days, waiting=True)
    Session.objects.update(capacity=1)
    tasks.write_due(start - 8 * days)
    tasks.write_due(start + datetime.timedelta(minutes=1))
    assert not Message.objects.exists()
    Registration.objects.filter(waiting=False).update(cancelled_at=NOW)
    Session.objects.update(capacity=0)
    tasks.write_due(start - days / 2)
    assert not Message.objects.exists()


def test_who_registers_late_has_just_had_the_confirmation(learner):
    written(learner, days=2)
    tasks.write_due(NOW)
    assert [message.kind for message in Message.objects.all()] == ["confirmation"]


def test_the_same_reminder_from_two_commands_at_once(real_database, learner):
    session = written(learner)
    Message.objects.all().delete()
    Registration.objects.update(at=NOW - datetime.timedelta(days=30))
    moment = session.half_days[0].starts_at - datetime.timedelta(hours=2)
    together(*[lambda: tasks.write_due(moment)] * 3)
    assert Message.objects.count() == 1


def test_a_reminder_that_comes_too_late_or_after_a_goodbye_is_not_sent(registered):
    Message.objects.all().delete()
    Registration.objects.update(at=NOW - datetime.timedelta(days=30))
    start = registered.half_days[0].starts_at
    tasks.write_due(start - datetime.timedelta(minutes=30))
    assert tasks.send_all(start + datetime.timedelta(minutes=1)) == 0
    assert Message.objects.get().state == Message.State.FAILED
    assert not Message.objects.get().may_be_sent_again(start + datetime.timedelta(minutes=1))
    Message.objects.update(state="waiting")
    Registration.objects.update(cancelled_at=NOW)
    assert tasks.send_all(start - datetime.timedelta(minutes=20)) == 0 and not mail.outbox


@pytest.mark.usefixtures("registered")
def test_the_command_sends_what_waits():
    call_command("send_due", verbosity=0)
    call_command("send_due", verbosity=0)
    assert Message.objects.get().state == Message.State.SENT and len(mail.outbox) == 1


@pytest.mark.usefixtures("registered")
def test_a_job_that_fails_stops_no_message_and_is_not_hidden(monkeypatch, caplog):
    def broken(_now):
        raise OSError("The disk is full.")

    monkeypatch.setattr("events.management.commands.send_due.JOBS", [broken])
    with pytest.raises(CommandError):
        call_command("send_due", verbosity=0)
    assert len(mail.outbox) == 1
    assert "broken waits for the next time." in caplog.text and "The disk is full." in caplog.text
