"""Civil status: written as on the document, read by two alone, encrypted, and gone in its time."""

import datetime
import json

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from certification import depositing, passage_values
from certification.cpf.writing import CPF
from certification.forms import CivilStatusForm
from certification.models import CivilStatus, Passage, Scheme
from certification.sealing import Sealed, seal, unseal
from people import privacy
from people.models import TrailEntry
from tests.certification.declared import KABUL, TYPED, answer, as_file, give_civil_status, issue_all, register_title


@pytest.fixture
def passages(session, trainer):
    register_title()
    return issue_all(session, trainer)


@pytest.fixture
def passage(passages):
    return passages[0]


def url(passage):
    return reverse("certification:civil_status", args=[passage.code])


def mine():
    return reverse("certification:my_civil_status")


def form(**more):
    return CivilStatusForm({**TYPED, **more})


def errors(**more):
    return set(form(**more).errors)


@pytest.mark.django_db
def test_what_is_typed_is_what_is_kept():
    good = form(birth_name="  d’Almeida  N‘Guessan ", first_name="Zoe\u0301")
    assert good.is_valid(), good.errors
    assert (good.values["birth_name"], good.values["first_name"]) == ("d'Almeida N'Guessan", "Zoé")
    assert "commune" not in good.values


@pytest.mark.parametrize(
    "change",
    [
        {"birth_name": ""},
        {"birth_name": "x" * 61},
        {"birth_name": "Диалло"},
        {"birth_name": "ديالو"},
        {"birth_name": "Diallo2"},
        {"birth_name": "---"},
        {"first_name": "", "second_name": "Zahra"},
        {"second_name": "", "third_name": "Zahra"},
        {"year": ""},
        {"year": "1899"},
        {"year": "2099"},
        {"year": "99999"},
        {"month": "", "day": "5"},
        {"month": "2", "day": "30"},
        {"month": "13"},
        {"sex": ""},
        {"sex": "X"},
        {"born": ""},
        {"country": ""},
        {"country": "99999"},
        {"born": "france"},
        {"born": "france", "commune": "99212"},
        {"born": "france", "postcode": "590"},
    ],
)
@pytest.mark.django_db
def test_a_mistake_is_named(change):
    assert errors(**change)


@pytest.mark.parametrize(
    "change",
    [
        {"first_name": "", "second_name": ""},
        {"month": "", "day": ""},
        {"day": ""},
        {"used_name": "", "town": ""},
        {"born": "france", "commune": "2a004"},
        {"born": "france", "postcode": "59 000", "country": ""},
    ],
)
@pytest.mark.django_db
def test_what_a_document_may_lack_is_accepted(change):
    assert not errors(**change)


def holder_of(**more):
    return passage_values.holder({**KABUL, **more})


def test_a_single_name_stands_in_both_places():
    single = {name: value for name, value in KABUL.items() if name not in ("first_name", "second_name")}
    found = passage_values.holder(single)
    assert (found.birth_name, found.first_names) == ("DIALLO", ("DIALLO",))


def test_a_birth_abroad_and_one_in_france():
    assert (holder_of().insee, holder_of().country, holder_of().country_name) == ("99212", "212", "Afghanistan")
    born = {name: value for name, value in KABUL.items() if name != "country"}
    in_france = passage_values.holder({**born, "commune": "59350", "town": "LILLE"})
    assert (in_france.insee, in_france.country, in_france.town) == ("59350", None, "LILLE")
    assert passage_values.holder({**born, "postcode": "59000"}).postcode == "59000"


def test_a_coordinator_writes_it(browse_as, coordinator, passage):
    client = browse_as(coordinator)
    assert client.post(url(passage), {"open": "1"}).status_code == 200
    assert client.post(url(passage), TYPED).url == reverse("certification:passage", args=[passage.code])
    held = CivilStatus.objects.get()
    assert held.person == passage.certificate.learner and held.values["birth_name"] == "DIALLO"
    assert TrailEntry.objects.filter(action="civil_written", person=held.person, author=coordinator).count() == 1


