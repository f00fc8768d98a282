"""The root of the day: made once, signed, mailed outside, shown to the coordination."""

import base64
import datetime
import json
import smtplib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification import chain, keys
from certification.models import RegisterCheck, RegisterRoot, RootMail, verify
from certification.witnesses import send_roots
from people.models import User
from tests.certification.facts import everyone_present, say
from tests.certification.tampering import change
from tests.courses import steps
from tests.databases import together

DAY = datetime.timedelta(days=1)
WITNESSES = ["notary@example.org", "archive@example.org"]


@pytest.fixture
def witnesses(settings):
    settings.REGISTER_WITNESSES = WITNESSES
    return WITNESSES


@pytest.fixture
def held(session, trainer):
    everyone_present(session, trainer)
    return session


def make(days=0):
    return RegisterRoot.objects.make(timezone.now() + days * DAY)


def test_it_covers_the_end_of_every_register(held):
    root = make()
    last = held.register.last()
    told = json.loads(root.text())
    assert told["sessions"] == [[str(held.code), last.position, last.digest]]
    assert (root.sessions, told["previous"]) == (1, chain.START)
    assert root.holds


def test_it_is_made_once_a_day(held):
    assert make() is not None
    assert make() is None
    assert make(days=-1) is None


def test_the_next_one_covers_what_came_since_and_the_one_before(held, trainer, learner):
    first, quiet = make(), make(days=1)
    say(held.half_days[0], learner, trainer)
    # Two days were missed: they are in the next.
    third = make(days=4)
    assert [root.sessions for root in (first, quiet, third)] == [1, 0, 1]
    assert [quiet.previous, third.previous] == [first.root, quiet.root]
    assert (verify().broken, verify().roots) == (None, 3)


def test_it_is_made_on_an_empty_register(db):
    assert make().sessions == 0
    assert verify().broken is None


@pytest.mark.parametrize("name", ["root", "signature", "made_at", "day", "kid", "sessions", "previous"])
def test_a_forged_one_is_found(held, name):
    root = make()
    make(days=1)
    change(root, RegisterRoot._meta.get_field(name))
    assert "root of" in str(verify().broken)


def test_the_minute_command_makes_it_verifies_and_mails_it(held, witnesses):
    for _time in range(2):
        call_command("send_due")
    root, check = RegisterRoot.objects.get(), RegisterCheck.objects.get()
    assert (check.found, check.links) == ("", held.register.count())
    letters = [letter for letter in outbox.outbox if letter.to[0] in witnesses]
    assert len(letters) == 2
    assert set(RootMail.objects.values_list("state", flat=True)) == {"sent"}
    assert root.signed_line in letters[0].body


def test_the_letter_holds_the_signature_in_both_languages_and_names_nobody(held, witnesses, settings):
    root = make()
    send_roots(timezone.now())
    letter = outbox.outbox[0]
    for sentence in ("Bonjour,", "Hallo,", root.root, root.signature, root.kid, "/.well-known/jwks.json"):
        assert sentence in letter.body
    name, content, kind = letter.attachments[0]
    told = json.loads(content)
    assert (name, kind) == (f"register-root-{root.day}.json", "application/json")
    values = {key: told[key] for key in ("day", "made_at", "previous", "sessions")}
    assert chain.hashed(chain.canonical(values)) == told["root"] == root.root
    for person in User.objects.exclude(printed_name=""):
        assert person.printed_name not in letter.body + content


def test_a_mail_in_doubt_is_shown_and_not_sent_again(held, witnesses, monkeypatch):
    def broken(*arguments):
        raise smtplib.SMTPServerDisconnected("gone")

    make()
    monkeypatch.setattr(EmailBackend, "send_messages", broken)
    assert send_roots(timezone.now()) == 0
    monkeypatch.undo()
    assert send_roots(timezone.now()) == 0
    assert {mail.state for mail in RootMail.objects.all()} == {"uncertain"}
    assert outbox.outbox == []


def test_a_mail_that_a_stopped_worker_left_is_uncertain(held, witnesses):
    make()
    then = timezone.now() - datetime.timedelta(minutes=11)
    first = RootMail.objects.first()
    assert RootMail.objects.claim(first.pk, then)
    assert not RootMail.objects.claim(first.pk, then)
    send_roots(timezone.now())
    first.refresh_from_db()
    assert (first.state, first.state_at(timezone.now())) == ("claimed", "uncertain")
    assert len(outbox.outbox) == 1


def test_two_processes_make_one_root(real_database, session):
    now = timezone.now()
    together(*[lambda: getattr(RegisterRoot.objects.make(now), "pk", None)] * 2)
    assert RegisterRoot.objects.count() == 1


# the keys


