"""The second proof: asked of staff before proof and the data of others, offered to everybody; lost and got back."""

import io
import json
import re
import time
import zipfile

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from people import guard
from people.factors import Factors
from people.models import Cohort, Country, Organisation, TrailEntry, User
from people.permissions import MATRIX, STAFF
from people.roles import Role
from tests import cast
from tests.cast import PASSWORD
from tests.courses import steps
from tests.databases import together

SECRET = re.compile(r'class="ltr" translate="no">([A-Z2-7]{32})<')


def url(name, *args):
    return steps.address(name, *args)


def code_of(secret, late=0):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + late))


def give_app(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def sign_in(username, client=None, **more):
    client = client or Client()
    response = client.post(url("account_login"), {"login": username, "password": PASSWORD, **more})
    return client, response


def second(client, code, name="mfa_authenticate", **more):
    return client.post(url(name), {"code": code, **more})


# Asked of staff


def test_a_trainer_without_one_is_led_to_a_page_that_explains(trainer):
    client, _response = sign_in("trainer")
    response = client.get(url("certification:cohorts"), follow=True)
    assert response.redirect_chain == [(f"{url('people:second_factor')}?next=%2Ffr%2Fcohorts%2F", 302)]
    html = response.content.decode()
    assert f'{url("mfa_activate_totp")}?next=%2Ffr%2Fcohorts%2F"' in html
    assert f'{url("mfa_add_webauthn")}?next=%2Ffr%2Fcohorts%2F"' in html


def test_setting_one_up_leads_back_where_they_were_going(trainer):
    client, _response = sign_in("trainer")
    asked = client.get(f"{url('mfa_activate_totp')}?next=/fr/cohorts/")
    page = client.post(asked.url, {"password": PASSWORD}, follow=True)
    html = page.content.decode()
    assert '<input type="hidden" name="next" value="/fr/cohorts/">' in html
    before = client.session.session_key
    done = second(client, code_of(SECRET.search(html)[1]), "mfa_activate_totp", next="/fr/cohorts/")
    assert done.url == f"{url('mfa_view_recovery_codes')}?next=%2Ffr%2Fcohorts%2F"
    assert client.session.session_key != before
    assert 'href="/fr/cohorts/"' in client.get(done.url).content.decode()
    assert client.get("/fr/cohorts/").status_code == 200


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_it_leads_nowhere_else(trainer, back):
    client, _response = sign_in("trainer")
    html = client.get(f"{url('people:second_factor')}?next={back}").content.decode()
    assert f'href="{url("mfa_activate_totp")}"' in html
    assert f'href="{back}' not in html


def test_a_trainer_with_one_gives_it_when_signing_in(trainer):
    secret = give_app(trainer)
    client, response = sign_in("trainer", next="/fr/cohorts/")
    assert response.url.startswith(url("mfa_authenticate"))
    assert "_auth_user_id" not in client.session
    before = client.session.session_key
    response = second(client, code_of(secret))
    assert response.url == "/fr/cohorts/"
    assert client.session.session_key != before
    assert client.get("/fr/cohorts/").status_code == 200


def test_a_wrong_code_does_not_open_and_an_old_one_neither(trainer):
    secret = give_app(trainer)
    client, _response = sign_in("trainer")
    for code in ("000000" if code_of(secret) != "000000" else "111111", code_of(secret, late=-5), ""):
        page = second(client, code)
        assert 'aria-invalid="true"' in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_a_code_opens_once(trainer):
    secret = give_app(trainer)
    code = code_of(secret)
    first, _response = sign_in("trainer")
    assert second(first, code).status_code == 302
    thief, _response = sign_in("trainer")
    assert second(thief, code).status_code == 200
    assert "_auth_user_id" not in thief.session


def test_guessing_codes_is_stopped(trainer):
    secret = give_app(trainer)
    client, _response = sign_in("trainer")
    for number in range(8):
        second(client, f"{number:06}")
    second(client, code_of(secret))
    assert "_auth_user_id" not in client.session


def test_a_session_without_it_is_asked_for_it_even_with_a_password(trainer):
    secret = give_app(trainer)
    client = Client()
    client.force_login(trainer)
    response = client.get("/fr/cohorts/", follow=True)
    assert response.redirect_chain[-1] == (f"{url('mfa_reauthenticate')}?next=%2Ffr%2Fcohorts%2F", 302)
    assert second(client, code_of(secret), "mfa_reauthenticate", next="/fr/cohorts/").url == "/fr/cohorts/"
    assert client.get("/fr/cohorts/").status_code == 200


def test_an_emergency_code_opens_once(trainer):
    give_app(trainer)
    codes = RecoveryCodes.activate(trainer).generate_codes()
    client, _response = sign_in("trainer")
    assert second(client, codes[0]).status_code == 302
    again, _response = sign_in("trainer")
    assert second(again, codes[0]).status_code == 200


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.VOLUNTEER, Role.AMBASSADOR)])
def test_every_role_of_the_staff_is_asked(learner, role):
    learner.groups.add(Group.objects.get(name=role))
    assert User.objects.get(pk=learner.pk).needs_second_factor


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.AMBASSADOR])
def test_learners_are_not(stranger, role):
    stranger.groups.set(Group.objects.filter(name=role))
    assert not User.objects.get(pk=stranger.pk).needs_second_factor


