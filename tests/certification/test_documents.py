"""The documents that attest what a learner did: made once from the facts, frozen, then only served."""

import datetime
import hashlib
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from certification import chain, document_kinds, document_words, record
from certification.document_facts import facts_of
from certification.document_kinds import SHIPPED, Kind
from certification.issuing_documents import issue_document, issue_to_everyone
from certification.models import DocumentTemplate, Exchange, IssuedDocument, PortfolioItem, SlotLock
from certification.refusals import Refused
from courses.models import Completion, Enrolment
from home.models import SiteSettings
from people.models import Organisation, TrailEntry, User
from tests import reading
from tests.certification.facts import say
from tests.certification.practising import make_practice
from tests.databases import together

NOW = timezone.now()
TITLES = {
    (Kind.REALISATION, "fr"): "Certificat de réalisation",
    (Kind.REALISATION, "nl"): "Attest van uitvoering (certificat de réalisation)",
    (Kind.END, "fr"): "Attestation de fin de formation",
    (Kind.END, "nl"): "Deelnameattest",
    (Kind.PARTICIPATION, "fr"): "Attestation de participation",
    (Kind.PARTICIPATION, "nl"): "Attest van participatie",
    (Kind.ACTIVITIES, "fr"): "Relevé d’activités à distance",
    (Kind.ACTIVITIES, "nl"): "Overzicht van online activiteiten",
}


def url(name, *args, language="fr"):
    with translation.override(language):
        return reverse(f"certification:{name}", args=args)


@pytest.fixture
def lived(session, learner, trainer):
    """A day on site, of which the learner left the afternoon early, and two lessons: 6 h 30 and 20 min."""
    said = {
        "provider": "AB Réfugiés-Social",
        "siret": "12345678900011",
        "nda": "32590123459",
        "signatory": "Mme Hélène Martin",
        "signatory_role_fr": "directrice",
        "signatory_role_nl": "directeur",
        "funding": True,
        "funding_fr": "Cofinancé par l’Union européenne",
        "funding_nl": "Medegefinancierd door de Europese Unie",
    }
    SiteSettings.objects.update_or_create(defaults=said)
    employer = Organisation.objects.create(name="CCAS de Lille", country="fr")
    Enrolment.objects.filter(learner=learner).update(employer=employer)
    morning, afternoon = session.half_days
    say(morning, learner, trainer)
    say(afternoon, learner, trainer, "left_early", 180)
    for enrolment in session.edition.enrolments.exclude(learner=learner).select_related("learner"):
        for slot in (morning, afternoon):
            say(slot, enrolment.learner, trainer, "absent")
    for slot in (morning, afternoon):
        SlotLock.objects.countersign(slot, trainer, timezone.now())
    for key in session.edition.asked.modules[0].lessons:
        Completion.objects.create(learner=learner, item_id=key, minutes=10, language="fr", at=timezone.now())
    return session.edition


def issue(kind, learner, edition, by=None, language="fr", now=NOW):
    return issue_document(kind, learner, edition, language, by or learner, now)


def read(issued):
    return reading.text(issued.body.content(), "-raw")


def today(language="fr"):
    with translation.override(language):
        return document_words.written(timezone.localdate())


@pytest.mark.parametrize("language", ["fr", "nl"])
@pytest.mark.parametrize("kind", Kind)
def test_it_is_for_everybody_and_says_who_and_by_whom(kind, language, lived, learner):
    issued = issue(kind, learner, lived, language=language)
    content, said = issued.body.content(), read(issued)
    facts = ["Amina Diallo", TITLES[kind, language], issued.number, "AB Réfugiés-Social", "12345678900011"]
    facts += ["32590123459", today(language), {"fr": "Cofinancé par", "nl": "Medegefinancierd door"}[language]]
    facts += ["Mme Hélène Martin"] if kind in document_kinds.SIGNED else []
    assert [fact for fact in facts if reading.plain(fact) not in said] == []
    assert reading.reader(content).trailer["/Root"]["/Lang"] == language
    assert {"H1", "Table", "TH", "P"} <= set(reading.tags(content))
    assert all(program for _font, program in reading.fonts(content))
    assert issued.sha256 == hashlib.sha256(content).hexdigest() and issued.size == len(content)