def test_the_public_keys_have_an_address_of_their_own(db):
    response = Client().get("/.well-known/jwks.json")
    (key,) = response.json()["keys"]
    assert (key["kty"], key["crv"], key["alg"]) == ("OKP", "Ed25519", "EdDSA")
    kid, signature = keys.sign("register root 2026-11-23 00")
    assert kid == key["kid"]
    raw = base64.urlsafe_b64decode(key["x"] + "=")
    Ed25519PublicKey.from_public_bytes(raw).verify(keys.decoded(signature), b"register root 2026-11-23 00")
    assert "max-age" in response["Cache-Control"]
    assert Client().post("/.well-known/jwks.json").status_code == 405


def test_the_name_of_a_key_is_its_thumbprint():
    """The example of RFC 8037, appendix A.3."""
    jwk = keys.jwk_of(keys.public_key("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"))
    assert jwk["kid"] == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def test_a_key_that_was_replaced_still_verifies(held, settings):
    root = make()
    old = keys.public_keys()[root.kid]["x"]
    settings.ISSUING_KEY = base64.b64encode(bytes(range(32))).decode()
    assert verify().broken is not None
    settings.ISSUING_KEYS_BEFORE = [old]
    assert verify().broken is None
    assert len(Client().get("/.well-known/jwks.json").json()["keys"]) == 2
    assert make(days=1).kid != root.kid


def test_a_key_is_read_from_a_pem_too():
    key = Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    assert keys.private_key(pem).public_key() == key.public_key()
    assert keys.private_key(pem.replace("\n", "\\n")).public_key() == key.public_key()


@pytest.mark.parametrize("text", ["", "short", "-----BEGIN PRIVATE KEY-----\nno\n-----END PRIVATE KEY-----"])
def test_what_is_no_key_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever cryptography says
        keys.private_key(text)


def test_the_key_made_here_is_kept_and_closed(tmp_path):
    first = keys.made_here(tmp_path)
    assert keys.made_here(tmp_path) == first
    assert (tmp_path / "issuing.key").stat().st_mode & 0o077 == 0


# the page


def page(client):
    return client.get(steps.address("certification:roots"))


def test_the_coordination_sees_the_roots_and_where_they_went(browse_as, coordinator, held, witnesses):
    call_command("send_due")
    html = page(browse_as(coordinator)).content.decode()
    assert RegisterRoot.objects.get().root in html
    assert all(address in html for address in witnesses)
    assert "intact" in html


def test_before_the_first_root(browse_as, coordinator):
    assert page(browse_as(coordinator)).status_code == 200


def test_a_broken_register_is_said_on_the_page(browse_as, coordinator, held):
    lock = held.half_days[0].lock
    change(lock, type(lock)._meta.get_field("marks"))
    RegisterCheck.objects.run(timezone.now())
    html = page(browse_as(coordinator)).content.decode()
    assert str(held.code) in html and "link 3" in html


def test_the_page_asks_as_many_questions_for_many_roots(
    browse_as, coordinator, held, witnesses, django_assert_num_queries, django_assert_max_num_queries
):
    make()
    client = browse_as(coordinator)
    page(client)
    with django_assert_max_num_queries(30) as few:
        page(client)
    for days in range(1, 6):
        make(days)
    with django_assert_num_queries(len(few)):
        page(client)


def again(client, root):
    return client.post(steps.address("certification:send_root_again", root))


@pytest.mark.parametrize("state", ["failed", "uncertain"])
def test_the_coordination_sends_again_what_failed(browse_as, coordinator, held, witnesses, state):
    root, client = make(), browse_as(coordinator)
    RootMail.objects.update(state="sent")
    RootMail.objects.filter(address=witnesses[0]).update(state=state)
    assert steps.address("certification:send_root_again", root.root) in page(client).content.decode()
    assert [again(client, root.root).status_code for _time in range(2)] == [302, 302]
    assert send_roots(timezone.now()) == 1
    assert outbox.outbox[0].to == [witnesses[0]]
    again(client, root.root)
    assert send_roots(timezone.now()) == 0


def test_what_was_sent_or_is_on_its_way_is_left(browse_as, coordinator, held, witnesses):
    root = make()
    RootMail.objects.update(state="claimed", claimed_at=timezone.now())
    again(browse_as(coordinator), root.root)
    assert {mail.state for mail in RootMail.objects.all()} == {"claimed"}


def test_a_root_that_is_not_there_or_a_get(browse_as, coordinator, held):
    root, client = make(), browse_as(coordinator)
    assert again(client, "0" * 64).status_code == 404
    assert client.get(steps.address("certification:send_root_again", root.root)).status_code == 405


@pytest.mark.parametrize("person", ["learner", "trainer"])
def test_only_the_coordination_sends_again(request, browse_as, held, witnesses, person):
    root = make()
    RootMail.objects.update(state="failed")
    assert again(browse_as(request.getfixturevalue(person)), root.root).status_code == 403
    assert {mail.state for mail in RootMail.objects.all()} == {"failed"}


@pytest.mark.parametrize(("person", "status"), [("learner", 403), ("trainer", 403), ("coordinator", 200)])
def test_who_sees_it(request, browse_as, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert page(client).status_code == status
    assert client.post(reverse("certification:roots")).status_code in (403, 405)
