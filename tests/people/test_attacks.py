"""Somebody hostile at the door: what they try, what they learn, and who pays for it."""

import logging
import re
from unittest import mock

import pytest
import time_machine
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client, override_settings
from django.utils import timezone

from people import limits, privacy
from people.models import ErasureRequest, TrailEntry, User
from people.models.trail import note
from tests.cast import PASSWORD
from tests.courses import steps

ELSEWHERE = [
    "https://example.org/",
    "//example.org/",
    "///example.org/",
    "\\\\example.org",
    "/\\example.org",
    "https:example.org",
    "http:///example.org",
    "javascript:alert(1)",
    "data:text/html,x",
    " //example.org",
    "\x08//example.org",
]


@pytest.fixture(autouse=True)
def noon():
    """No window of a limit ends in the middle of a test."""
    with time_machine.travel("2026-11-23T12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def amina(learner):
    learner.email = "amina@example.org"
    learner.save()
    return learner


def sign_in(client, login="learner", password=PASSWORD, address="192.0.2.1", **more):
    data = {"login": login, "password": password, **more}
    return client.post(steps.address("account_login"), data, REMOTE_ADDR=address)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def said(response):
    """What a page says, without what changes at each showing."""
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return re.sub(r' value="[^"]*"', "", html)


def test_a_password_guessed_from_many_addresses_is_stopped_for_that_account(learner, other_learner):
    answers = [sign_in(Client(), password=f"essai {n}", address=f"198.51.100.{n}") for n in range(12)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 7
    client = Client()
    assert sign_in(client, address="203.0.113.9").status_code == 429
    assert not is_signed_in(client)
    sign_in(client, "other_learner", address="198.51.100.1")
    assert is_signed_in(client)


def test_the_account_opens_again_five_minutes_later(learner):
    for n in range(6):
        sign_in(Client(), password="non", address=f"198.51.100.{n}")
    with time_machine.travel("2026-11-23T12:06:00+00:00", tick=False):
        client = Client()
        sign_in(client)
        assert is_signed_in(client)


def test_the_refusal_keeps_the_name_that_was_typed_and_says_to_wait(learner):
    for _try in range(6):
        response = sign_in(Client(), password="non")
    html = response.content.decode()
    assert response.status_code == 429
    assert 'value="learner"' in html and html.count('role="alert"') == 1
    assert "non" not in re.findall(r'value="([^"]*)"', html)


def centre(size):
    people = [
        User(username=f"personne-{n}", password=User.objects.get(username="learner").password) for n in range(size)
    ]
    return User.objects.bulk_create(people)


def test_a_centre_of_thirty_people_signs_in_from_one_address(learner):
    for person in centre(30):
        client = Client()
        for _typing_error in range(2):
            sign_in(client, person.username, "faute")
        assert sign_in(client, person.username).status_code == 302
        assert is_signed_in(client)


def test_one_address_that_tries_everybody_is_stopped(learner):
    answers = [sign_in(Client(), f"nom-{n}", "soleil").status_code for n in range(151)]
    assert answers == [200] * 150 + [429]
    assert sign_in(Client(), address="192.0.2.2").status_code == 302


def test_the_whole_address_that_only_knocks_reads_a_page(learner):
    with override_settings(ACCOUNT_RATE_LIMITS={"login": "2/10m/ip"}):
        answers = [sign_in(Client()) for _time in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert "Trop d’essais" in answers[2].content.decode()
    assert answers[2]["Retry-After"] == "60"


@pytest.mark.parametrize("email", ["amina@example.org", "nobody@example.org"])
def test_codes_are_not_sent_without_end(amina, email):
    url = steps.address("account_request_login_code")
    answers = [Client().post(url, {"email": email}, REMOTE_ADDR=f"198.51.100.{n}") for n in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] * 2
    assert len(mail.outbox) <= 5
    assert f'value="{email}"' in answers[-1].content.decode()


def test_a_code_is_not_guessed(amina):
    client = Client()
    client.post(steps.address("account_request_login_code"), {"email": "amina@example.org"})
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]*)$", mail.outbox[0].body, re.MULTILINE)[1]
    url = steps.address("account_confirm_login_code")
    for _try in range(4):
        client.post(url, {"code": "WRONG1"})
    client.post(url, {"code": code})
    assert not is_signed_in(client)


# Known, unknown. The sentence names what was typed, a user name or an e-mail address: it says nothing more.
LOGINS = [("learner", "nobody"), ("amina@example.org", "nobody@example.org")]


@pytest.mark.parametrize(("known", "unknown"), LOGINS)
def test_a_wrong_pair_looks_the_same_whoever_it_is(amina, known, unknown):
    assert said(sign_in(Client(), known, "non")) == said(sign_in(Client(), unknown, "non"))


def test_an_account_that_is_closed_looks_like_a_wrong_pair(amina):
    wrong = said(sign_in(Client(), "nobody", "non"))
    User.objects.filter(pk=amina.pk).update(is_active=False)
    assert said(sign_in(Client(), "learner", "non")) == wrong


@pytest.mark.parametrize(("known", "unknown"), LOGINS)
def test_a_wrong_pair_costs_as_much_whoever_it_is(amina, known, unknown):
    assert hashed(known) == hashed(unknown) > 0


def hashed(login):
    """How many passwords were hashed: nearly all the time that an answer takes."""
    with mock.patch.object(
        hashers.MD5PasswordHasher, "encode", autospec=True, side_effect=lambda *_: "md5$a$b"
    ) as encode:
        sign_in(Client(), login, "non")
    return encode.call_count


def test_an_unknown_address_reads_the_same_page_and_gets_no_mail(amina):
    pages = []
    for email in ("amina@example.org", "nobody@example.org"):
        client = Client()
        asked = client.post(steps.address("account_request_login_code"), {"email": email})
        pages.append((asked.status_code, asked.url, said(client.get(asked.url)).replace(email, "")))
    assert pages[0] == pages[1]
    assert len(mail.outbox) == 1


def test_a_session_is_new_after_signing_in(learner):
    client = Client()
    session = client.session
    session["kept"] = "yes"
    session.save()
    before = session.session_key
    sign_in(client)
    assert is_signed_in(client)
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_ends_with_the_signing_out(browse_as, learner):
    client = browse_as(learner)
    stolen = client.session.session_key
    client.post(steps.address("account_logout"))
    assert not Session.objects.filter(session_key=stolen).exists()


def test_a_new_password_ends_the_other_sessions(browse_as, learner):
    client = browse_as(learner)
    learner.set_password("autre-mot-de-passe")
    learner.save()
    assert client.get(steps.address("courses:path")).status_code == 302


@pytest.mark.parametrize("verb", ["get", "head", "put", "delete"])
def test_only_a_post_signs_out(browse_as, learner, verb):
    client = browse_as(learner)
    getattr(client, verb)(steps.address("account_logout"))
    assert is_signed_in(client)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_no_address_leads_elsewhere(browse_as, learner, back):
    client = browse_as(learner)
    leading = [
        sign_in(Client(), next=back),
        client.get(steps.address("account_login"), {"next": back}),
        Client().post("/theme/", {"theme": "dark", "next": back}),
        client.post(steps.address("account_logout"), {"next": back}),
    ]
    for response in leading:
        assert response.status_code == 302
        assert response.url in ("/", steps.address("courses:path"))


def test_an_address_adds_no_header(learner):
    response = sign_in(Client(), next="/fr/\r\nSet-Cookie: a=b")
    assert "a" not in response.cookies
    assert not re.search(r"[\r\n]", response.url)


@pytest.mark.parametrize("back", ELSEWHERE)
def test_the_door_of_the_editors_leads_through_the_sign_in_of_this_site(learner, back):
    response = Client().get("/admin/login/", {"next": back})
    assert response.url.startswith(steps.address("account_login"))
    client = Client()
    assert client.post(response.url, {"login": "learner", "password": PASSWORD}).url == steps.address("courses:path")


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r", "%0aBcc:", "\u2028"])
def test_an_address_that_holds_a_header_receives_nothing(amina, line):
    email = f"amina@example.org{line}Bcc: eve@example.org"
    response = Client().post(steps.address("account_request_login_code"), {"email": email})
    assert response.status_code == 200
    assert 'aria-invalid="true"' in response.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("host", ["example.org", "testserver.example.org", "testserver@example.org"])
def test_another_host_is_refused(db, host):
    assert Client().get("/fr/", headers={"host": host}).status_code == 400


def test_a_log_shows_an_attack_and_names_nobody(amina, caplog):
    with caplog.at_level(logging.DEBUG):
        for login in ("learner", "Learner", "amina@example.org"):
            sign_in(Client(), login, "mauvais")
        sign_in(Client())
    lines = [
        record.getMessage() for record in caplog.records if record.name.startswith(("people", "django", "allauth"))
    ]
    refused = [line for line in lines if line.startswith("Sign-in refused: ")]
    assert refused[0] == refused[1] != refused[2]
    assert f"Sign-in: person {amina.code}" in lines
    assert not [line for line in lines if re.search("learner|amina|mauvais|diallo|192.0.2", line, re.IGNORECASE)]


def test_a_code_opens_once(amina):
    client = Client()
    client.post(steps.address("account_request_login_code"), {"email": "amina@example.org"})
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]*)$", mail.outbox[0].body, re.MULTILINE)[1]
    url, cookies = steps.address("account_confirm_login_code"), client.cookies.copy()
    client.post(url, {"code": code})
    assert is_signed_in(client)
    thief = Client()
    thief.cookies = cookies
    thief.post(url, {"code": code})
    assert not is_signed_in(thief)


