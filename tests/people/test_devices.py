"""My devices: what is shown of them, and signing out from afar."""

import datetime
import re

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from people import privacy
from people.devices import NOWHERE, device_name
from tests.cast import PASSWORD
from tests.courses import steps

CHROME_ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36"
)
SAFARI_IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Mobile Safari/604.1"
)
FIREFOX_WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0"
EDGE_WINDOWS = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36 Edg/131.0.0.0"
BUTTON = re.compile(r'name="device" value="(\w{20})"')


def url(name="usersessions_list"):
    return steps.address(name)


def on(user_agent, username="learner"):
    client = Client(headers={"user-agent": user_agent})
    client.post(url("account_login"), {"login": username, "password": PASSWORD})
    return client


def is_signed_in(client):
    return client.get(url("people:me")).status_code == 200


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (CHROME_ANDROID, "Chrome, Android"),
        (SAFARI_IPHONE, "Safari, iPhone"),
        (FIREFOX_WINDOWS, "Firefox, Windows"),
        (EDGE_WINDOWS, "Edge, Windows"),
        ("curl/8", "Un autre appareil"),
        ("", "Un autre appareil"),
    ],
)
def test_a_device_is_named_in_plain_words(user_agent, name):
    assert device_name(user_agent) == name


def test_each_device_is_listed_and_this_one_is_marked(learner):
    telephone, computer = on(CHROME_ANDROID), on(FIREFOX_WINDOWS)
    html = telephone.get(url()).content.decode()
    assert html.index("Chrome, Android") < html.index("Firefox, Windows")
    assert html.count("Cet appareil") == 1
    assert len(BUTTON.findall(html)) == 1
    for client in (telephone, computer):
        assert client.session.session_key not in html


def test_one_is_signed_out_from_another(learner):
    telephone, computer = on(CHROME_ANDROID), on(FIREFOX_WINDOWS)
    (code,) = BUTTON.findall(telephone.get(url()).content.decode())
    for _time in range(2):
        assert telephone.post(url(), {"device": code}).url == url()
    assert is_signed_in(telephone) and not is_signed_in(computer)
    assert "Firefox" not in telephone.get(url()).content.decode()


def test_all_the_others_are_signed_out_at_once(learner):
    lost, computer, telephone = on(SAFARI_IPHONE), on(FIREFOX_WINDOWS), on(CHROME_ANDROID)
    telephone.post(url(), {"device": "others"})
    assert [is_signed_in(client) for client in (lost, computer, telephone)] == [False, False, True]


@pytest.mark.parametrize("device", ["", "forged", "0"])
def test_anything_else_signs_nobody_out(learner, device):
    telephone, computer = on(CHROME_ANDROID), on(FIREFOX_WINDOWS)
    telephone.post(url(), {"device": device})
    assert is_signed_in(telephone) and is_signed_in(computer)


def test_somebody_elses_device_is_out_of_reach(learner, stranger):
    theirs, telephone = on(FIREFOX_WINDOWS), on(CHROME_ANDROID)
    (code,) = BUTTON.findall(telephone.get(url()).content.decode())
    mine = on(CHROME_ANDROID, "stranger")
    mine.post(url(), {"device": code})
    mine.post(url(), {"device": "others"})
    assert is_signed_in(theirs) and is_signed_in(telephone)


def test_a_visitor_signs_in_first(db):
    for answer in (Client().get(url()), Client().post(url(), {"device": "others"})):
        assert answer.url.startswith(url("account_login"))


def test_get_writes_nothing(learner):
    telephone, computer = on(CHROME_ANDROID), on(FIREFOX_WINDOWS)
    Session.objects.filter(session_key=computer.session.session_key).delete()
    assert "Firefox" not in telephone.get(url()).content.decode()
    assert UserSession.objects.filter(user=learner).count() == 2


def test_the_list_asks_as_much_for_many(learner, django_assert_num_queries):
    telephone = on(CHROME_ANDROID)
    telephone.get(url())
    with django_assert_num_queries(5):
        telephone.get(url())
    for _time in range(5):
        on(FIREFOX_WINDOWS)
    with django_assert_num_queries(5):
        telephone.get(url())


def test_no_address_is_kept(learner):
    client = on(CHROME_ANDROID)
    assert [row.ip for row in UserSession.objects.all()] == [NOWHERE]
    assert client.session.session_key == UserSession.objects.get().session_key


def test_a_page_costs_no_query_for_it(learner, django_assert_max_num_queries):
    client = on(CHROME_ANDROID)
    seen = UserSession.objects.get().last_seen_at
    client.get(url("people:me"))
    assert UserSession.objects.get().last_seen_at == seen


def test_signing_in_changes_the_number_of_the_session(learner):
    client = Client()
    client.get(url("account_login"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.post(url("account_login"), {"login": "learner", "password": PASSWORD})
    assert client.session.session_key != before


def test_showing_who_one_is_changes_it_too_and_the_device_stays_in_the_list(learner):
    client = on(CHROME_ANDROID)
    before = client.session.session_key
    client.post(f"{url('account_reauthenticate')}?next=/fr/", {"password": PASSWORD})
    assert client.session.session_key != before
    assert "Cet appareil" in client.get(url()).content.decode()
    assert not Session.objects.filter(session_key=before).exists()


def test_a_new_password_signs_out_everywhere(learner):
    telephone, computer = on(CHROME_ANDROID), on(FIREFOX_WINDOWS)
    new = "une-autre-phrase-longue"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new, "password": new}
    telephone.post(url("account_change_password"), data)
    assert not is_signed_in(computer) and not is_signed_in(telephone)
    assert {row.ip for row in UserSession.objects.all()} <= {NOWHERE}


def test_old_rows_go_with_time(learner):
    on(CHROME_ANDROID)
    now = timezone.now()
    UserSession.objects.update(created_at=now - datetime.timedelta(days=93))
    privacy.apply_retention(now)
    assert not UserSession.objects.exists()