def test_everything_that_staff_alone_may_open_is_locked():
    """A new address of a room that names people is locked, unless it is named as open."""
    for name in MATRIX:
        if not name.startswith(("certification:", "people:")) or name in guard.OPEN:
            continue
        assert name.partition(":")[0] in ("certification", "people")
    open_to_staff_only = {name for name in guard.OPEN if name in MATRIX and set(MATRIX[name].own) & set(STAFF)}
    assert open_to_staff_only == set()


def test_the_admin_is_locked_for_whoever_comes_in(stranger):
    stranger.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client = Client()
    client.force_login(stranger)
    assert client.get("/admin/").url == f"{url('people:second_factor')}?next=%2Fadmin%2F"
    assert resolve("/admin/").view_name not in guard.OPEN


def test_what_is_public_and_what_is_ones_own_stays_open(trainer):
    client = Client()
    client.force_login(trainer)
    for name in ("people:me", "people:data", "people:register", "mfa_index", "usersessions_list"):
        assert client.get(url(name)).status_code == 200
    assert client.get("/fr/").status_code == 200


def test_a_learner_is_never_asked(learner, session):
    client = Client()
    client.force_login(learner)
    assert client.get(url("certification:cohorts")).status_code == 403


def test_a_script_is_told_so(trainer):
    client = Client()
    client.force_login(trainer)
    response = client.get(url("certification:cohorts"), headers={"accept": "application/json"})
    assert response.status_code == 401
    assert response.json()["sign_in"].startswith(url("people:second_factor"))


def test_it_costs_no_query(browse_as, trainer, settings, django_assert_num_queries):
    client = browse_as(trainer)
    client.get(url("certification:cohorts"))
    with django_assert_num_queries(count(client, settings)):
        client.get(url("certification:cohorts"))


def count(client, settings):
    middleware = settings.MIDDLEWARE
    settings.MIDDLEWARE = [name for name in middleware if "guard" not in name]
    bare = Client()
    bare.cookies = client.cookies
    with CaptureQueriesContext(connection) as asked:
        bare.get(url("certification:cohorts"))
    settings.MIDDLEWARE = middleware
    return len(asked)


def test_a_deployment_may_not_ask_for_it(trainer, settings):
    settings.SECOND_FACTOR = False
    client, _response = sign_in("trainer")
    assert client.get(url("certification:cohorts")).status_code == 200


# Kept


def test_a_secret_is_encrypted_in_the_database(trainer):
    secret = give_app(trainer)
    kept = Authenticator.objects.get(user=trainer).data["secret"]
    assert secret not in kept
    assert Factors().decrypt(kept) == secret


def test_a_secret_survives_a_change_of_key(trainer, settings):
    secret = give_app(trainer)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another"
    assert Factors().decrypt(Authenticator.objects.get(user=trainer).data["secret"]) == secret