def test_a_code_is_too_old_after_three_minutes(amina):
    client = Client()
    client.post(steps.address("account_request_login_code"), {"email": "amina@example.org"})
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]*)$", mail.outbox[0].body, re.MULTILINE)[1]
    with time_machine.travel("2026-11-23T12:03:01+00:00", tick=False):
        client.post(steps.address("account_confirm_login_code"), {"code": code})
        assert not is_signed_in(client)


@pytest.mark.parametrize("closed", ["inactive", "erased"])
def test_a_closed_account_is_out_at_once(browse_as, learner, closed):
    client = browse_as(learner)
    assert client.get(steps.address("people:me")).status_code == 200
    if closed == "erased":
        privacy.erase(learner, timezone.now())
    else:
        User.objects.filter(pk=learner.pk).update(is_active=False)
    assert client.get(steps.address("people:me")).url.startswith(steps.address("account_login"))


@pytest.mark.parametrize("line", ["\n", "\r\n", "\r"])
def test_no_header_comes_into_ones_own_address(browse_as, learner, line):
    data = {"used_name": "Amina", "agreement": "f", "email": f"amina@example.org{line}Bcc: eve@example.org"}
    response = browse_as(learner).post(steps.address("people:me"), data)
    assert response.status_code == 422
    assert User.objects.get(pk=learner.pk).email == ""


