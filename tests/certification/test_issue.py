from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from certification import issuing, wording
from certification.batching import issue_some
from certification.models import Batch, Certificate, Counter
from certification.refusals import NotYet, Refused
from courses.models import Edition
from home.documents.fonts import MissingGlyph
from people.models import User
from tests.certification.facts import everyone_present, finish_modules, make_ready
from tests.databases import together


@pytest.fixture
def ready(session, trainer):
    make_ready(session, trainer)
    return session.edition


def url(edition):
    return reverse("certification:issue", args=[edition.code])


def test_it_works(browse_as, learner, ready):
    assert browse_as(learner).post(url(ready)).status_code == 302
    certificate = Certificate.objects.get()
    year = timezone.localdate().year
    assert (certificate.learner, certificate.edition, certificate.issued_by) == (learner, ready, learner)
    assert certificate.number == f"AB-{year}-0001"
    assert certificate.printed["holder"] == "Amina Diallo"
    assert certificate.printed["number"] == certificate.number
    assert certificate.printed["verify_url"].endswith(f"/v/{certificate.code}/")
    assert certificate.rules_met["presence_minutes"] == 420
    assert len(certificate.rules_met["modules"]) == 2


def test_what_is_printed_is_in_both_languages(learner, coordinator, ready):
    printed = issuing.issue(learner, ready, coordinator, timezone.now()).printed
    assert printed["skills"] == [["Sait écouter.", "Kan luisteren."], ["Sait agir.", "Kan handelen."]]
    assert [name for name, _fr, _nl in printed["signatories"]] == ["Claire Dubois", "Els Peeters"]
    assert set(printed["place_and_date_fr"].split()) != set(printed["place_and_date_nl"].split())


def test_what_is_printed_does_not_follow_the_page_or_the_person(learner, ready):
    before = issuing.issue(learner, ready, learner, timezone.now()).printed
    User.objects.filter(pk=learner.pk).update(printed_name="Another Name")
    learner.refresh_from_db()
    assert issuing.issue(learner, ready, learner, timezone.now()).printed == before


def test_a_revoked_one_is_not_said_to_be_issued(browse_as, learner, trainer, coordinator, ready):
    batch = Batch.objects.begin(ready, trainer, timezone.now())
    issuing.issue(learner, ready, coordinator, timezone.now()).revoke("conditions", coordinator, timezone.now())
    response = browse_as(learner).post(url(ready), follow=True)
    assert told(response) == ["Votre certificat a été annulé. Demandez à la coordination."]
    address = reverse("certification:issue_for", args=[ready.code, learner.code])
    (said,) = told(browse_as(trainer).post(address, follow=True))
    assert said.startswith("Amina Diallo") and "Le certificat de cette formation a été annulé." in said
    issue_some(batch)
    assert [(item.learner, item.refusal["code"]) for item in batch.items.refused()] == [(learner, "withdrawn")]
    page = browse_as(trainer).get(reverse("certification:batch", args=[batch.code])).content.decode()
    assert "Le certificat de cette formation a été annulé." in page


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_each_agreement_has_its_title():
    for names in (wording.TITLES, wording.HEADINGS, wording.TRAINERS, wording.COORDINATORS):
        assert set(names) == set(User.Agreement.values)


def test_twice_gives_the_same_certificate(browse_as, learner, ready):
    for _time in range(2):
        browse_as(learner).post(url(ready))
    assert Certificate.objects.count() == 1
    assert Counter.objects.get().last == 1


def test_asked_too_early_it_lists_everything_missing(browse_as, learner, edition):
    with pytest.raises(NotYet) as refused:
        issuing.issue(learner, edition, learner, timezone.now())
    assert [finding.code for finding in refused.value.verdict.missing] == ["presence", "module", "module"]
    response = browse_as(learner).post(url(edition), follow=False)
    assert response.status_code == 302
    assert not Certificate.objects.exists()
    assert not Counter.objects.exists()