def test_each_reading_of_a_coordinator_is_noted_and_a_get_shows_nothing(browse_as, coordinator, passage):
    give_civil_status(passage)
    client = browse_as(coordinator)
    shown = client.get(reverse("certification:passage", args=[passage.code])).content.decode()
    assert "DIALLO" not in shown and "KABOUL" not in shown and "1992" not in shown
    assert client.get(url(passage)).status_code == 302
    read = TrailEntry.objects.filter(action="civil_read")
    assert not read.exists()
    for _time in range(2):
        assert "KABOUL" in client.post(url(passage), {"open": "1"}).content.decode()
    assert read.filter(author=coordinator, person=passage.certificate.learner).count() == 2
    assert "DIALLO" not in json.dumps(list(read.values("before", "after", "subject")))


def test_the_page_of_the_learner(browse_as, learner, passage):
    client = browse_as(learner)
    for language in ("fr", "nl"):
        address = {"fr": "/fr/etat-civil/", "nl": "/nl/burgerlijke-stand/"}[language]
        html = client.get(address).content.decode()
        assert "L6113-8" in html and "92" in html
    assert client.post(mine(), TYPED).url == mine()
    assert CivilStatus.objects.get().person == learner
    html = client.get(mine()).content.decode()
    assert "KABOUL" in html
    client.post(mine(), {**TYPED, "town": "HERAT"})
    assert CivilStatus.objects.get().values["town"] == "HERAT"
    assert not TrailEntry.objects.filter(action="civil_read").exists()


def test_a_mistake_keeps_what_was_typed(browse_as, learner, coordinator, passage):
    for who, address in ((learner, mine()), (coordinator, url(passage))):
        response = browse_as(who).post(address, {**TYPED, "sex": "", "town": "HERAT"})
        assert response.status_code == 422 and "HERAT" in response.content.decode()
    assert not CivilStatus.objects.exists()


def test_the_path_says_that_it_is_asked_for(browse_as, learner, passage):
    path = reverse("courses:path")
    assert mine() in browse_as(learner).get(path).content.decode()
    give_civil_status(passage)
    assert mine() not in browse_as(learner).get(path).content.decode()


def test_without_a_registered_title_there_is_no_form(browse_as, learner, session, trainer):
    issue_all(session, trainer)
    client = browse_as(learner)
    assert client.get(mine()).status_code == client.post(mine(), TYPED).status_code == 404
    with pytest.raises(depositing.Refused):
        depositing.write_civil_status(learner, KABUL, learner, timezone.now())
    assert not CivilStatus.objects.exists()


def test_a_registration_that_was_a_mistake_ends_it(browse_as, coordinator, learner, passage):
    give_civil_status(passage)
    Scheme.objects.update(registration="none", register_code="", decided_on=None)
    assert browse_as(learner).get(mine()).status_code == 404
    assert browse_as(coordinator).post(url(passage), {"open": "1"}).status_code == 404
    assert removed(later(93)) == 1


def test_after_it_was_accepted_there_is_no_form_any_more(browse_as, coordinator, learner, passages, passage):
    accept(passages, coordinator)
    assert browse_as(learner).get(mine()).status_code == 404
    assert browse_as(coordinator).post(url(passage), {"open": "1"}).status_code == 404


def accept(passages, coordinator):
    give_civil_status(*passages)
    file = depositing.generate(passages[0].scheme, coordinator, timezone.now())
    depositing.receive(file, as_file(answer(file, passages)), coordinator, timezone.now())
    return file


def test_what_is_on_its_way_does_not_change(browse_as, coordinator, learner, passage):
    give_civil_status(passage)
    depositing.generate(passage.scheme, coordinator, timezone.now())
    for who, address in ((learner, mine()), (coordinator, url(passage))):
        assert browse_as(who).post(address, {**TYPED, "town": "HERAT"}).status_code == 422
    assert CivilStatus.objects.get().values["town"] == "KABOUL"


@pytest.mark.parametrize("who", ["trainer", "learner", "other_learner", "stranger"])
def test_nobody_else_opens_it(browse_as, request, passage, who):
    give_civil_status(passage)
    assert browse_as(request.getfixturevalue(who)).post(url(passage), {"open": "1"}).status_code == 403


def test_a_coordinator_without_a_second_proof_does_not(client, coordinator, passage):
    client.force_login(coordinator)
    response = client.post(url(passage), TYPED)
    assert response.status_code == 302 and reverse("people:second_factor") in response.url
    assert "DIALLO" not in json.dumps(dict(client.session))
    assert not CivilStatus.objects.exists()