def test_the_certificate_of_completion_has_the_fields_of_the_ministry(lived, learner):
    said = read(issue(Kind.REALISATION, learner, lived))
    for field in (
        "Je soussigné(e), Mme Hélène Martin, directrice",
        "Employeur : CCAS de Lille",
        "Devenir ambassadeur",
        "action de formation",
        f"du {today()} au {today()}",
        "Durée réalisée : 6 h 50 (6,83 heures)",
        "En présentiel 6 h 30",
        "En ligne 20 min",
        "3 ans à compter de la fin de l’année du dernier paiement",
        "fonds européens",
        f"Fait à Lille, le {today()}.",
        "Signature et cachet",
    ):
        assert field.casefold() in said.casefold(), (field, said)


def test_in_dutch_too(lived, learner):
    said = read(issue(Kind.REALISATION, learner, lived, language="nl"))
    for field in (
        "Ondergetekende, Mme Hélène Martin, directeur",
        "6 u 50 (6,83 uren)",
        "Opgemaakt te Lille",
        "Stempel",
    ):
        assert field.casefold() in said.casefold(), (field, said)


def test_the_end_of_training_tells_each_objective(lived, learner, coordinator):
    make_practice(lived, learner, coordinator)
    said = read(issue(Kind.END, learner, lived))
    assert "Accueillir Présenter son rôle Rendre compte" in said
    assert "en cours" in said and "acquis" in said
    assert "Durée prévue : 7 h de présence, 40 min de travail en ligne" in said
    assert "Cette attestation ne constitue pas une certification." in said
    assert "L6353-1" not in said and "naissance" not in said


def test_without_a_framework_nothing_is_assessed(lived, learner):
    said = read(issue(Kind.END, learner, lived, language="nl"))
    assert "Luisteren" in said and said.count("niet geëvalueerd") == len(lived.asked.modules)
    assert "Dit attest is geen certificering." in said


@pytest.mark.parametrize(
    ("language", "mention"),
    [("fr", "n’est pas l’attestation officielle"), ("nl", "niet het officiële inburgeringsattest")],
)
def test_participation_counts_the_hours_on_the_spot_alone(language, mention, lived, learner):
    said = read(issue(Kind.PARTICIPATION, learner, lived, language=language))
    assert {"fr": "6 h 30 (6,50 heures)", "nl": "6 u 30 (6,50 uren)"}[language] in said
    assert "6 h 50" not in said and mention in said
    assert "Claire Dubois" in said and {"fr": "oui / non", "nl": "ja / neen"}[language] in said
    assert {"fr": "Une journée ensemble", "nl": "Een dag samen"}[language] in said


def test_the_list_of_activities_has_its_parts(lived, learner, trainer):
    values = {"channel": "phone", "subject": "tool", "asked_at": NOW, "answered_at": NOW + datetime.timedelta(hours=5)}
    Exchange.objects.create(edition=lived, learner=learner, tutor=trainer, **values)
    PortfolioItem.objects.add(learner, "Ma vie privée", b"%PDF-1.7", "application/pdf", timezone.now())
    said = read(issue(Kind.ACTIVITIES, learner, lived))
    for field in ("Se taire 10 min", "Quiz : écouter", "Une journée ensemble", "Travaux remis", "téléphone", "5 h"):
        assert field.casefold() in said.casefold(), (field, said)
    assert "La durée déclarée" in said or "durée déclarée" in said
    assert "Ma vie privée" not in said and "Signature et cachet" not in said


@given(st.dictionaries(st.sampled_from(["on_site", "virtual", "work", "online"]), st.integers(1, 60_000), min_size=1))
def test_the_hours_printed_are_the_sum_of_the_facts(minutes):
    facts = {"minutes": minutes}
    with translation.override("fr"):
        *rows, whole = document_words.minutes_table(facts)["rows"]
        printed = [in_minutes(row[1]) for row in rows]
        assert printed == list(minutes.values())
        assert sum(printed) == in_minutes(whole[1]) == in_minutes(document_words.hours(facts))


def in_minutes(said):
    hours, found, rest = said.replace("\xa0", "").removesuffix("min").partition("h")
    return int(hours) * 60 + int(rest or 0) if found else int(hours)