@pytest.mark.parametrize("field", ["is_superuser", "is_staff", "groups", "organisation", "printed_name", "erased_at"])
def test_a_person_gives_nothing_to_themselves(browse_as, learner, field):
    before = User.objects.values(field).get(pk=learner.pk)
    data = {"used_name": "Mina", "agreement": "f", field: "1"}
    browse_as(learner).post(steps.address("people:me"), data)
    assert User.objects.values(field).get(pk=learner.pk) == before


SCRIPT = "<script>alert(1)</script>"


def test_what_people_write_is_never_a_script(browse_as, learner, coordinator):
    User.objects.filter(pk=learner.pk).update(printed_name=SCRIPT, used_name=SCRIPT)
    asked = ErasureRequest.objects.ask(learner, timezone.now())
    note(TrailEntry.Action.CHANGED, coordinator, timezone.now(), learner, SCRIPT, after={"used_name": SCRIPT})
    pages = [
        browse_as(learner).get(steps.address("people:me")),
        browse_as(learner).get(steps.address("courses:path")),
        browse_as(coordinator).get(steps.address("people:trail"), {"q": SCRIPT}),
        browse_as(coordinator).get(steps.address("people:erasure", asked.code)),
        Client().get(steps.address("certification:verify_form"), {"code": SCRIPT}),
        sign_in(Client(), SCRIPT, "x"),
    ]
    assert [page.request["PATH_INFO"] for page in pages if SCRIPT in page.content.decode()] == []


