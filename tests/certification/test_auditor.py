"""An auditor's link: who makes it, what it opens and to whom, and what is kept of each visit."""

import datetime
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.issuing import issue
from certification.models import AuditorLink, AuditorVisit
from certification.models.auditors import LONGEST
from certification.tasks import make_file
from people.models import Cohort, Country, Organisation, TrailEntry
from tests.certification.facts import everyone_present, make_ready, say, sign
from tests.courses import steps
from tests.databases import together

Action = TrailEntry.Action
DAY = datetime.timedelta(days=1)
TOKEN = "token"


def url(name, *args, language="fr"):
    return steps.address(f"certification:{name}", *args, language=language)


def door(token=TOKEN):
    return reverse("certificates:auditor", args=[token])


@pytest.fixture
def proven(session, trainer, learner):
    """Signed half-days, a correction and a certificate with its file."""
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, trainer, timezone.now())
    make_file.call(certificate.pk)
    say(session.half_days[0], learner, trainer, "absent", source=4, reason="Wrong line.")
    return certificate


@pytest.fixture
def cohort(edition):
    return edition.cohort


def give(cohort, author, starts=0, days=30, token=TOKEN):
    now = timezone.now()
    starts_at = now + datetime.timedelta(days=starts)
    values = {"cohort": cohort, "who": "FSE, M. Roy", "starts_at": starts_at, "ends_at": starts_at + days * DAY}
    return AuditorLink.objects.give(token, author, now, code=uuid4(), **values)


@pytest.fixture
def link(cohort, coordinator):
    return give(cohort, coordinator)


@pytest.fixture
def auditor(link):
    client = Client()
    assert client.post(door()).url == url("audit")
    return client


def pages(session, certificate):
    return [
        url("audit"),
        url("audit_edition", session.edition.code),
        url("audit_activities", session.edition.code, certificate.learner.code),
        *(url("audit_half_day", slot.code) for slot in session.half_days),
        url("audit_sheet", session.code),
        url("audit_certificate", certificate.code),
    ]


def typed(**values):
    today = timezone.localdate()
    return {"who": "FSE", "starts_on": today, "ends_on": today + 30 * DAY, "code": uuid4(), **values}


def test_a_coordinator_makes_a_link_and_sees_its_address_once(browse_as, coordinator, cohort):
    client = browse_as(coordinator)
    assert client.post(url("auditors", cohort.code), typed()).url == url("auditors", cohort.code)
    address = client.get(url("auditors", cohort.code)).context["address"]
    assert client.get(url("auditors", cohort.code)).context["address"] == ""
    token = address.split("/a/")[1].strip("/")
    link = AuditorLink.objects.get()
    assert len(token) == 22 and token not in str(vars(link).values())
    assert AuditorLink.objects.of(token) == link
    assert Client().get(door(token)).status_code == 200
    entry = TrailEntry.objects.get(action=Action.AUDITOR)
    assert (entry.author, entry.subject) == (coordinator, "Groupe de Lille · FSE")
    assert token not in str(vars(entry))


def test_a_form_sent_twice_makes_one_link(browse_as, coordinator, cohort):
    client, data = browse_as(coordinator), typed()
    for _time in range(2):
        client.post(url("auditors", cohort.code), data)
    assert AuditorLink.objects.count() == TrailEntry.objects.filter(action=Action.AUDITOR).count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"who": ""}, "who"),
        ({"who": "x" * 121}, "who"),
        ({"starts_on": "hier"}, "starts_on"),
        ({"ends_on": ""}, "ends_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"starts_on": "2020-01-01", "ends_on": "2020-01-02"}, "ends_on"),
        ({"ends_on": "2099-01-01"}, "ends_on"),
        ({"code": "x"}, "code"),
    ],
)
def test_a_mistake_is_named_and_what_was_typed_stays(browse_as, coordinator, cohort, change, field):
    response = browse_as(coordinator).post(url("auditors", cohort.code), typed(**change))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert 'value="FSE"' in response.content.decode() or field == "who"
    assert not AuditorLink.objects.exists()


