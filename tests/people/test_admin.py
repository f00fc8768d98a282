"""Wagtail's screens for people, with our form."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils.text import capfirst

from people.models import User
from people.roles import Role
from tests.cast import PASSWORD, person_named
from tests.courses import steps

NEW, LIST = "/admin/users/new/", "/admin/users/"
ASKED = {"username", "printed_name", "used_name", "email", "agreement", "interface_language", "organisation"}


@pytest.fixture
def admin(coordinator):
    coordinator.is_superuser = True
    coordinator.save()
    return coordinator


def edit(person):
    return f"/admin/users/edit/{person.pk}/"


def delete(person):
    return f"/admin/users/delete/{person.pk}/"


def typed(**values):
    return {"username": "nadia", "password1": PASSWORD, "password2": PASSWORD, **values}


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_the_list_shows_the_people_and_finds_them(browse_as, admin, learner):
    client = browse_as(admin)
    assert "Amina Diallo" in client.get(LIST).content.decode()
    assert client.get(LIST, {"q": "learner"}).status_code == 200
    assert client.get(LIST, {"ordering": "name"}).status_code == 200
    assert client.get(LIST, {"group": Group.objects.get(name=Role.TRAINER).pk}).status_code == 200


def test_the_forms_ask_what_the_training_needs(browse_as, admin, learner):
    client = browse_as(admin)
    for url, also in ((NEW, set()), (edit(learner), {"is_active"})):
        response = client.get(url)
        form = response.context["form"]
        assert set(form.fields) == ASKED | also | {"is_superuser", "groups", "password1", "password2"}
        html = response.content.decode()
        assert [name for name in form.fields if f'name="{name}"' not in html] == []


def test_the_roles_are_said_in_words(browse_as, admin):
    labels = [str(label) for _value, label in browse_as(admin).get(NEW).context["form"].fields["groups"].choices]
    assert {str(capfirst(role.label)) for role in Role} <= set(labels)
    assert not set(labels) & set(Role.values)


def test_a_person_is_added_with_one_name_and_without_an_email(browse_as, admin):
    group = Group.objects.get(name=Role.AMBASSADOR)
    organisation = admin.organisation
    data = typed(
        printed_name="Nadia",
        used_name="Nad",
        agreement="f",
        interface_language="nl",
        organisation=organisation.pk,
        groups=[group.pk],
    )
    assert browse_as(admin).post(NEW, data).status_code == 302
    person = person_named("nadia")
    assert (person.get_full_name(), person.get_short_name(), person.email) == ("Nadia", "Nad", "")
    assert (person.agreement, person.interface_language, person.organisation) == ("f", "nl", organisation)
    assert person.roles == {Role.AMBASSADOR}
    assert person.check_password(PASSWORD)


def test_a_person_is_changed_and_keeps_the_password(browse_as, admin, learner):
    response = browse_as(admin).post(
        edit(learner), {"username": "learner", "printed_name": "Amina Diallo Bah", "is_active": "on", "groups": []}
    )
    assert response.status_code == 302
    changed = User.objects.get(pk=learner.pk)
    assert changed.printed_name == "Amina Diallo Bah"
    assert changed.roles == frozenset()
    assert changed.check_password(PASSWORD)


def test_a_person_is_made_inactive(browse_as, admin, learner):
    browse_as(admin).post(edit(learner), {"username": "learner"})
    assert not User.objects.get(pk=learner.pk).is_active


def test_two_people_never_share_an_email(browse_as, admin, learner, other_learner):
    User.objects.filter(pk=learner.pk).update(email="Amina@example.org")
    client = browse_as(admin)
    assert set(errors(client.post(NEW, typed(email="amina@example.org")))) == {"email"}
    assert set(errors(client.post(edit(other_learner), {"username": "x", "email": "amina@example.org"}))) == {"email"}
    same = client.post(edit(learner), {"username": "learner", "email": "amina@example.org", "is_active": "on"})
    assert same.status_code == 302


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "learner"}, "username"),
        ({"username": ""}, "username"),
        ({"username": "a b"}, "username"),
        ({"password2": "autre-mot-de-passe"}, "password2"),
        ({"password1": "1234", "password2": "1234"}, "password2"),
        ({"email": "nadia"}, "email"),
        ({"interface_language": "xx"}, "interface_language"),
        ({"agreement": "x"}, "agreement"),
        ({"organisation": "99999"}, "organisation"),
    ],
)
def test_a_mistake_is_named_and_nobody_is_added(browse_as, admin, change, field):
    before = User.objects.count()
    assert field in errors(browse_as(admin).post(NEW, typed(**change)))
    assert User.objects.count() == before


@pytest.mark.usefixtures("edition")
def test_somebody_who_learned_here_is_not_deleted(browse_as, admin, learner):
    client = browse_as(admin)
    for response in (client.get(delete(learner)), client.post(delete(learner))):
        assert response.url == edit(learner)
    assert User.objects.filter(pk=learner.pk).exists()


@pytest.mark.usefixtures("edition")
def test_many_are_not_deleted_when_one_of_them_learned_here(browse_as, admin, learner, stranger):
    url = f"/admin/bulk/people/user/delete/?id={learner.pk}&id={stranger.pk}"
    assert browse_as(admin).post(url, {"next": LIST}).url == LIST
    assert User.objects.filter(pk__in=[learner.pk, stranger.pk]).count() == 2


def test_somebody_who_never_came_is_deleted(browse_as, admin, stranger):
    assert browse_as(admin).post(delete(stranger)).status_code == 302
    assert not User.objects.filter(pk=stranger.pk).exists()


def test_the_account_screen_of_an_editor_opens(browse_as, admin):
    assert browse_as(admin).get("/admin/account/").status_code == 200


@pytest.mark.parametrize("role", ["learner", "stranger", "trainer"])
@pytest.mark.parametrize("url", ["/admin/", LIST, NEW])
def test_who_has_no_business_there_reads_it(browse_as, request, role, url):
    response = browse_as(request.getfixturevalue(role)).get(url, follow=True)
    assert response.status_code == 403
    assert "Deze pagina is voorbehouden." in response.content.decode()
    assert len(response.redirect_chain) == 1


@pytest.mark.parametrize("url", ["/admin/", LIST, NEW])
def test_a_visitor_signs_in_first(learner, url):
    response = Client().get(url, follow=True)
    assert response.status_code == 200
    assert response.redirect_chain[-1][0] == f"{steps.address('account_login')}?next={url}"


def test_an_editor_signs_in_and_comes_to_the_admin(admin):
    response = Client().get("/admin/", follow=True)
    data = {"login": admin.username, "password": PASSWORD, "next": response.context["redirect_field_value"]}
    assert Client().post(steps.address("account_login"), data).url == "/admin/"


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org"])
def test_the_door_leads_nowhere_else(admin, back):
    page = Client().get("/admin/login/", {"next": back}, follow=True)
    data = {"login": admin.username, "password": PASSWORD, "next": page.context["redirect_field_value"] or ""}
    assert "example.org" not in Client().post(steps.address("account_login"), data).url


def test_wagtails_own_form_is_closed(admin):
    assert Client().post("/admin/login/", {"username": admin.username, "password": PASSWORD}).status_code == 405