def test_the_facts_are_those_of_the_record(lived, learner):
    found = record.of(learner, lived)
    for kind in Kind:
        total = sum(facts_of(kind, learner, lived, "fr")["minutes"].values())
        assert total == (found.presence_minutes if kind == Kind.PARTICIPATION else found.total_minutes)


@pytest.mark.parametrize("kind", Kind)
def test_the_same_facts_give_the_same_document(lived, learner, coordinator, kind):
    first = issue(kind, learner, lived)
    again = issue(kind, learner, lived, coordinator, now=NOW + datetime.timedelta(days=3))
    assert again == first and IssuedDocument.objects.count() == 1


def test_other_facts_give_a_document_that_names_the_one_before(lived, learner):
    first = issue(Kind.END, learner, lived)
    content = first.body.content()
    Completion.objects.create(
        learner=learner, item_id=lived.asked.modules[1].lessons[0], minutes=10, language="fr", at=timezone.now()
    )
    second = issue(Kind.END, learner, lived)
    assert second.replaces == first and second.number != first.number
    assert f"Il remplace le n° {first.number}" in read(second)
    assert IssuedDocument.objects.latest(Kind.END, learner, lived, "fr") == second
    assert first.body.content() == content


def test_each_kind_and_each_language_is_numbered_apart(lived, learner):
    numbers = [issue(kind, learner, lived, language=language).number for kind in Kind for language in ("fr", "nl")]
    year = timezone.localdate(NOW).year
    assert numbers == [f"{prefix}-{year}-{at:04d}" for prefix in ("CR", "AF", "AP", "RA") for at in (1, 2)]


def test_another_text_changes_no_document(lived, learner, browse_as, lead):
    first = issue(Kind.END, learner, lived)
    content, template = first.body.content(), first.body.template
    address = url("document_template", "end")
    typed = {
        **{f"{part}_{language}": "" for part in ("closing", "place") for language in ("fr", "nl")},
        **SHIPPED["end"],
    }
    typed |= {"title_fr": "Attestation d’hiver", "intro_fr": "{holder} a suivi {hours}.", "place_fr": "Roubaix"}
    assert browse_as(lead).post(address, typed).url == url("document_templates")
    kept = IssuedDocument.objects.get()
    assert (kept.body.content(), kept.body.template) == (content, template)
    other = issue(Kind.END, learner, lived, language="nl")
    assert "hiver" not in read(other)
    User.objects.filter(pk=learner.pk).update(printed_name="Amina Diallo Bah")
    learner.refresh_from_db()
    new = read(issue(Kind.END, learner, lived))
    assert "Attestation d’hiver" in new and "Amina Diallo Bah a suivi 6 h 50." in new and "Fait à Roubaix" in new
    assert TrailEntry.objects.filter(action="worded", author=lead, subject="end").count() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("{holder} {foo}", "{foo} n’est pas connu"),
        ("{holder.password}", "{holder.password} n’est pas connu"),
        ("{holder!r}", "{holder!r} n’est pas connu"),
        ("{holder:>99}", "{holder:&gt;99} n’est pas connu"),
        ("{} est là", "{} n’est pas connu"),
        ("{holder est là", "Une accolade est seule"),
        ("holder} est là", "Une accolade est seule"),
        ("{signatory}", ""),
        ("{holder} 🎉", "ne peuvent pas être imprimés : 🎉"),
    ],
)
def test_a_hole_that_is_not_known_is_refused(browse_as, lead, text, sentence):
    typed = {
        **{f"{part}_{language}": "" for part in ("closing", "place") for language in ("fr", "nl")},
        **SHIPPED["end"],
    }
    response = browse_as(lead).post(url("document_template", "end"), typed | {"intro_nl": text})
    assert response.status_code == (422 if sentence else 302)
    if sentence:
        said = response.content.decode()
        assert sentence in said and text.replace(">", "&gt;") in said
        assert not DocumentTemplate.objects.exists()


def test_every_text_that_is_shipped_can_be_filled():
    for kind, parts in SHIPPED.items():
        for text in parts.values():
            assert document_kinds.unknown_holes(text, kind) == []
    assert set(SHIPPED) == set(Kind)