def test_presence_counts_only_once_countersigned(learner, trainer, session):
    finish_modules(session.edition, learner)
    with pytest.raises(NotYet):
        issuing.issue(learner, session.edition, learner, timezone.now())
    everyone_present(session, trainer)
    assert issuing.issue(learner, session.edition, learner, timezone.now()).pk


def test_before_the_edition_starts_it_is_refused(learner, edition):
    Edition.objects.filter(pk=edition.pk).update(requirements=None, started_at=None)
    edition.refresh_from_db()
    with pytest.raises(Refused) as refused:
        issuing.issue(learner, edition, learner, timezone.now())
    assert refused.value.code == "not_started"


def test_without_a_printed_name_it_is_refused(learner, ready):
    learner.printed_name = " "
    learner.save()
    with pytest.raises(NotYet) as refused:
        issuing.issue(learner, ready, learner, timezone.now())
    assert [finding.code for finding in refused.value.verdict.missing] == ["name"]


def test_a_name_that_cannot_be_printed_is_refused_with_its_signs(browse_as, learner, ready):
    learner.printed_name = "Amina \N{GRINNING FACE}"
    learner.save()
    with pytest.raises(MissingGlyph) as refused:
        issuing.issue(learner, ready, learner, timezone.now())
    assert refused.value.characters == ["\N{GRINNING FACE}"]
    assert browse_as(learner).post(url(ready)).status_code == 302
    assert not Certificate.objects.exists()
    assert not Counter.objects.exists()


def test_a_refusal_leaves_no_gap_in_the_numbers(learner, other_learner, ready):
    User.objects.filter(pk=learner.pk).update(printed_name="\N{GRINNING FACE}")
    batch = Batch.objects.begin(ready, learner, timezone.now())
    issue_some(batch)
    assert Certificate.objects.get().number[-4:] == "0001"
    assert [item.learner for item in batch.items.refused()] == [learner]


@pytest.mark.parametrize("person", ["stranger", "trainer", "coordinator"])
def test_who_is_not_enrolled_gets_nothing(request, browse_as, ready, person):
    assert browse_as(request.getfixturevalue(person)).post(url(ready)).status_code == 404
    assert not Certificate.objects.exists()


def test_get_a_visitor_and_a_missing_edition(browse_as, client, learner, ready):
    assert browse_as(learner).get(url(ready)).status_code == 405
    assert reverse("account_login") in client.post(url(ready))["Location"]
    assert browse_as(learner).post(reverse("certification:issue", args=[uuid4()])).status_code == 404
    assert not Certificate.objects.exists()


def test_the_command_issues_to_everyone_ready_and_again_is_harmless(coordinator, ready):
    for count in (2, 0):
        out = StringIO()
        call_command("issue_certificates", str(ready.code), by="coordinator", stdout=out)
        assert f"{count} issued, 0 not ready" in out.getvalue()
    assert Certificate.objects.count() == 2


@pytest.mark.parametrize(("code", "by"), [(uuid4(), "coordinator"), (None, "learner"), (None, "nobody")])
def test_the_command_refuses(ready, code, by):
    with pytest.raises(CommandError):
        call_command("issue_certificates", str(code or ready.code), by=by)


def test_two_requests_at_once_give_one_certificate(real_database, browse_as, session, trainer, learner):
    make_ready(session, trainer)
    first, second = browse_as(learner), browse_as(learner)
    together(lambda: first.post(url(session.edition)), lambda: second.post(url(session.edition)))
    assert Certificate.objects.count() == 1
    assert Counter.objects.get().last == 1


def test_numbers_have_no_gap_when_people_ask_at_once(real_database, session, trainer, learner, other_learner, stranger):
    session.edition.enrolments.create(learner=stranger)
    make_ready(session, trainer)
    now, edition = timezone.now(), session.edition
    together(
        *[
            lambda person=person: issuing.issue(person, edition, person, now)
            for person in (learner, other_learner, stranger)
        ]
    )
    assert sorted(number[-4:] for number in Certificate.objects.values_list("number", flat=True)) == [
        "0001",
        "0002",
        "0003",
    ]