def test_changing_factors_asks_who_it_is_first(trainer):
    give_app(trainer)
    client = cast.sign_in(Client(), trainer, at=time.time() - 400)
    for name in ("mfa_deactivate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        for answer in (client.get(url(name)), client.post(url(name))):
            assert answer.url.startswith(url("account_reauthenticate"))
    assert Authenticator.objects.filter(user=trainer, type=Authenticator.Type.TOTP).exists()


def test_a_change_is_told_in_the_persons_language_without_a_name(
    browse_as, trainer, django_capture_on_commit_callbacks
):
    User.objects.filter(pk=trainer.pk).update(email="claire@example.org", interface_language="nl")
    give_app(trainer)
    client = browse_as(trainer)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("mfa_deactivate_totp"))
    (message,) = mail.outbox
    assert message.to == ["claire@example.org"]
    assert message.subject == "Een bericht over uw account"
    assert "Claire" not in message.subject + message.body
    assert not Authenticator.objects.filter(user=trainer).exists()


# Of the demonstration


def test_the_demonstration_says_the_code_and_fills_it_in(trainer, settings):
    secret = give_app(trainer)
    client, response = sign_in("trainer")
    html = client.get(response.url).content.decode()
    assert f'value="{code_of(secret)}"' in html
    settings.DEMO = False
    assert f'value="{code_of(secret)}"' not in client.get(response.url).content.decode()


def test_it_may_be_tried_again_at_once(trainer):
    give_app(trainer)
    for _time in range(2):
        client, response = sign_in("trainer")
        code = re.search(r'name="code"[^>]*value="(\d{6})"', client.get(response.url).content.decode())[1]
        assert second(client, code).status_code == 302


# Lost


@pytest.fixture
def locked(trainer):
    give_app(trainer)
    RecoveryCodes.activate(trainer)
    User.objects.filter(pk=trainer.pk).update(email="claire@example.org", interface_language="nl")
    return trainer


def unlock_of(person):
    return url("people:unlock", person.code)


def test_a_coordinator_removes_it(browse_as, coordinator, locked, django_capture_on_commit_callbacks):
    html = browse_as(coordinator).get(url("people:unlocks")).content.decode()
    assert unlock_of(locked) in html
    with django_capture_on_commit_callbacks(execute=True):
        response = browse_as(coordinator).post(unlock_of(locked))
    assert response.url == url("people:unlocks")
    assert not Authenticator.objects.filter(user=locked).exists()
    (entry,) = TrailEntry.objects.all()
    assert (entry.action, entry.author, entry.person) == ("unlocked", coordinator, locked)
    assert entry.before == {"factors": ["recovery_codes", "totp"]}
    (message,) = mail.outbox
    assert message.subject == "Een bericht over uw account"
    assert "secret" not in str(entry.before)


def test_the_person_is_signed_out_everywhere(coordinator, browse_as, locked):
    secret = Factors().decrypt(Authenticator.objects.get(user=locked, type="totp").data["secret"])
    theirs, _response = sign_in("trainer")
    second(theirs, code_of(secret))
    assert theirs.get(url("people:me")).status_code == 200
    browse_as(coordinator).post(unlock_of(locked))
    assert theirs.get(url("people:me")).status_code == 302


def test_twice_is_noted_once(browse_as, coordinator, locked, django_capture_on_commit_callbacks):
    client = browse_as(coordinator)
    with django_capture_on_commit_callbacks(execute=True):
        assert [client.post(unlock_of(locked)).status_code for _time in range(2)] == [302, 302]
    assert TrailEntry.objects.count() == 1
    assert len(mail.outbox) == 1


def test_get_writes_nothing(browse_as, coordinator, locked):
    assert browse_as(coordinator).get(unlock_of(locked)).status_code == 200
    assert Authenticator.objects.filter(user=locked).count() == 2


def test_never_ones_own(browse_as, coordinator):
    give_app(coordinator)
    client = browse_as(coordinator)
    assert client.post(unlock_of(coordinator)).status_code == 403
    assert unlock_of(coordinator) not in client.get(url("people:unlocks")).content.decode()
    assert Authenticator.objects.filter(user=coordinator).exists()


@pytest.mark.parametrize("person", ["learner", "trainer"])
def test_the_wrong_role(request, browse_as, other_learner, person):
    client = browse_as(request.getfixturevalue(person))
    assert client.get(url("people:unlocks")).status_code == 403
    assert client.post(unlock_of(other_learner)).status_code == 403


