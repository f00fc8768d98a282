"""Declaring to the State's register: from the certificate to the answer, and what may go wrong on the way."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import etree

from certification import depositing, issuing
from certification.cpf import checking
from certification.cpf.writing import CPF
from certification.models import Certificate, Passage, PassageFile, Receipt, State
from people.models import Country, Organisation, TrailEntry, User
from tests.certification.declared import answer, as_file, give_civil_status, issue_all, register_title
from tests.databases import together

WRITES = ["check_passages", "download_passages", "deposit_passages", "discard_passages", "send_passages_again"]


@pytest.fixture
def scheme(database):
    return register_title()


@pytest.fixture
def passages(scheme, session, trainer):
    return issue_all(session, trainer)


@pytest.fixture
def file(passages, scheme, coordinator):
    give_civil_status(*passages)
    return made(scheme, coordinator)


def made(scheme, coordinator):
    file = depositing.generate(scheme, coordinator, timezone.now())
    depositing.check_passage_file.call(file.pk)
    return PassageFile.objects.get(pk=file.pk)


def url(name="passages", *args):
    return reverse(f"certification:{name}", args=args)


def states():
    return list(Passage.objects.with_state().order_by("pk").values_list("state", flat=True))


def upload(browse_as, coordinator, file, text):
    sent = SimpleUploadedFile("accuse.xml", text.encode())
    return browse_as(coordinator).post(url("passage_file", file.code), {"file": sent})


def written(file):
    return b"".join(depositing.passage_values.written(file))


def test_each_certificate_of_a_registered_title_is_declared_once(passages, session, trainer):
    assert {passage.certificate.learner.username for passage in passages} == {"learner", "other_learner"}
    assert states() == ["to_send", "to_send"]
    for passage in passages:
        depositing.begin(passage.certificate, passage.scheme)
    assert Passage.objects.count() == 2


def test_it_works_from_the_file_to_the_answer(browse_as, coordinator, passages, scheme):
    give_civil_status(*passages)
    client = browse_as(coordinator)
    response = client.post(url("generate_passages", scheme.key))
    file = PassageFile.objects.get()
    assert response.url == url("passage_file", file.code)
    depositing.check_passage_file.call(file.pk)
    assert states() == ["generated", "generated"]
    assert client.post(url("deposit_passages", file.code)).url == url("passage_file", file.code)
    assert states() == ["deposited", "deposited"]
    assert upload(browse_as, coordinator, file, answer(file, passages[:1], passages[1:])).status_code == 302
    assert sorted(states()) == ["ko", "ok"]
    html = client.get(url("passage_file", file.code)).content.decode()
    assert "Aucun titulaire" in html and "OFPRA" in html
    noted = TrailEntry.objects.filter(action="declared").order_by("pk").values_list("after__register", flat=True)
    assert list(noted) == ["generated", "deposited", "answered"]


def test_the_file_holds_the_people_and_keeps_to_the_schema(file, passages):
    data = written(file)
    assert checking.check([data]).fault == "" and (file.fault, file.size) == ("", len(data))
    root = etree.fromstring(data)
    assert {node.text for node in root.iter(f"{{{CPF}}}idTechnique")} == {str(one.technical_id) for one in passages}
    found = {
        name: root.find(f".//{{{CPF}}}{name}").text for name in ("type", "code", "nomNaissance", "codeInsee", "sexe")
    }
    assert found == {"type": "RS", "code": "RS5875", "nomNaissance": "DIALLO", "codeInsee": "99212", "sexe": "F"}
    assert root.find(f".//{{{CPF}}}urlPreuve").text.endswith(f"/v/{passages[0].certificate.code}/")


@pytest.mark.parametrize(("day", "offset"), [("2026-01-15", "+01:00"), ("2026-07-15", "+02:00")])
def test_the_hour_has_the_offset_of_paris(file, day, offset):
    file.made_at = datetime.datetime.fromisoformat(f"{day}T12:00:00+00:00")
    assert etree.fromstring(written(file))[1].text.endswith(offset)


def test_the_same_bytes_each_time_also_when_the_scheme_changes(file, browse_as, coordinator, scheme):
    before = written(file)
    register_title(client_id="87654321", register_code="RS9999")
    response = browse_as(coordinator).post(url("download_passages", file.code))
    assert b"".join(response.streaming_content) == before
    assert response["Content-Disposition"].startswith("attachment") and "no-store" in response["Cache-Control"]
    assert TrailEntry.objects.filter(action="exported", subject=file.name).count() == 1


def test_nothing_is_sent_without_civil_status(browse_as, coordinator, passages, scheme):
    give_civil_status(passages[0])
    file = made(scheme, coordinator)
    assert list(file.passages.all()) == [passages[0]] and file.count == 1
    html = browse_as(coordinator).get(url()).content.decode()
    assert "état civil" in html


@pytest.mark.parametrize("change", [{"client_id": ""}, {"contract_id": ""}])
def test_without_a_contract_or_people_no_file_is_made(browse_as, coordinator, passages, scheme, change):
    client = browse_as(coordinator)
    assert client.post(url("generate_passages", scheme.key)).url == url()
    give_civil_status(*passages)
    register_title(**change)
    assert client.post(url("generate_passages", scheme.key)).url == url()
    assert not PassageFile.objects.exists()


def test_a_revoked_certificate_is_not_declared(passages, scheme, coordinator, browse_as):
    give_civil_status(*passages)
    passages[0].certificate.revoke("error", coordinator, timezone.now())
    assert list(made(scheme, coordinator).passages.all()) == [passages[1]]
    assert browse_as(coordinator).get(url("passage", passages[0].code)).status_code == 404


def test_a_discarded_file_gives_its_people_back(browse_as, coordinator, file):
    client = browse_as(coordinator)
    for _time in range(2):
        assert client.post(url("discard_passages", file.code)).url == url()
    assert states() == ["to_send", "to_send"]
    assert client.post(url("download_passages", file.code)).status_code == 404
    client.post(url("deposit_passages", file.code))
    assert PassageFile.objects.get(pk=file.pk).deposited_at is None


def test_a_deposited_file_is_not_discarded_and_its_moment_stays(browse_as, coordinator, file):
    client = browse_as(coordinator)
    client.post(url("deposit_passages", file.code))
    first = PassageFile.objects.get(pk=file.pk).deposited_at
    client.post(url("deposit_passages", file.code))
    client.post(url("discard_passages", file.code))
    assert PassageFile.objects.get(pk=file.pk).deposited_at == first
    assert states() == ["deposited", "deposited"]


def test_a_file_that_its_schema_refuses_names_the_person(browse_as, coordinator, passages, scheme):
    give_civil_status(passages[0])
    give_civil_status(passages[1], birth_name="x" * 61)
    file = made(scheme, coordinator)
    assert "61" in file.fault and file.faulty == passages[1] and not file.is_ready
    assert (
        url("passage", passages[1].code) in browse_as(coordinator).get(url("passage_file", file.code)).content.decode()
    )
    assert browse_as(coordinator).post(url("download_passages", file.code)).status_code == 404
    browse_as(coordinator).post(url("deposit_passages", file.code))
    assert states() == ["generated", "generated"]


def test_a_check_that_never_ended_is_asked_for_again(browse_as, coordinator, file):
    PassageFile.objects.filter(pk=file.pk).update(checked_at=None, sha256="")
    assert browse_as(coordinator).post(url("check_passages", file.code)).status_code == 302
    assert PassageFile.objects.get(pk=file.pk).sha256 == file.sha256


def test_the_same_answer_again_changes_nothing(browse_as, coordinator, file, passages):
    text = answer(file, passages[:1], passages[1:])
    for _time in range(2):
        assert upload(browse_as, coordinator, file, text).status_code == 302
    receipt = Receipt.objects.get()
    assert (receipt.accepted, receipt.refused, receipt.treatment) == (1, 1, "51354")
    assert upload(browse_as, coordinator, file, text + "\n").status_code == 302
    assert sorted(states()) == ["ko", "ok"]


def test_an_answer_in_two_parts(browse_as, coordinator, file, passages):
    upload(browse_as, coordinator, file, answer(file, passages[:1]))
    assert sorted(states()) == ["deposited", "ok"]
    upload(browse_as, coordinator, file, answer(file, passages[1:]))
    assert states() == ["ok", "ok"]
    assert browse_as(coordinator).post(url("download_passages", file.code)).status_code == 404


def wrong_answers(file, passages):
    stranger = Passage(technical_id=uuid4())
    return {
        "otherwise": answer(file, [], passages[:1]),
        "unknown": answer(file, [stranger]),
        "other_file": answer(file, passages, head="<idFlux>another</idFlux>"),
        "nameless": answer(file, passages, head=" "),
        "xml": "<rapport>",
        "root": "<flux/>",
    }


@pytest.mark.parametrize("kind", ["otherwise", "unknown", "other_file", "nameless", "xml", "root"])
def test_an_answer_that_does_not_fit_is_refused_whole(browse_as, coordinator, file, passages, kind):
    upload(browse_as, coordinator, file, answer(file, passages[:1]))
    response = upload(browse_as, coordinator, file, wrong_answers(file, passages)[kind])
    assert response.status_code == 422
    assert "file" in response.context["form"].errors
    assert sorted(states()) == ["deposited", "ok"] and Receipt.objects.count() == 1


def test_no_file_at_all(browse_as, coordinator, file):
    assert browse_as(coordinator).post(url("passage_file", file.code)).status_code == 422


def test_a_file_refused_as_a_whole_frees_its_people(browse_as, coordinator, file, passages):
    body = "<erreurs><erreur><type>XSD</type><message>cvc-length-valid</message><ligne>2</ligne></erreur></erreurs>"
    text = f'<rapport xmlns="urn:cdc:cpf:pc5:rapport:schema"><nomFichier>{file.name}</nomFichier>{body}</rapport>'
    assert upload(browse_as, coordinator, file, text).status_code == 302
    assert states() == ["to_send", "to_send"]
    assert "cvc-length-valid" in browse_as(coordinator).get(url("passage_file", file.code)).content.decode()


def test_a_file_that_was_answered_in_part_is_not_refused_as_a_whole(browse_as, coordinator, file, passages):
    upload(browse_as, coordinator, file, answer(file, passages[:1]))
    assert upload(browse_as, coordinator, file, answer(file)).status_code == 422
    assert sorted(states()) == ["deposited", "ok"] and Receipt.objects.count() == 1


def test_a_correction_sends_the_refused_alone_under_the_same_number(browse_as, coordinator, file, passages, scheme):
    depositing.receive(file, as_file(answer(file, passages[:1], passages[1:])), coordinator, timezone.now())
    give_civil_status(passages[1], birth_name="TESFAY")
    assert sorted(states()) == ["corrected", "ok", "to_send"]
    corrected = Passage.objects.get(replaces=passages[1])
    assert corrected.technical_id == passages[1].technical_id
    again = made(scheme, coordinator)
    assert list(again.passages.all()) == [corrected]
    depositing.receive(again, as_file(answer(again, [corrected])), coordinator, timezone.now())
    assert sorted(states()) == ["corrected", "ok", "ok"]
    passages[1].refresh_from_db()
    assert (passages[1].answer, passages[1].file) == ("ko", file)


def test_a_refusal_that_is_not_about_people_is_sent_again_as_it_is(browse_as, coordinator, file, passages):
    depositing.receive(file, as_file(answer(file, [], passages)), coordinator, timezone.now())
    for _time in range(2):
        assert browse_as(coordinator).post(url("send_passages_again", file.code)).url == url()
    assert sorted(states()) == ["corrected", "corrected", "to_send", "to_send"]


@pytest.mark.parametrize(
    ("days", "late", "over"), [(59, False, False), (60, True, False), (90, True, False), (91, True, True)]
)
def test_the_alert_comes_after_sixty_days_and_the_law_after_ninety(
    browse_as, coordinator, scheme, session, trainer, days, late, over
):
    start = timezone.now()
    issue_all(session, trainer, start)
    with time_machine.travel(start + datetime.timedelta(days=days), tick=False):
        client = browse_as(coordinator)
        html = client.get(url()).content.decode()
        home = client.get(reverse("certification:sessions")).content.decode()
        cohorts = client.get(reverse("certification:cohorts")).content.decode()
        assert ("60 jours" in html, "60 jours" in home, "60 jours" in cohorts) == (late, late, late)
        assert ("La loi laissait" in html) == over
        assert "60 jours" not in browse_as(trainer).get(reverse("certification:sessions")).content.decode()


def test_what_was_accepted_alerts_nobody(browse_as, coordinator, file, passages):
    depositing.receive(file, as_file(answer(file, passages)), coordinator, timezone.now())
    with time_machine.travel(timezone.now() + datetime.timedelta(days=100), tick=False):
        assert "60 jours" not in browse_as(coordinator).get(url()).content.decode()


def test_the_page_counts_each_state(browse_as, coordinator, file, passages):
    client = browse_as(coordinator)
    response = client.get(url(), {"state": "generated"})
    assert dict(response.context["states"])[State.GENERATED] == 2
    assert response.content.decode().count(url("passage", passages[0].code)) == 1
    assert client.get(url(), {"state": "nonsense"}).context["state"] == State.TO_SEND


def test_the_page_asks_the_database_as_often_for_many(
    browse_as, coordinator, passages, stranger, scheme, django_assert_num_queries
):
    client, address = browse_as(coordinator), url()
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(address).context["rows"]) == 2
    depositing.begin(certificate_like(passages[0].certificate, learner=stranger), scheme)
    with django_assert_num_queries(len(queries)):
        assert len(client.get(address).context["rows"]) == 3


def certificate_like(old, **more):
    names = ("learner", "edition", "issued_by", "issued_at", "printed", "rules_met")
    return Certificate.objects.create(number="AB-9999", **{**{name: getattr(old, name) for name in names}, **more})


def test_a_replacement_is_not_declared_again(passages, scheme):
    new = certificate_like(passages[0].certificate, replaces=passages[0].certificate)
    assert depositing.begin(new, scheme) is None
    depositing.catch_up(scheme)
    assert Passage.objects.count() == 2


def test_what_was_revoked_after_it_was_accepted_is_named(browse_as, coordinator, file, passages):
    depositing.receive(file, as_file(answer(file, passages)), coordinator, timezone.now())
    assert str(passages[0].technical_id) not in browse_as(coordinator).get(url()).content.decode()
    passages[0].certificate.revoke("error", coordinator, timezone.now())
    html = browse_as(coordinator).get(url()).content.decode()
    assert str(passages[0].technical_id) in html and str(passages[1].technical_id) not in html


def test_what_is_revoked_after_its_name_was_corrected_is_not_declared(passages, scheme, coordinator, browse_as):
    give_civil_status(*passages)
    new = replaced(replaced(passages[0].certificate, coordinator, "Aminata"), coordinator, "Aminata Diallo")
    new.revoke("conditions", coordinator, timezone.now())
    assert list(made(scheme, coordinator).passages.all()) == [passages[1]]
    assert browse_as(coordinator).get(url("passage", passages[0].code)).status_code == 404


def test_what_is_revoked_after_it_was_accepted_and_replaced_is_named(browse_as, coordinator, file, passages):
    depositing.receive(file, as_file(answer(file, passages)), coordinator, timezone.now())
    new = replaced(passages[0].certificate, coordinator, "Aminata")
    assert not Passage.objects.to_delete().exists()
    new.revoke("conditions", coordinator, timezone.now())
    html = browse_as(coordinator).get(url()).content.decode()
    assert str(passages[0].technical_id) in html and str(passages[1].technical_id) not in html


@pytest.mark.parametrize("accepted", [True, False])
def test_what_is_issued_corrected_after_an_error_is_declared_anew(file, passages, scheme, coordinator, accepted):
    if accepted:
        depositing.receive(file, as_file(answer(file, passages)), coordinator, timezone.now())
    passages[0].certificate.revoke("error", coordinator, timezone.now())
    new = replaced(passages[0].certificate, coordinator, "Aminata")
    depositing.catch_up(scheme)
    assert list(Passage.objects.to_delete()) == passages[:accepted]
    assert [one.certificate for one in made(scheme, coordinator).passages.all()] == [new]
    last = replaced(new, coordinator, "Aminata Diallo")
    assert depositing.begin(last, scheme) is None and Passage.objects.open().get(certificate=new)


def test_what_is_corrected_is_declared_if_the_first_was_registered(session, trainer, coordinator):
    issue_all(session, trainer)
    old = Certificate.objects.get(learner__username="learner")
    old.revoke("error", coordinator, timezone.now())
    scheme = register_title(decided_on=timezone.localdate() + datetime.timedelta(days=1))
    with time_machine.travel(timezone.now() + datetime.timedelta(days=2), tick=False):
        replaced(old, coordinator, "Aminata")
        depositing.catch_up(scheme)
    assert not Passage.objects.exists()


def replaced(certificate, coordinator, name):
    User.objects.filter(pk=certificate.learner_id).update(printed_name=name)
    return issuing.replace(certificate, coordinator, timezone.now())


def test_making_a_file_twice_is_making_one(browse_as, coordinator, file, scheme):
    assert browse_as(coordinator).post(url("generate_passages", scheme.key)).url == url()
    assert PassageFile.objects.get() == file


def test_writing_a_file_asks_the_database_as_often_for_many(file, django_assert_num_queries):
    with django_assert_num_queries(1):
        written(file)


@pytest.fixture
def elsewhere(stranger, coordinator):
    """A coordinator of another partner."""
    stranger.organisation = Organisation.objects.create(name="Huis", country=Country.BELGIUM)
    stranger.save()
    stranger.groups.set(coordinator.groups.all())
    return User.objects.get(pk=stranger.pk)


def test_another_partner_sees_nothing_of_it(browse_as, elsewhere, file, passages, scheme):
    client = browse_as(elsewhere)
    assert dict(client.get(url()).context["states"])[State.GENERATED] == 0
    assert client.get(url("passage_file", file.code)).status_code == 404
    assert client.get(url("passage", passages[0].code)).status_code == 404
    for name in WRITES:
        assert client.post(url(name, file.code)).status_code == 404
    client.post(url("generate_passages", scheme.key))
    assert PassageFile.objects.count() == 1


def test_a_coordinator_of_no_partner_sees_nothing(browse_as, elsewhere, file):
    PassageFile.objects.update(organisation=None)
    User.objects.filter(pk=elsewhere.pk).update(organisation=None)
    assert browse_as(elsewhere).get(url("passage_file", file.code)).status_code == 404


@pytest.mark.parametrize("who", ["learner", "trainer"])
def test_others_have_the_wrong_role(browse_as, request, file, passages, scheme, who):
    client = browse_as(request.getfixturevalue(who))
    for address in (url(), url("passage_file", file.code), url("passage", passages[0].code)):
        assert client.get(address).status_code == 403
    for address in (url("generate_passages", scheme.key), *(url(name, file.code) for name in WRITES)):
        assert client.post(address).status_code == 403
    assert states() == ["generated", "generated"]


def test_get_writes_nothing_and_a_visitor_signs_in(browse_as, client, coordinator, file, scheme):
    for address in (url("generate_passages", scheme.key), *(url(name, file.code) for name in WRITES)):
        assert browse_as(coordinator).get(address).status_code == 405
        assert client.post(address).url.startswith(reverse("account_login"))
    assert client.get(url()).url.startswith(reverse("account_login"))


def test_what_does_not_exist(browse_as, coordinator, scheme):
    assert browse_as(coordinator).get(url("passage_file", uuid4())).status_code == 404
    assert browse_as(coordinator).post(url("generate_passages", "unknown")).status_code == 404


def test_two_files_made_at_once_never_share_a_person(real_database, session, trainer, coordinator):
    scheme = register_title()
    give_civil_status(*issue_all(session, trainer))
    now = timezone.now()
    together(*[lambda: depositing.generate(scheme, coordinator, now) for _time in range(3)])
    file = PassageFile.objects.get()
    assert file.count == file.passages.count() == 2


def test_a_civil_status_written_while_a_file_is_made_is_in_it_or_refused(real_database, session, trainer, coordinator):
    scheme = register_title()
    passages = issue_all(session, trainer)
    give_civil_status(*passages)
    now = timezone.now()
    together(
        lambda: depositing.generate(scheme, coordinator, now),
        lambda: give_civil_status(passages[0], birth_name="CHANGED"),
    )
    file = PassageFile.objects.get()
    depositing.check_passage_file.call(file.pk)
    file.refresh_from_db()
    assert checking.check([written(file)]).sha256 == file.sha256