@pytest.mark.parametrize(
    ("prepare", "code"),
    [
        (lambda learner, edition: SiteSettings.objects.update(signatory=""), "no_signatory"),
        (lambda learner, edition: Completion.objects.all().delete(), None),
    ],
)
def test_nobody_signs_in_the_place_of_nobody(lived, learner, prepare, code):
    prepare(learner, lived)
    if code:
        with pytest.raises(Refused) as refused:
            issue(Kind.REALISATION, learner, lived)
        assert refused.value.code == code
        assert issue(Kind.ACTIVITIES, learner, lived).number
    else:
        assert "6 h 30" in read(issue(Kind.REALISATION, learner, lived))


def test_there_is_nothing_to_attest_before_the_first_hour(lived, other_learner):
    with pytest.raises(Refused) as refused:
        issue(Kind.END, other_learner, lived)
    assert refused.value.code == "nothing_followed" and not IssuedDocument.objects.exists()


def test_a_coordinator_makes_it_on_the_page_of_a_person(browse_as, coordinator, learner, lived):
    client, page = browse_as(coordinator), url("activities", lived.code, learner.code)
    address = url("make_document", lived.code, learner.code)
    assert address in client.get(page).content.decode()
    for _time in range(2):
        response = client.post(address, {"kind": "realisation", "language": "fr"}, follow=True)
        assert "est prêt" in response.content.decode()
    issued = IssuedDocument.objects.get()
    assert (issued.learner, issued.issued_by, issued.language) == (learner, coordinator, "fr")
    assert url("download_document", issued.code) in client.get(page).content.decode()
    entry = TrailEntry.objects.get(action="document")
    assert (entry.author, entry.person, entry.subject) == (coordinator, learner, issued.number)


def test_a_refusal_is_said(browse_as, coordinator, other_learner, lived):
    address = url("make_document", lived.code, other_learner.code)
    response = browse_as(coordinator).post(address, {"kind": "end", "language": "fr"}, follow=True)
    assert "aucune heure ne compte" in response.content.decode()
    for wrong in ({}, {"kind": "diploma", "language": "fr"}, {"kind": "end", "language": "de"}):
        response = browse_as(coordinator).post(address, wrong, follow=True)
        assert "Choisissez un document et une langue." in response.content.decode()
    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("trainer", 403), ("learner", 403), ("stranger", 404)])
def test_only_a_coordinator_makes_it(request, browse_as, who, status, learner, lived):
    client = browse_as(request.getfixturevalue(who))
    typed = {"kind": "end", "language": "fr"}
    assert client.post(url("make_document", lived.code, learner.code), typed).status_code == status
    assert client.post(url("make_documents", lived.code), typed).status_code == status
    assert client.get(url("make_document", lived.code, learner.code)).status_code == 405
    assert not IssuedDocument.objects.exists()


@pytest.mark.parametrize(
    ("who", "status"),
    [("learner", 200), ("trainer", 200), ("coordinator", 200), ("other_learner", 404), ("stranger", 404)],
)
def test_who_may_read_it(request, browse_as, who, status, learner, lived):
    issued = issue(Kind.END, learner, lived)
    response = browse_as(request.getfixturevalue(who)).get(url("download_document", issued.code))
    assert response.status_code == status
    if status == 200:
        assert response.content == issued.body.content()
        assert response["Cache-Control"] == "private, no-store"


def test_what_was_erased_is_not_there_any_more(browse_as, learner, lived):
    issued = issue(Kind.END, learner, lived)
    issued.body.delete()
    assert browse_as(learner).get(url("download_document", issued.code)).status_code == 404
    assert issue(Kind.END, learner, lived).replaces == issued


def test_nothing_that_stays_confirms_a_guess_of_what_was_erased(learner, lived):
    issued = issue(Kind.END, learner, lived)
    guess = chain.hashed(chain.canonical(issued.body.facts))
    issued.body.delete()
    assert guess not in IssuedDocument.objects.filter(pk=issued.pk).values_list().get()


