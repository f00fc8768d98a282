"""A wrong name: the holder asks, a coordinator replaces, the old certificate leads to the new one."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from certification import issuing
from certification.credentialing import make_credentials
from certification.credentials.status_list import is_set
from certification.issuing import issue
from certification.models import (
    Certificate,
    CertificateEvent,
    CertificateFile,
    CorrectionRequest,
    Counter,
    Credential,
    Scheme,
    StatusList,
)
from certification.refusals import Refused
from certification.tasks import make_file, publish_status
from home.models import SiteSettings
from people.models import Country, Organisation, TrailEntry, User
from tests.certification.facts import make_ready
from tests.databases import together

RIGHT = "Aminata Diallo-Ñuñez"


def url(name, *args):
    return reverse(f"certification:{name}", args=args)


@pytest.fixture
def certificate(session, trainer, learner):
    Scheme.objects.update(validity_months=24)
    make_ready(session, trainer)
    return issue(learner, session.edition, learner, timezone.now())


def correct_name(name=RIGHT):
    User.objects.filter(username="learner").update(printed_name=name)


def test_it_names_the_one_it_replaces_and_is_named_by_it(browse_as, client, coordinator, certificate):
    correct_name()
    response = browse_as(coordinator).post(url("replace", certificate.code))
    new = Certificate.objects.get(replaces=certificate)
    assert response.url == url("certificate", new.code)
    assert new.printed["holder"] == RIGHT and new.printed["follows_fr"] == f"Remplace {certificate.number}"
    assert new.printed["verify_url"].endswith(f"/v/{new.code}/")
    assert (new.rules_met, new.expires_on) == (certificate.rules_met, certificate.expires_on)
    assert [int(one.number[-4:]) for one in (certificate, new)] == [1, 2]
    old_page = client.get(f"/fr/verifier/{certificate.code}/").content.decode()
    assert f'href="/fr/verifier/{new.code}/"' in old_page
    assert certificate.number in client.get(f"/nl/verifieren/{new.code}/").content.decode()
    old, told = (client.get(f"/api/certificates/{one.code}/").json() for one in (certificate, new))
    assert (old["status"], old["replaced_by"]) == ("replaced", new.code)
    assert (told["status"], told["replaces"]) == ("valid", certificate.number)


def test_what_is_printed_is_what_was_frozen_but_for_the_name(coordinator, certificate):
    correct_name()
    SiteSettings.objects.update(provider="Somebody else")
    new = issuing.replace(certificate, coordinator, timezone.now())
    changed = {name for name, value in new.printed.items() if value != certificate.printed[name]}
    assert changed == {"number", "code", "verify_url", "holder", "follows_fr", "follows_nl"}


def test_the_paper_says_it(coordinator, certificate):
    correct_name()
    new = issuing.replace(certificate, coordinator, timezone.now())
    make_file.call(new.pk)
    file = CertificateFile.objects.get(certificate=new)
    text = PdfReader(BytesIO(storages["private"].open(file.name).read())).pages[0].extract_text()
    for printed in (new.number, f"Remplace {certificate.number}", f"Vervangt {certificate.number}"):
        assert printed in text


def test_the_status_lists_follow(coordinator, certificate):
    make_credentials(certificate, timezone.now())
    correct_name()
    new = issuing.replace(certificate, coordinator, timezone.now())
    make_credentials(new, timezone.now())
    publish_status.call(certificate.pk)
    said = json.loads(StatusList.objects.get().body)["credentialSubject"]["encodedList"]
    ended = {one.certificate_id for one in Credential.objects.all() if is_set(said, one.status_index)}
    assert ended == {certificate.pk}


def test_twice_gives_the_same_one(browse_as, coordinator, certificate):
    correct_name()
    client = browse_as(coordinator)
    assert len({client.post(url("replace", certificate.code)).url for _time in range(2)}) == 1
    assert Counter.objects.get().last == 2


def test_the_trail_tells_who_and_from_what_to_what(coordinator, certificate):
    correct_name()
    new = issuing.replace(certificate, coordinator, timezone.now())
    entry = TrailEntry.objects.get(subject=new.number)
    assert entry.author == coordinator
    assert ("certificate", certificate.number, new.number) in entry.changes
    assert ("printed_name", "Amina Diallo", RIGHT) in entry.changes


@pytest.mark.parametrize("name", ["Amina Diallo", " "])
def test_the_same_name_or_none_is_refused(browse_as, coordinator, certificate, name):
    correct_name(name)
    with pytest.raises(Refused):
        issuing.replace(certificate, coordinator, timezone.now())
    assert browse_as(coordinator).post(url("replace", certificate.code)).url == url("replace", certificate.code)
    assert Certificate.objects.count() == 1 and Counter.objects.get().last == 1


@pytest.mark.parametrize("reason", ["conditions", "request"])
def test_a_revoked_one_and_a_name_that_cannot_be_printed_are_refused(browse_as, coordinator, certificate, reason):
    correct_name("\N{GRINNING FACE}")
    client = browse_as(coordinator)
    assert client.post(url("replace", certificate.code)).url == url("replace", certificate.code)
    certificate.revoke(reason, coordinator, timezone.now())
    correct_name()
    assert client.post(url("replace", certificate.code)).url == url("replace", certificate.code)
    assert url("replace", certificate.code) not in client.get(url("certificate", certificate.code)).content.decode()
    assert Certificate.objects.count() == 1 and Counter.objects.get().last == 1


def test_one_that_was_revoked_for_an_error_is_issued_corrected(browse_as, client, coordinator, learner, certificate):
    staff, address = browse_as(coordinator), url("certificate", certificate.code)
    staff.post(url("revoke", certificate.code), {"reason": "error"})
    assert f'href="{url("replace", certificate.code)}"' in staff.get(address).content.decode()
    assert "lit toujours qu’il a été annulé" in staff.get(url("replace", certificate.code)).content.decode()
    correct_name()
    assert len({staff.post(url("replace", certificate.code)).url for _time in range(2)}) == 1
    new = Certificate.objects.get(replaces=certificate)
    old, told = (client.get(f"/api/certificates/{one.code}/").json() for one in (certificate, new))
    assert (old["status"], old["reason"], old["replaced_by"]) == ("revoked", "error", new.code)
    assert (told["status"], told["replaces"], told["holder"]) == ("valid", certificate.number, RIGHT)
    page = client.get(f"/fr/verifier/{certificate.code}/").content.decode()
    assert "verdict--bad" in page and f'href="/fr/verifier/{new.code}/"' in page
    assert "Utilisez le nouveau" in browse_as(learner).get(url("my_certificates")).content.decode()
    page = staff.get(address).content.decode()
    assert url("certificate", new.code) in page and url("replace", certificate.code) not in page
    assert issue(learner, certificate.edition, learner, timezone.now()) == new


def test_the_next_request_of_the_learner_gives_the_replacement(learner, coordinator, certificate):
    correct_name()
    new = issuing.replace(certificate, coordinator, timezone.now())
    assert issue(learner, certificate.edition, learner, timezone.now()) == new


@pytest.mark.parametrize("name", ["certificate", "replace"])
@pytest.mark.parametrize(
    ("person", "status"), [("coordinator", 200), ("trainer", 403), ("learner", 403), ("stranger", 404)]
)
def test_who_may_see(request, browse_as, certificate, name, person, status):
    assert browse_as(request.getfixturevalue(person)).get(url(name, certificate.code)).status_code == status


@pytest.mark.parametrize("name", ["replace", "duplicate", "decline_correction"])
@pytest.mark.parametrize(("person", "status"), [("trainer", 403), ("learner", 403), ("stranger", 404)])
def test_who_may_not(request, browse_as, client, certificate, name, person, status):
    correct_name()
    assert browse_as(request.getfixturevalue(person)).post(url(name, certificate.code)).status_code == status
    assert reverse("account_login") in client.post(url(name, certificate.code)).url
    assert Certificate.objects.count() == 1


def test_a_holder_who_coordinates_elsewhere_may_not(browse_as, learner, coordinator, certificate):
    learner.organisation = Organisation.objects.create(name="Huis", country=Country.BELGIUM)
    learner.save()
    learner.groups.set(coordinator.groups.all())
    correct_name()
    client = browse_as(User.objects.get(pk=learner.pk))
    for name in ("certificate", "replace", "revoke"):
        assert client.get(url(name, certificate.code)).status_code == 403
    for name in ("replace", "revoke", "duplicate", "decline_correction"):
        assert client.post(url(name, certificate.code), {"reason": "error"}).status_code == 403
    assert Certificate.objects.count() == 1 and not CertificateEvent.objects.exists()
    assert client.get(url("my_certificates")).status_code == 200


@pytest.mark.parametrize("name", ["certificate", "replace", "duplicate", "decline_correction"])
def test_a_missing_one_and_a_get(browse_as, coordinator, certificate, name):
    client = browse_as(coordinator)
    assert client.get(url(name, "A" * 16)).status_code in (404, 405)
    if name in ("duplicate", "decline_correction"):
        assert client.get(url(name, certificate.code)).status_code == 405


def test_a_duplicate_is_the_same_file_and_is_written_down(browse_as, coordinator, learner, certificate):
    client = browse_as(coordinator)
    assert client.post(url("duplicate", certificate.code)).status_code == 404
    make_file.call(certificate.pk)
    copies = [client.post(url("duplicate", certificate.code)).content for _time in range(2)]
    assert copies[0] == copies[1] == browse_as(learner).get(url("download", certificate.code)).content
    entries = TrailEntry.objects.filter(action="exported", person=learner, author=coordinator)
    assert [entry.subject for entry in entries] == [f"{certificate.number}.pdf"] * 2


def test_the_holder_asks_and_the_coordinator_reads_it(browse_as, learner, coordinator, certificate):
    holder, client = browse_as(learner), browse_as(coordinator)
    assert holder.get(url("ask_correction", certificate.code)).status_code == 200
    for wanted in ("Aminata Dialo", RIGHT):
        response = holder.post(url("ask_correction", certificate.code), {"wanted": wanted})
        assert response.url == url("my_certificates")
    assert CorrectionRequest.objects.get().wanted == RIGHT
    for page in (url("cohort", certificate.edition.code), url("certificate", certificate.code)):
        assert RIGHT in client.get(page).content.decode()
    for _time in range(2):
        client.post(url("decline_correction", certificate.code))
    assert not CorrectionRequest.objects.open().exists()
    holder.post(url("ask_correction", certificate.code), {"wanted": RIGHT})
    correct_name()
    client.post(url("replace", certificate.code))
    assert CorrectionRequest.objects.count() == 2 and not CorrectionRequest.objects.open().exists()


def test_asking_without_a_name_keeps_the_page(browse_as, learner, certificate):
    client = browse_as(learner)
    assert client.post(url("ask_correction", certificate.code), {"wanted": " "}).status_code == 422
    typed = "x" * 151
    response = client.post(url("ask_correction", certificate.code), {"wanted": typed})
    assert response.status_code == 422 and typed in response.content.decode()
    assert not CorrectionRequest.objects.exists()


@pytest.mark.parametrize("person", ["other_learner", "stranger", "trainer", "coordinator"])
def test_only_the_holder_asks(request, browse_as, certificate, person):
    client = browse_as(request.getfixturevalue(person))
    assert client.post(url("ask_correction", certificate.code), {"wanted": RIGHT}).status_code == 404


def test_nothing_is_asked_of_a_revoked_one(browse_as, learner, coordinator, certificate):
    certificate.revoke("error", coordinator, timezone.now())
    assert browse_as(learner).get(url("ask_correction", certificate.code)).status_code == 404


def test_what_was_replaced_meanwhile_is_not_revoked(browse_as, coordinator, certificate):
    correct_name()
    new = issuing.replace(certificate, coordinator, timezone.now())
    response = browse_as(coordinator).post(url("revoke", certificate.code), {"reason": "error"}, follow=True)
    assert response.redirect_chain == [(url("certificate", certificate.code), 302)]
    assert "remplacé entre-temps" in str(next(iter(response.context["messages"])))
    assert f'href="{url("certificate", new.code)}"' in response.content.decode()
    assert not CertificateEvent.objects.exists()


def test_replaced_twice_at_once_it_is_one(real_database, coordinator, trainer, learner, session):
    make_ready(session, trainer)
    certificate = issue(learner, session.edition, learner, timezone.now())
    correct_name()
    first, second = together(*[lambda: issuing.replace(certificate, coordinator, timezone.now()).number] * 2)
    assert first == second
    assert Certificate.objects.count() == 2 and Counter.objects.get().last == 2


def test_a_month_later_the_end_is_the_same(coordinator, certificate):
    correct_name()
    later = timezone.now() + timedelta(days=31)
    new = issuing.replace(certificate, coordinator, later)
    assert new.expires_on == certificate.expires_on and new.issued_at == later
    assert new.printed["place_and_date_fr"] != certificate.printed["place_and_date_fr"]
