"""A whole list: looked at first, written as it was shown, harmless when it comes again."""

import io
import re

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from people import inviting
from people.models import Invitation, TrailEntry, User
from people.newcomers import Newcomer
from people.staff_forms import sealed
from tests.databases import together
from tests.people.roster import cohort_elsewhere, cohort_of_lille, tokens, url
from tests.people.test_spreadsheets import picture, workbook

LIST = "Nom imprimé;Nom d’usage;E-mail;Langue;Accord\nZoë Şahin;Zoë;zoe@example.org;néerlandais;f\nأمينة;;;;\n"
SEAL = re.compile(r'name="seal" value="([^"]+)"')


@pytest.fixture
def lille(database):
    return cohort_of_lille()


@pytest.fixture
def client(browse_as, trainer):
    return browse_as(trainer)


def look(client, lille, text="", data=None, name="list.csv"):
    file = {} if data is None else {"file": SimpleUploadedFile(name, data)}
    return client.post(url("import", lille.code), {"text": text, **file})


def confirm(client, lille, page):
    return client.post(url("import", lille.code), {"seal": SEAL.search(page.content.decode())[1]})


def happening(page):
    return [(line.number, line.is_new, bool(line.member), bool(line.wrong)) for line in page.context["lines"]]


def test_it_works(client, lille):
    page = look(client, lille, data=LIST.encode())
    assert page.status_code == 200 and happening(page) == [(2, True, False, False), (3, True, False, False)]
    assert not Invitation.objects.exists() and not User.objects.filter(used_name="Zoë").exists()
    response = confirm(client, lille, page)
    assert response.status_code == 200 and len(tokens(response)) == 2
    zoe = lille.members.get(used_name="Zoë")
    assert (zoe.email, zoe.interface_language, zoe.agreement) == ("zoe@example.org", "nl", "f")
    assert TrailEntry.objects.filter(action="invited").count() == 2


@pytest.mark.parametrize(
    "header",
    [
        "nom imprime;nom d'usage;courriel;langue;accord",
        "Volledige naam;Roepnaam;E-mailadres;Taal;Aanspreking",
        "Printed name;Used name;Email;Language;Agreement",
        "NOM ;Nom d’usage:;E-MAIL;LANGUE *;Accord",
    ],
)
def test_titles_in_every_language(client, lille, header):
    page = look(client, lille, data=f"{header}\nZoë Şahin;Zoë;zoe@example.org;NL;F\n".encode())
    assert page.context["lines"][0].newcomer == Newcomer("Zoë Şahin", "Zoë", "zoe@example.org", "nl", "f")


def test_columns_in_another_order(client, lille):
    page = look(client, lille, data="Taal,Voornaam,Sleutel,Naam\nfr,Zoë,12,Şahin\n".encode())
    assert page.context["lines"][0].newcomer == Newcomer("Zoë Şahin", "Zoë", "", "fr")


def test_a_pasted_list(client, lille):
    page = look(client, lille, "Zoë Şahin\nDiallo, Mamadou; mamadou@example.org\n\nLêgerîn")
    assert [line.newcomer.printed_name for line in page.context["lines"]] == ["Zoë Şahin", "Diallo, Mamadou", "Lêgerîn"]
    assert page.context["lines"][1].newcomer.email == "mamadou@example.org"
    assert len(tokens(confirm(client, lille, page))) == 3


def test_a_workbook(client, lille):
    page = look(client, lille, data=workbook([["Naam", "E-mail"], ["Zoë Şahin", "zoe@example.org"]]), name="a.xlsx")
    assert happening(page) == [(2, True, False, False)]


def test_every_bad_line_is_named(client, lille, trainer):
    User.objects.filter(pk=trainer.pk).update(email="claire@example.org")
    lines = [
        "nom imprimé;e-mail;langue;accord",
        ";zoe@example.org;;",
        "=HYPERLINK(1);;;",
        "Zoë;zoe;;",
        "Zoë;;wolof;",
        "Zoë;;;x",
        "Zoë;Claire@example.org;;",
        "A" * 151,
        "Gebre;gebre@example.org;;",
        "Gebre Haile;GEBRE@example.org;;",
        "Samir;;;",
        "Samir;;;",
    ]
    page = look(client, lille, data="\n".join(lines).encode())
    assert [line.number for line in page.context["wrong"]] == [2, 3, 4, 5, 6, 7, 8, 10, 12]
    assert all(line.wrong for line in page.context["wrong"]) and page.context["new"] == 2
    html = page.content.decode()
    assert all(f" {number} : " in html or f" {number}\u00a0: " in html for number in (2, 12))
    assert len(tokens(confirm(client, lille, page))) == 2