def test_a_whole_group_in_one_zip(browse_as, coordinator, trainer, session, lived, learner, other_learner):
    say(session.half_days[0], other_learner, trainer, source=4, reason="Vu.")
    client = browse_as(coordinator)
    response = client.post(url("make_documents", lived.code), {"kind": "realisation", "language": "fr"})
    assert response.url == url("documents", lived.code)
    issue_to_everyone.call(lived.pk, "realisation", "fr", coordinator.pk)
    assert IssuedDocument.objects.count() == 2
    address = url("documents_zip", lived.code, "realisation", "fr")
    assert f'method="post" action="{address}"' in client.get(url("documents", lived.code)).content.decode()
    response = client.post(address)
    assert response.streaming and response["Content-Type"] == "application/zip"
    folder = zipfile.ZipFile(io.BytesIO(b"".join(response.streaming_content)))
    assert folder.testzip() is None
    numbers = IssuedDocument.objects.order_by("number")
    assert folder.namelist() == [f"{one.number} {one.learner.printed_name}.pdf" for one in numbers]
    assert folder.read(folder.namelist()[0]) == numbers[0].body.content()
    assert client.post(url("documents_zip", lived.code, "realisation", "nl")).status_code == 404
    assert client.post(url("documents_zip", lived.code, "diploma", "fr")).status_code == 404
    assert client.get(address).status_code == 405
    noted = TrailEntry.objects.get(action="exported")
    assert (noted.author, noted.subject) == (coordinator, f"Certificat de réalisation {lived.cohort}.zip")


def test_whoever_has_no_hour_is_left_out(lived, coordinator, learner):
    issue_to_everyone.call(lived.pk, "end", "nl", coordinator.pk)
    assert IssuedDocument.objects.get().learner == learner


def queries_of(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("name", ["documents", "activities", "my_documents"])
def test_a_page_asks_as_much_for_more(name, lived, learner, other_learner, trainer, session, coordinator, browse_as):
    client = browse_as(learner if name == "my_documents" else coordinator)
    address = url(name, *{"documents": [lived.code], "activities": [lived.code, learner.code]}.get(name, []))
    issue(Kind.END, learner, lived)
    client.get(address)
    few = queries_of(client, address)
    say(session.half_days[0], other_learner, trainer, source=4, reason="Vu.")
    for kind in Kind:
        for person in (learner, other_learner):
            issue(kind, person, lived, language="nl")
    assert queries_of(client, address) == few


def test_a_learner_reads_and_asks_in_their_language(browse_as, learner, lived):
    client, page = browse_as(learner), url("my_documents", language="nl")
    assert "Er is nog niets gemaakt." in client.get(page).content.decode()
    for _time in range(2):
        answer = client.post(url("ask_document", lived.code, language="nl"), {"kind": "end", "language": "nl"})
        assert answer.url == page
    issued = IssuedDocument.objects.get()
    assert (
        issued.language == "nl"
        and url("download_document", issued.code, language="nl") in client.get(page).content.decode()
    )
    client.post(url("ask_document", lived.code), {"kind": "realisation", "language": "fr"})
    assert IssuedDocument.objects.count() == 1


def test_nobody_asks_for_another(browse_as, stranger, trainer, lived):
    for person in (stranger, trainer):
        answer = browse_as(person).post(url("ask_document", lived.code), {"kind": "end", "language": "fr"})
        assert answer.status_code == 404
    assert not IssuedDocument.objects.exists()


def test_twice_at_once_it_is_made_once(real_database, browse_as, coordinator, learner, lived):
    clients = [browse_as(coordinator) for _time in range(2)]
    address, typed = url("make_document", lived.code, learner.code), {"kind": "end", "language": "fr"}
    answers = together(*[lambda client=client: client.post(address, typed).status_code for client in clients])
    assert answers == [302, 302] and IssuedDocument.objects.count() == 1


@pytest.mark.parametrize(("who", "status"), [("coordinator", 200), ("trainer", 403), ("learner", 403)])
def test_the_texts_are_read_by_coordinators(request, browse_as, who, status):
    client = browse_as(request.getfixturevalue(who))
    assert client.get(url("document_templates")).status_code == status
    assert client.get(url("document_template", "end")).status_code == status
    assert client.get(url("document_template", "diploma")).status_code == (404 if status == 200 else 403)


def test_only_a_lead_partner_changes_a_text(browse_as, coordinator):
    client, address = browse_as(coordinator), url("document_template", "end")
    html = client.get(address).content.decode()
    assert SHIPPED["end"]["title_nl"] in html and "<textarea" not in html
    assert client.post(address, SHIPPED["end"]).status_code == 403
    assert not DocumentTemplate.objects.exists()