QUOTE = "' OR 1=1; DROP TABLE people_user; --"


def test_what_people_write_is_never_a_query(browse_as, coordinator, learner):
    client = browse_as(coordinator)
    assert client.get(steps.address("people:trail"), {"q": QUOTE}).context["lines"] == []
    sign_in(Client(), QUOTE, QUOTE)
    assert Client().get(steps.address("certification:verify_form"), {"code": QUOTE}).status_code == 404
    assert User.objects.filter(pk=learner.pk).exists()


PATHS = ["../../etc/passwd", "..%2f..%2fdb.sqlite3", "private/x.pdf", "%2e%2e/db.sqlite3", "\\..\\x"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.django_db
def test_no_address_leaves_the_folder_of_the_media(path):
    assert Client().get(f"/media/{path}").status_code in (302, 400, 404)


def test_the_session_is_nothing_that_a_page_can_read(learner):
    client = Client()
    sign_in(client)
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert len(cookie.value) == 32
    assert cookie.value not in client.get(steps.address("people:me")).content.decode()


@pytest.mark.parametrize("key", ["", "x", "a" * 32, "../../x"])
def test_a_session_is_not_chosen_by_whoever_comes(learner, key):
    client = Client()
    client.cookies["sessionid"] = key
    assert client.get(steps.address("people:me")).status_code == 302
    sign_in(client)
    assert client.cookies["sessionid"].value != key


def test_a_limit_that_is_reached_is_logged_once_and_names_nobody(caplog):
    with caplog.at_level(logging.WARNING):
        for _time in range(5):
            limits.allow("knock", "amina", 2, 60)
    [line] = [record.getMessage() for record in caplog.records]
    assert line.startswith("Limit reached: knock ") and "amina" not in line


@pytest.mark.django_db
def test_an_address_adds_no_line_to_the_log(caplog):
    with caplog.at_level(logging.WARNING):
        Client().get("/fr/x%0aSign-in: person forged/")
        sign_in(Client(), "x\nSign-in: person forged", "x")
    assert caplog.records
    assert [record for record in caplog.records if "\n" in record.getMessage()] == []


def test_the_moments_of_the_log_say_their_zone(settings):
    assert settings.LOGGING["formatters"]["line"]["datefmt"].endswith("%z")


def test_a_refusal_of_a_page_is_logged(browse_as, learner, caplog):
    with caplog.at_level(logging.WARNING):
        browse_as(learner).get(steps.address("people:trail"))
    assert "Forbidden" in caplog.text and "/fr/trail/" in caplog.text


@pytest.mark.usefixtures("real_database")
def test_a_letter_that_cannot_leave_undoes_nothing(browse_as, coordinator, learner, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    asked = ErasureRequest.objects.ask(learner, timezone.now())
    browse_as(coordinator).post(steps.address("people:refuse_erasure", asked.code), {"reason": "law"})
    assert ErasureRequest.objects.get().outcome == "refused"
    assert "Error calling" in caplog.text and "amina" not in caplog.text