@pytest.mark.parametrize(("person", "status"), [("trainer", 403), ("learner", 403), ("stranger", 404)])
def test_who_may_not_open_the_proof_to_others(request, browse_as, cohort, link, person, status):
    client = browse_as(request.getfixturevalue(person))
    assert client.get(url("auditors", cohort.code)).status_code == status
    assert client.post(url("auditors", cohort.code), typed()).status_code == status
    assert client.get(url("auditor", link.code)).status_code == status
    assert client.post(url("end_auditor", link.code)).status_code == status
    assert AuditorLink.objects.get().withdrawn_at is None


def test_the_coordinator_of_another_organisation(browse_as, coordinator, link):
    coordinator.organisation = Organisation.objects.create(name="Ander huis", country=Country.BELGIUM)
    coordinator.save()
    client = browse_as(coordinator)
    assert client.get(url("auditors", link.cohort.code)).status_code == 404
    assert client.post(url("end_auditor", link.code)).status_code == 404


def test_a_missing_group_and_a_missing_link(browse_as, coordinator, link):
    client = browse_as(coordinator)
    assert client.get(url("auditors", uuid4())).status_code == 404
    assert client.get(url("auditor", uuid4())).status_code == 404
    assert client.get(url("end_auditor", link.code)).status_code == 405


def test_opening_the_link_is_no_visit(link):
    client = Client()
    for _time in range(3):
        response = client.get(door())
        assert response.status_code == 200
    assert not AuditorVisit.objects.exists()
    assert client.get(url("audit")).status_code == 404


def test_the_button_lets_in_more_than_once(link):
    for client in (Client(), Client()):
        client.post(door())
        assert client.get(url("audit")).status_code == 200


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_auditor_reads_the_proof_and_each_page_is_noted(auditor, session, proven, link, language):
    read = [page.replace("/fr/", f"/{language}/", 1) for page in pages(session, proven)]
    for page in read:
        response = auditor.get(page)
        assert response.status_code == 200, page
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex"
    visits = AuditorVisit.objects.order_by("pk")
    assert [visit.path for visit in visits] == read
    assert {visit.link for visit in visits} == {link}


def test_what_the_pages_say(auditor, session, proven):
    html = auditor.get(url("audit_edition", session.edition.code)).content.decode()
    assert "Amina Diallo" in html and proven.number in html
    assert url("verify", proven.code) in html
    html = auditor.get(url("audit_half_day", session.half_days[0].code)).content.decode()
    assert "Wrong line." in html and "Claire Dubois" in html
    assert auditor.get(url("audit_sheet", session.code)).content.startswith(b"%PDF")
    assert auditor.get(url("audit_certificate", proven.code)).content.startswith(b"%PDF")


def test_a_drawn_signature_is_shown(auditor, session, trainer, learner):
    sign(session.half_days[0], learner)
    everyone_present(session, trainer)
    html = auditor.get(url("audit_half_day", session.half_days[0].code)).content.decode()
    assert html.count('class="signed"') == 1


def test_a_half_day_that_is_not_signed_is_no_proof_yet(auditor, session):
    assert auditor.get(url("audit_half_day", session.half_days[0].code)).status_code == 404


def test_nothing_of_another_group_opens(auditor, session, proven, edition):
    other = Cohort.objects.create(name="Autre", organisation=edition.cohort.organisation)
    edition.cohort = other
    edition.save()
    for page in pages(session, proven)[1:]:
        assert auditor.get(page).status_code == 404
    assert not AuditorVisit.objects.exclude(path=url("audit")).exists()


def test_the_rest_of_the_site_is_closed_as_for_a_visitor(auditor, session, proven, cohort):
    closed = [
        url("cohort", session.edition.code),
        url("roster", session.half_days[0].code),
        url("sheet", session.code),
        url("download", proven.code),
        url("auditors", cohort.code),
        steps.address("people:trail"),
        "/admin/",
    ]
    for page in closed:
        assert auditor.get(page).status_code == 302, page


