"""Staff who were away prove again who they are, and what they had sent meanwhile is not lost."""

import re
import time
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from certification.models import AttendanceMark
from people import guard
from tests import cast
from tests.cast import PASSWORD
from tests.courses import steps

HALF_HOUR, HOUR = 1800, 3600
FORM = re.compile(r'<form method="post" action="([^"]+)">(.*?)</form>', re.DOTALL)
INPUT = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def url(name, *args):
    return steps.address(name, *args)


@pytest.fixture
def clock():
    with time_machine.travel(time.time(), tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(clock, trainer):
    return cast.sign_in(Client(), trainer)


@pytest.fixture
def roster(session):
    return url("certification:roster", session.half_days[0].code)


def marks(client, roster):
    """What the page of the roster sends, with everybody present."""
    html = client.get(roster).content.decode()
    names = set(re.findall(r'name="([^"]+)" value="p"', html))
    hidden = dict(INPUT.findall(html.partition('action="' + mark_of(roster))[2].partition("</form>")[0]))
    return {**{name: unescape(value) for name, value in hidden.items()}, **dict.fromkeys(names, "p")}


def mark_of(roster):
    return f"{roster}mark/"


def main(answer):
    return answer.content.decode().partition("<main")[2].partition("</main>")[0]


def away(clock, seconds):
    clock.shift(seconds)


def prove(client, asked):
    return client.post(asked.url, {"password": PASSWORD})


def test_after_half_an_hour_they_are_asked_again_and_led_back(client, clock):
    away(clock, HALF_HOUR + 1)
    asked = client.get(url("certification:cohorts"))
    assert asked.url == f"{url('account_reauthenticate')}?next=%2Ffr%2Fcohorts%2F"
    assert client.get(asked.url).status_code == 200
    assert prove(client, asked).url == url("certification:cohorts")
    assert client.get(url("certification:cohorts")).status_code == 200


def test_a_wrong_password_does_not_open(client, clock):
    away(clock, HALF_HOUR + 1)
    asked = client.get(url("certification:cohorts"))
    assert client.post(asked.url, {"password": "mauvais"}).status_code == 200
    assert client.get(url("certification:cohorts")).status_code == 302


def test_whoever_works_is_not_asked(client, clock):
    for _time in range(6):
        away(clock, HALF_HOUR - guard.STEP_SECONDS - 1)
        assert client.get(url("certification:cohorts")).status_code == 200


def test_a_lesson_counts_as_work(client, clock):
    for _time in range(3):
        away(clock, HALF_HOUR - guard.STEP_SECONDS - 1)
        client.get(url("people:me"))
    assert client.get(url("certification:cohorts")).status_code == 200


def test_what_stays_open_does_not_bring_a_lapsed_session_back(client, clock):
    away(clock, HALF_HOUR + 1)
    assert client.get(url("people:me")).status_code == 200
    assert client.get(url("certification:cohorts")).status_code == 302


def test_after_twelve_hours_they_are_asked_whatever_they_did(client, clock):
    for _time in range(12 * 3):
        away(clock, 1201)
        answer = client.get(url("certification:cohorts"))
    assert answer.url.startswith(url("people:second_factor"))


def test_a_password_alone_does_not_bring_the_next_day_back(client, clock):
    away(clock, 13 * HOUR)
    client.post(url("account_reauthenticate"), {"password": PASSWORD})
    assert client.get(url("certification:cohorts")).url.startswith(url("people:second_factor"))


def test_without_second_factors_the_time_is_counted_too(clock, trainer, settings):
    settings.SECOND_FACTOR = False
    client = Client()
    client.post(url("account_login"), {"login": "trainer", "password": PASSWORD})
    assert client.get(url("certification:cohorts")).status_code == 200
    away(clock, HALF_HOUR + 1)
    assert client.get(url("certification:cohorts")).url.startswith(url("account_reauthenticate"))


def test_a_learner_is_never_asked(learner, clock):
    client = Client()
    client.force_login(learner)
    away(clock, 10 * 24 * HOUR)
    assert client.get(url("people:me")).status_code == 200


def test_an_editor_left_open_is_not_work(clock, coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    client = cast.sign_in(Client(), coordinator)
    ping = "/admin/editing-sessions/ping/wagtailcore/page/1/1/"
    for _time in range(4):
        away(clock, 600)
        client.post(ping)
    assert client.get("/admin/").url.startswith(url("account_reauthenticate"))


def test_a_page_writes_at_most_every_five_minutes(client, clock):
    def writes():
        with CaptureQueriesContext(connection) as asked:
            client.get(url("certification:cohorts"))
        return [query["sql"] for query in asked if query["sql"].startswith(("UPDATE", "INSERT"))]

    client.get(url("certification:cohorts"))
    assert writes() == []
    away(clock, guard.STEP_SECONDS + 1)
    assert len(writes()) == 1
    assert writes() == []


# What was sent too late


def test_marks_sent_too_late_are_not_lost(client, clock, roster):
    data = marks(client, roster)
    away(clock, HALF_HOUR + 1)
    asked = client.post(mark_of(roster), data)
    assert asked.url == f"{url('account_reauthenticate')}?next=%2Ffr%2Fwaiting%2F"
    assert not AttendanceMark.objects.exists()
    led = prove(client, asked)
    assert led.url == url("people:waiting")
    action, body = FORM.search(main(client.get(led.url))).groups()
    kept = {name: unescape(value) for name, value in INPUT.findall(body)}
    assert kept.pop("csrfmiddlewaretoken", None) != data.get("csrfmiddlewaretoken", "")
    assert kept == {name: value for name, value in data.items() if name != "csrfmiddlewaretoken"}
    assert action == mark_of(roster)
    assert client.post(action, kept).status_code == 302
    assert AttendanceMark.objects.count() == 2
    assert "Rien n’attend" in client.get(url("people:waiting")).content.decode()


def test_nothing_is_sent_by_itself(client, clock, roster):
    data = marks(client, roster)
    away(clock, HALF_HOUR + 1)
    prove(client, client.post(mark_of(roster), data))
    client.get(url("people:waiting"))
    client.get(roster)
    assert not AttendanceMark.objects.exists()


def test_it_may_be_thrown_away(client, clock, roster):
    data = marks(client, roster)
    away(clock, HALF_HOUR + 1)
    prove(client, client.post(mark_of(roster), data))
    for _time in range(2):
        assert client.post(url("people:waiting"), {"path": mark_of(roster)}).url == url("people:waiting")
    assert FORM.search(main(client.get(url("people:waiting")))) is None


def test_two_forms_wait_and_the_same_one_waits_once(client, clock, session, roster):
    data = marks(client, roster)
    other = mark_of(url("certification:roster", session.half_days[1].code))
    away(clock, HALF_HOUR + 1)
    for path in (mark_of(roster), other, mark_of(roster)):
        asked = client.post(path, data)
    prove(client, asked)
    actions = [action for action, _body in FORM.findall(main(client.get(url("people:waiting"))))]
    assert sorted(set(actions) - {url("people:waiting")}) == sorted([mark_of(roster), other])


def test_it_waits_for_an_hour(client, clock, roster):
    data = marks(client, roster)
    away(clock, HALF_HOUR + 1)
    asked = client.post(mark_of(roster), data)
    away(clock, HOUR + 1)
    prove(client, asked)
    assert "Rien n’attend" in client.get(url("people:waiting")).content.decode()
    assert guard.WAITING not in client.session


def test_what_waits_is_not_shown_before_the_proof(client, clock, roster):
    away(clock, HALF_HOUR + 1)
    client.post(mark_of(roster), {"reason": "Une raison"})
    answer = client.get(url("people:waiting"))
    assert answer.status_code == 302 and "Une raison" not in answer.content.decode()


def test_a_forged_form_is_refused_before_it_waits(clock, trainer, roster):
    client = Client(enforce_csrf_checks=True)
    cast.sign_in(client, trainer)
    away(clock, HALF_HOUR + 1)
    assert client.post(mark_of(roster), {"x": "1"}).status_code == 403
    assert guard.WAITING not in client.session


def test_it_waits_for_its_author_alone(client, clock, roster, coordinator):
    data = marks(client, roster)
    away(clock, HALF_HOUR + 1)
    client.post(mark_of(roster), data)
    client.force_login(coordinator)
    assert guard.WAITING not in client.session


def test_a_form_too_large_is_not_kept(client, clock, roster):
    away(clock, HALF_HOUR + 1)
    asked = client.post(mark_of(roster), {"x": "x" * (guard.WAITS_BYTES + 1)})
    assert "waiting" not in asked.url
    assert guard.WAITING not in client.session


def test_what_is_kept_is_shown_as_text(client, clock, roster):
    away(clock, HALF_HOUR + 1)
    prove(client, client.post(mark_of(roster), {'"><script>': '"><script>alert(1)</script>'}))
    assert "<script>alert" not in client.get(url("people:waiting")).content.decode()