def test_a_visitor_signs_in(client, passage):
    assert client.get(mine()).url.startswith(reverse("account_login"))
    assert client.post(url(passage), TYPED).url.startswith(reverse("account_login"))


def test_the_table_holds_no_plain_text(passage):
    give_civil_status(passage)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM certification_civilstatus")
        raw = b"".join(bytes(value) for value in cursor.fetchone() if isinstance(value, bytes | memoryview))
        cursor.execute("SELECT * FROM certification_civilstatus")
        rest = str([value for value in cursor.fetchone() if isinstance(value, str)])
    assert len(raw) > 50
    for word in ("DIALLO", "KEITA", "Amina", "KABOUL", "99212", "1992", "birth_name"):
        assert word.encode() not in raw and word not in rest


def test_it_is_closed_anew_each_time_and_bound_to_its_owner(settings):
    assert seal(KABUL, "a") != seal(KABUL, "a")
    assert unseal(seal(KABUL, "a"), "a") == KABUL
    with pytest.raises(Sealed):
        unseal(seal(KABUL, "a"), "b")
    closed = seal(KABUL, "a")
    with pytest.raises(Sealed):
        unseal(closed[:-1] + bytes([closed[-1] ^ 1]), "a")
    settings.CIVIL_STATUS_KEYS = ["another"]
    with pytest.raises(Sealed):
        unseal(closed, "a")
    settings.CIVIL_STATUS_KEYS = ["another", "test-only"]
    assert unseal(closed, "a") == KABUL


def later(days):
    return timezone.now() + datetime.timedelta(days=days)


def removed(now):
    report = {kind.key: count for kind, count in privacy.apply_retention(now)}
    return report["civil_status"]


def test_it_stays_until_the_register_accepted_then_goes(passages, passage, coordinator):
    give_civil_status(*passages)
    assert removed(later(400)) == 0 and CivilStatus.objects.count() == 2
    file = depositing.generate(passage.scheme, coordinator, timezone.now())
    depositing.receive(file, as_file(answer(file, [passage])), coordinator, later(400))
    assert removed(later(491)) == 0
    assert removed(later(493)) == 1
    assert CivilStatus.objects.get().person == passages[1].certificate.learner
    assert Passage.objects.count() == 2


def test_that_of_a_revoked_certificate_goes_too(passage, coordinator):
    give_civil_status(passage)
    passage.certificate.revoke("error", coordinator, timezone.now())
    assert removed(later(91)) == 0 and removed(later(93)) == 1


def test_that_of_a_file_on_its_way_stays(passage, coordinator):
    give_civil_status(passage)
    file = depositing.generate(passage.scheme, coordinator, timezone.now())
    passage.certificate.revoke("error", coordinator, timezone.now())
    assert removed(later(93)) == 0
    depositing.receive(file, as_file(answer(file, [passage])), coordinator, later(93))
    assert removed(later(93)) == 0 and removed(later(186)) == 1


def test_an_erasure_waits_for_the_register(passages, passage, learner, coordinator):
    give_civil_status(*passages)
    lines = {line.kind.key: line for line in privacy.preview(learner, timezone.now())}
    assert (lines["civil_status"].deleted, lines["civil_status"].kept) == (0, 1)
    accept(passages, coordinator)
    privacy.erase(learner, timezone.now())
    assert not CivilStatus.objects.filter(person=learner).exists()
    assert Passage.objects.of(learner).exists()


def test_the_copy_of_the_person_holds_it_in_words(passage, learner):
    give_civil_status(passage)
    assert privacy.sections_on(learner)["civil_status"]["rows"] == [KABUL]


def test_the_national_number_exists_with_the_new_schema_alone(settings, passage, coordinator):
    assert "nir" not in form().fields
    settings.CPF_SCHEMA = "1.1.5"
    good = form(nir="2 92 01 99 212 345 " + "08")
    assert "nir" in good.errors
    good = form(nir="2920199212345")
    assert good.is_valid() and good.values["nir"] == "2920199212345"
    assert "nir" in form(nir="7920199212345").errors
    depositing.write_civil_status(passage.certificate.learner, good.values, coordinator, timezone.now())
    file = depositing.generate(passage.scheme, coordinator, timezone.now())
    root = etree.fromstring(b"".join(passage_values.written(file)))
    assert root.find(f".//{{{CPF}}}nir").text == "2920199212345"
    assert root.find(f".//{{{CPF}}}sexe") is None