def test_the_same_list_again_changes_nothing(client, lille):
    confirm(client, lille, look(client, lille, data=LIST.encode()))
    people, page = User.objects.count(), look(client, lille, data=LIST.encode())
    assert happening(page) == [(2, False, True, False), (3, False, True, False)]
    assert not SEAL.search(page.content.decode())
    assert User.objects.count() == people and Invitation.objects.count() == 2


def test_a_member_is_known_by_e_mail_or_by_name(client, lille, learner):
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    page = look(client, lille, "Amina D.; AMINA@example.org\nAmina Diallo\nTesfay Gebremedhin; tesfay@example.org")
    assert [line.member is not None for line in page.context["lines"]] == [True, True, True]
    page = look(client, lille, "Amina Diallo; other@example.org")
    assert happening(page) == [(1, True, False, False)]


def test_confirmed_twice(client, lille):
    page = look(client, lille, data=LIST.encode())
    assert len(tokens(confirm(client, lille, page))) == 2
    assert confirm(client, lille, page).url == url("cohort", lille.code)
    assert lille.members.count() == 4 and Invitation.objects.count() == 2


def test_confirmed_twice_at_once(real_database, browse_as, trainer):
    lille = cohort_of_lille()
    clients, page = [browse_as(trainer) for _time in range(2)], look(browse_as(trainer), lille, data=LIST.encode())
    answers = together(*[lambda client=client: confirm(client, lille, page).status_code for client in clients])
    assert sorted(answers) == [200, 302]
    assert lille.members.count() == 4 and Invitation.objects.count() == 2


@pytest.mark.parametrize("seal", ["", "x", "forged:1abc:def"])
def test_a_forged_list(client, lille, seal):
    assert client.post(url("import", lille.code), {"seal": seal}).url == url("import", lille.code)
    assert lille.members.count() == 2


def test_a_list_shown_for_another_group(client, lille):
    seal = sealed(cohort_elsewhere(), [Newcomer("Zoë Şahin")])
    assert client.post(url("import", lille.code), {"seal": seal}).status_code == 302
    assert lille.members.count() == 2


def test_a_list_shown_two_hours_ago(client, lille, settings):
    settings.STAFF_IDLE_SECONDS = settings.STAFF_SESSION_SECONDS = 86_400
    page = look(client, lille, data=LIST.encode())
    with time_machine.travel(timezone.now() + timezone.timedelta(hours=2)):
        assert confirm(client, lille, page).url == url("import", lille.code)
    assert lille.members.count() == 2


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("list.xlsx", picture()),
        ("list.csv", picture()),
        ("list.xlsx", b"PK\x03\x04"),
        ("list.csv", b""),
        ("list.csv", b"a" * (1024**2 + 1)),
        ("list.csv", b"Amina\n" * 502),
    ],
)
def test_what_is_not_a_list(client, lille, name, data):
    response = look(client, lille, data=data, name=name)
    assert response.status_code == 422 and response.context["form"].errors["file"]
    assert lille.members.count() == 2


def test_nothing_at_all_keeps_the_form(client, lille):
    response = look(client, lille, "")
    assert response.status_code == 422 and response.context["form"].errors["text"]


def test_a_name_is_harmless_on_the_page(client, lille):
    html = look(client, lille, "<script>alert(1)</script>").content.decode()
    assert "<script>alert" not in html


def test_a_failure_in_the_middle_writes_nothing(client, lille, monkeypatch):
    page, made = look(client, lille, data=LIST.encode()), iter([None])
    monkeypatch.setattr(inviting, "note", lambda *values: next(made))
    with pytest.raises((RuntimeError, StopIteration)):
        confirm(client, lille, page)
    assert lille.members.count() == 2 and not Invitation.objects.exists()


def test_a_limit_on_lists(client, lille, monkeypatch):
    monkeypatch.setattr(inviting, "INVITATIONS", {"limit": 1, "seconds": 3600})
    assert confirm(client, lille, look(client, lille, data=LIST.encode())).status_code == 429
    assert lille.members.count() == 2


def test_five_hundred_people_are_looked_at_in_few_queries(client, lille, django_assert_max_num_queries):
    text = "\n".join(
        f"Amina {'abcdefghij'[at // 100]}{'abcdefghij'[at // 10 % 10]}{'abcdefghij'[at % 10]}" for at in range(500)
    )
    with django_assert_max_num_queries(14):
        page = look(client, lille, text)
    assert page.context["new"] == 500
    assert len(tokens(confirm(client, lille, page))) == 500


def test_a_file_of_windows(client, lille):
    page = look(client, lille, data=io.BytesIO("Nom;Prénom\r\nLefèvre;Zoë\r\n".encode("cp1252")).read())
    assert page.context["lines"][0].newcomer.printed_name == "Zoë Lefèvre"
