import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.utils import timezone

from people import privacy
from people.forms import MeForm
from people.languages import MOTHER_TONGUES
from people.models import User
from tests.courses import steps

TYPED = {
    "used_name": "Mina",
    "agreement": "",
    "interface_language": "nl",
    "mother_tongue": "ff",
    "email": "m@example.org",
}


def url(language="fr"):
    return steps.address("people:me", language=language)


def test_it_works(browse_as, learner):
    response = browse_as(learner).post(url(), TYPED, follow=True)
    assert response.redirect_chain == [(url(), 302)]
    person = User.objects.get(pk=learner.pk)
    assert {name: getattr(person, name) for name in TYPED} == TYPED
    assert str(person) == "Amina Diallo"
    assert "Mina" in response.content.decode()


def test_everything_may_stay_empty_and_twice_is_harmless(browse_as, learner):
    client = browse_as(learner)
    for _time in range(2):
        assert client.post(url(), {}).status_code == 302
    person = User.objects.get(pk=learner.pk)
    assert (person.used_name, person.email, person.mother_tongue) == ("", "", None)
    assert person.get_short_name() == "Amina Diallo"


def test_nothing_else_is_written(browse_as, learner):
    more = {"printed_name": "Somebody Else", "username": "admin", "is_superuser": "on", "is_staff": "on"}
    browse_as(learner).post(url(), {**TYPED, **more})
    person = User.objects.get(pk=learner.pk)
    assert (person.printed_name, person.username) == ("Amina Diallo", "learner")
    assert not person.is_superuser and not person.is_staff


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"used_name": "x" * 81}, "used_name"),
        ({"agreement": "x"}, "agreement"),
        ({"interface_language": "xx"}, "interface_language"),
        ({"mother_tongue": "be"}, "mother_tongue"),
        ({"email": "mina"}, "email"),
        ({"email": "Els@example.org"}, "email"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(browse_as, learner, coordinator, change, field):
    User.objects.filter(pk=coordinator.pk).update(email="els@example.org")
    response = browse_as(learner).post(url(), {**TYPED, **change})
    html = response.content.decode()
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    assert f'id="id_{field}_error"' in html
    assert change.get("used_name", "Mina") in html
    assert User.objects.get(pk=learner.pk).used_name == "Amina"


def test_nothing_is_written_on_somebody_erased_meanwhile(learner):
    form = MeForm(TYPED, instance=User.objects.get(pk=learner.pk))
    assert form.is_valid()
    privacy.erase(learner, timezone.now())
    form.keep()
    person = User.objects.get(pk=learner.pk)
    assert (person.used_name, person.email, person.mother_tongue) == ("", "", None)


def test_an_address_that_was_replaced_opens_nothing(browse_as, learner):
    EmailAddress.objects.create(user=learner, email="old@example.org", primary=True)
    browse_as(learner).post(url(), TYPED)
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_it_opens_in_both_languages_with_a_way_in(browse_as, learner, language):
    client = browse_as(learner)
    response = client.get(url(language))
    html = response.content.decode()
    assert f'<html lang="{language}">' in html
    assert "Amina Diallo" in html
    assert "no-store" in response["Cache-Control"]
    assert f'href="{url(language)}"' in client.get(steps.address("courses:path", language=language)).content.decode()


def test_each_language_is_said_in_itself(browse_as, learner):
    assert '<option value="ar" lang="ar" dir="auto">' in browse_as(learner).get(url()).content.decode()
    codes = [code for code, _name in MOTHER_TONGUES]
    assert len(set(codes)) == len(codes)
    assert all(len(code) <= User._meta.get_field("mother_tongue").max_length for code in codes)


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_signs_in_first(learner, method):
    response = getattr(Client(), method)(url())
    assert response.url.startswith(steps.address("account_login"))