def test_a_coordinator_elsewhere_finds_nobody(browse_as, coordinator, locked):
    elsewhere = Organisation.objects.create(name="Elders", country=Country.BELGIUM)
    User.objects.filter(pk=coordinator.pk).update(organisation=elsewhere)
    client = browse_as(coordinator)
    assert client.post(unlock_of(locked)).status_code == 404
    assert unlock_of(locked) not in client.get(url("people:unlocks")).content.decode()
    assert Authenticator.objects.filter(user=locked).count() == 2


def test_an_administrator_is_unlocked_by_another_one_alone(browse_as, coordinator, locked):
    User.objects.filter(pk=locked.pk).update(is_superuser=True)
    Organisation.objects.update(leads=True)
    assert browse_as(coordinator).post(unlock_of(locked)).status_code == 403
    User.objects.filter(pk=coordinator.pk).update(is_superuser=True)
    assert browse_as(User.objects.get(pk=coordinator.pk)).post(unlock_of(locked)).status_code == 302


def test_the_coordinator_shows_who_they_are_first(coordinator, locked):
    client = cast.sign_in(Client(), coordinator, at=time.time() - 400)
    asked = client.post(unlock_of(locked))
    assert asked.url.startswith(url("account_reauthenticate"))
    assert Authenticator.objects.filter(user=locked).count() == 2
    assert client.post(asked.url, {"password": PASSWORD}).url == url("people:unlocks")
    assert not Authenticator.objects.filter(user=locked).exists()


def test_the_admin_leads_there_from_the_persons_page(browse_as, coordinator, locked):
    User.objects.filter(pk=coordinator.pk).update(is_superuser=True)
    client = browse_as(User.objects.get(pk=coordinator.pk))
    assert unlock_of(locked) in client.get(f"/admin/users/edit/{locked.pk}/").content.decode()
    assert unlock_of(coordinator) not in client.get(f"/admin/users/edit/{coordinator.pk}/").content.decode()


def test_two_at_once_note_it_once(real_database, locked, coordinator):
    clients = [cast.sign_in(Client(), coordinator) for _time in range(2)]
    results = together(*[lambda client=client: client.post(unlock_of(locked)).status_code for client in clients])
    assert results == [302, 302]
    assert TrailEntry.objects.count() == 1


def test_the_list_asks_as_much_for_many(browse_as, coordinator, django_assert_max_num_queries):
    client, cohort = browse_as(coordinator), Cohort.objects.get()
    for number in range(12):
        give_app(User.objects.create(username=f"p{number}", organisation=cohort.organisation))
    client.get(url("people:unlocks"))
    with django_assert_max_num_queries(8):
        assert client.get(url("people:unlocks")).content.decode().count("/second-factor/colleagues/") >= 12


def test_my_data_names_it_and_hides_its_secret(browse_as, learner):
    secret = give_app(learner)
    page = browse_as(learner).post(url("people:download"))
    with zipfile.ZipFile(io.BytesIO(page.content)) as folder:
        copy = folder.read("data.json").decode()
    assert secret not in copy and Authenticator.objects.get().data["secret"] not in copy
    (row,) = json.loads(copy)["second_factors"]["rows"]
    assert row["type"] == "totp"


def test_staff_show_who_they_are_before_they_take_their_data_along(trainer):
    client = cast.sign_in(Client(), trainer, at=time.time() - 400)
    asked = client.post(url("people:download"))
    assert asked.url.startswith(url("account_reauthenticate"))
    taken = client.post(asked.url, {"password": PASSWORD})
    assert taken["Content-Type"] == "application/zip"


def test_a_new_email_asks_who_it_is_first_and_keeps_what_was_typed(learner):
    client = cast.sign_in(Client(), learner, at=time.time() - 400)
    asked = client.post(url("people:me"), {"used_name": "Mina", "email": "new@example.org"})
    assert asked.url.startswith(url("account_reauthenticate"))
    assert User.objects.get(pk=learner.pk).email == ""
    client.post(asked.url, {"password": PASSWORD})
    person = User.objects.get(pk=learner.pk)
    assert (person.email, person.used_name) == ("new@example.org", "Mina")


def test_another_name_asks_nothing(learner):
    client = cast.sign_in(Client(), learner, at=time.time() - 400)
    assert client.post(url("people:me"), {"used_name": "Mina"}).url == url("people:me")