def test_the_auditor_writes_nothing(auditor, session, proven):
    for page in pages(session, proven):
        assert auditor.post(page).status_code == 405
    assert not AuditorVisit.objects.exists()


def test_without_the_link_there_is_nothing(browse_as, session, proven, link, coordinator):
    for client in (Client(), browse_as(coordinator)):
        assert {client.get(page).status_code for page in pages(session, proven)} == {404}
        assert client.post(url("audit_leave")).status_code == 404


def test_before_its_first_day_the_link_says_when(cohort, coordinator):
    give(cohort, coordinator, starts=2)
    client = Client()
    for response in (client.get(door()), client.post(door())):
        assert response.status_code == 200
        assert b"btn--go" not in response.content
        assert "Amina" not in response.content.decode()
    assert client.get(url("audit")).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_after_its_last_day_it_has_ended_for_whoever_is_inside_too(auditor, link, method):
    AuditorLink.objects.filter(pk=link.pk).update(ends_at=timezone.now())
    assert getattr(Client(), method)(door()).status_code == 410
    assert auditor.get(url("audit")).status_code == 410
    assert not AuditorVisit.objects.exists()


def test_a_coordinator_ends_it_at_once(browse_as, coordinator, auditor, link):
    client = browse_as(coordinator)
    for _time in range(2):
        assert client.post(url("end_auditor", link.code)).status_code == 302
    assert auditor.get(url("audit")).status_code == Client().get(door()).status_code == 410
    assert TrailEntry.objects.filter(action=Action.AUDITOR_ENDED).count() == 1


def test_a_coordinator_sees_what_was_read(browse_as, coordinator, auditor, link, django_assert_num_queries):
    auditor.get(url("audit"))
    client = browse_as(coordinator)
    assert url("audit") in client.get(url("auditor", link.code)).content.decode()
    client.get(url("auditors", link.cohort.code))
    with django_assert_num_queries(8):
        client.get(url("auditors", link.cohort.code))
    give(link.cohort, coordinator, token="other")
    auditor.get(url("audit"))
    with django_assert_num_queries(8):
        client.get(url("auditors", link.cohort.code))


def test_leaving(auditor):
    assert auditor.post(url("audit_leave")).status_code == 302
    assert auditor.get(url("audit")).status_code == 404


def test_a_session_is_new_after_the_button(link):
    client = Client()
    session = client.session
    session["kept"] = "yes"
    session.save()
    client.post(door())
    assert client.session.session_key != session.session_key


def test_a_form_of_elsewhere_does_not_press_the_button(link):
    client = Client(enforce_csrf_checks=True)
    assert client.post(door()).status_code == 403


@pytest.mark.parametrize("token", ["x", "token2", "Token", "a" * 500])
def test_a_forged_link_opens_nothing(link, token):
    for method in ("get", "post"):
        response = getattr(Client(), method)(door(token))
        assert response.status_code == 404
        assert "Groupe de Lille" not in response.content.decode()


def test_links_are_not_guessed_without_end(link):
    client = Client()
    with time_machine.travel("2026-11-23T12:00:00+00:00", tick=False):
        answers = [client.get(door(f"forged-{n}")).status_code for n in range(31)]
        assert answers == [404] * 30 + [429]
        assert client.get(door()).status_code == 429


def test_two_forms_at_once_make_one_link(real_database, coordinator, edition):
    cohort, now, code = edition.cohort, timezone.now(), uuid4()
    values = {"cohort": cohort, "who": "FSE", "starts_at": now, "ends_at": now + LONGEST, "code": code}
    together(*[lambda n=n: AuditorLink.objects.give(f"token-{n}", coordinator, now, **values) for n in range(2)])
    assert AuditorLink.objects.count() == TrailEntry.objects.filter(action=Action.AUDITOR).count() == 1
