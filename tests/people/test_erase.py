"""Erasing a person: what the preview says is what happens, and proof stays whole."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from certification.models import MarkDetail, is_whole
from courses.models import Completion, Enrolment, QuizAttempt, QuizDraft
from people import privacy
from people.models import Country, ErasureRequest, Organisation, User
from tests.cast import PASSWORD
from tests.certification.facts import say
from tests.courses import steps
from tests.people.lives import WRONG_LINE, live_through, years_later

NAMES = ["Amina", "Diallo", "amina@example.org"]


@pytest.fixture
def lived(session, learner, trainer, coordinator):
    return live_through(session, learner, trainer, coordinator)


@pytest.fixture
def asked(lived):
    return ErasureRequest.objects.ask(lived, timezone.now())


def url(asked, language="fr"):
    return steps.address("people:erasure", asked.code, language=language)


def counts(person):
    return {kind.key: kind.rows(person).count() for kind in privacy.all_kinds()}


def test_it_works(browse_as, coordinator, lived, asked):
    assert browse_as(coordinator).post(url(asked)).url == steps.address("people:erasures")
    person = User.objects.get(pk=lived.pk)
    assert (person.username, person.email, person.used_name, person.printed_name) == (
        f"erased-{person.code.hex}",
        "",
        "",
        "",
    )
    assert (person.mother_tongue, person.is_active, person.has_usable_password()) == (None, False, False)
    asked.refresh_from_db()
    assert (asked.outcome, asked.decided_by) == ("done", coordinator)
    assert asked.decided_at == person.erased_at
    assert not EmailAddress.objects.filter(user=person).exists()
    assert not QuizDraft.objects.filter(learner=person).exists()
    assert not person.groups.exists() and not person.user_permissions.exists()


@pytest.mark.parametrize("later", [0, 11])
def test_what_the_preview_says_is_what_happens(lived, later):
    now = years_later(later)
    lines = {line.kind.key: line for line in privacy.preview(lived, now)}
    before = counts(lived)
    privacy.erase(lived, now)
    after = counts(lived)
    noted = {"trail": 1}
    for key, count in before.items():
        line = lines.get(key)
        expected = (line.deleted + line.kept, line.kept) if line else (0, 0)
        assert (count, after[key] - noted.get(key, 0)) == expected, key


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_preview_names_what_goes_and_what_stays(browse_as, coordinator, asked, language):
    response = browse_as(coordinator).get(url(asked, language))
    lines = {line.kind.key: line for line in response.context["lines"]}
    assert (lines["quiz_drafts"].deleted, lines["quiz_drafts"].kept) == (1, 0)
    assert (lines["mark_details"].deleted, lines["mark_details"].kept) == (0, 4)
    assert lines["mark_details"].until.year == timezone.now().year + 10
    assert response.content.decode().count('<tr><th scope="row"') == len(lines)
    assert ErasureRequest.objects.open().exists()


def test_learning_stays_without_a_name(lived):
    privacy.erase(lived, timezone.now())
    assert Completion.objects.filter(learner=lived).exists() and QuizAttempt.objects.filter(learner=lived).exists()
    assert not Enrolment.objects.filter(learner=lived).exists()


def test_an_enrolment_in_a_training_that_is_over_stays(lived):
    privacy.erase(lived, years_later(1))
    assert Enrolment.objects.filter(learner=lived).exists()


def test_the_seat_of_a_session_to_come_is_given_back(lived, session):
    privacy.erase(lived, min(slot.starts_at for slot in session.half_days))
    assert not session.registrations.filter(learner=lived).exists()


def test_proof_stays_whole_and_keeps_its_names_for_its_time(lived, session):
    privacy.erase(lived, timezone.now())
    assert all(is_whole(slot) for slot in session.half_days)
    assert MarkDetail.objects.filter(mark__learner=lived, printed_name="Amina Diallo").count() == 4
    assert lived.certificates.get().printed["holder"] == "Amina Diallo"


def test_after_its_time_the_names_go_and_the_chain_is_still_whole(lived, other_learner, session):
    privacy.erase(lived, years_later(11))
    assert not MarkDetail.objects.filter(mark__learner=lived).exists()
    assert MarkDetail.objects.filter(mark__learner=other_learner).exists()
    assert all(is_whole(slot) for slot in session.half_days)


def test_nobody_signs_in_any_more(browse_as, lived):
    inside, login = browse_as(lived), steps.address("account_login")
    privacy.erase(lived, timezone.now())
    assert inside.get(steps.address("people:me")).url.startswith(login)
    for name in ("learner", "amina@example.org", f"erased-{lived.code.hex}"):
        client = Client()
        client.post(login, {"login": name, "password": PASSWORD})
        assert "_auth_user_id" not in client.session


def test_pages_with_facts_still_open(browse_as, lived, session, coordinator):
    slot = session.half_days[0]
    privacy.erase(lived, timezone.now())
    client = browse_as(coordinator)
    for name, code in [("roster", slot.code), ("sheet", session.code), ("cohort", session.edition.code)]:
        assert client.get(steps.address(f"certification:{name}", code)).status_code == 200
    roster = client.get(steps.address("certification:roster", slot.code)).content.decode()
    assert steps.said("erased person %(code)s") % {"code": lived.code.hex[:6]} in roster
    assert not [name for name in NAMES if name in roster]
    assert type(str(User.objects.get(pk=lived.pk))) is str


def test_no_name_is_left_outside_of_proof(lived, trainer):
    log(lived, "wagtail.edit", user=trainer)
    log(Enrolment.objects.get(learner=lived), "wagtail.edit", user=trainer)
    privacy.erase(lived, timezone.now())
    assert not [entry.label for entry in ModelLogEntry.objects.all() for name in NAMES if name in entry.label]
    proof = {"marks", "mark_details", "certificates", "slot_locks", "credentials", "assessment_details",
             "document_bodies"}  # fmt: skip
    sections = {key: value for key, value in privacy.sections_on(lived).items() if key not in proof}
    said = str({key: value["rows"] for key, value in sections.items()})
    assert not [name for name in NAMES if name in said]


def test_others_are_untouched(lived, other_learner):
    before = (counts(other_learner), privacy.sections_on(other_learner)["account"]["rows"])
    privacy.erase(lived, timezone.now())
    assert (counts(other_learner), privacy.sections_on(other_learner)["account"]["rows"]) == before


def test_twice_is_harmless(browse_as, coordinator, lived, asked):
    client = browse_as(coordinator)
    client.post(url(asked))
    first = User.objects.get(pk=lived.pk).erased_at
    assert client.post(url(asked)).status_code == 404
    privacy.erase(lived, years_later(1))
    assert User.objects.get(pk=lived.pk).erased_at == first


def test_nothing_is_half_erased(lived, monkeypatch):
    monkeypatch.setattr(User, "forget", lambda person, now: 1 / 0)
    before = counts(lived)
    with pytest.raises(ZeroDivisionError):
        privacy.erase(lived, timezone.now())
    assert counts(lived) == before


def test_a_picture_is_exported_and_goes_with_the_account(trainer, django_capture_on_commit_callbacks):
    profile = UserProfile.get_for_user(trainer)
    profile.avatar.save("claire.png", ContentFile(b"picture"))
    assert [data for name, data in privacy.files_on(trainer) if name.endswith(".png")] == [b"picture"]
    with django_capture_on_commit_callbacks(execute=True):
        privacy.erase(trainer, timezone.now())
    assert not profile.avatar.storage.exists(profile.avatar.name)


def test_an_erased_trainer_leads_nothing(lived, trainer, session):
    privacy.erase(trainer, timezone.now())
    assert not trainer.cohorts_led.exists()
    assert all(is_whole(slot) for slot in session.half_days)


@pytest.mark.parametrize("who", ["learner", "stranger", "trainer"])
def test_a_wrong_role(browse_as, request, asked, who):
    client = browse_as(request.getfixturevalue(who))
    for response in (client.get(url(asked)), client.post(url(asked)), client.get(steps.address("people:erasures"))):
        assert response.status_code == 403
    assert ErasureRequest.objects.open().exists()


def test_the_coordinator_of_another_organisation(browse_as, coordinator, asked):
    coordinator.organisation = Organisation.objects.create(name="Ander huis", country=Country.BELGIUM)
    coordinator.save()
    client = browse_as(coordinator)
    assert client.get(url(asked)).status_code == client.post(url(asked)).status_code == 404
    assert not client.get(steps.address("people:erasures")).context["asked"]
    assert ErasureRequest.objects.open().exists()


def test_nobody_erases_themselves(browse_as, coordinator):
    asked = ErasureRequest.objects.ask(coordinator, timezone.now())
    assert browse_as(coordinator).post(url(asked)).status_code == 404


def test_a_visitor_a_missing_and_a_withdrawn_request(browse_as, coordinator, lived, asked):
    assert Client().post(url(asked)).url.startswith(steps.address("account_login"))
    client = browse_as(coordinator)
    assert client.get(steps.address("people:erasure", uuid4())).status_code == 404
    ErasureRequest.objects.withdraw(lived, timezone.now())
    assert client.post(url(asked)).status_code == 404
    assert User.objects.get(pk=lived.pk).is_active


@pytest.mark.parametrize("language", ["fr", "nl"])
def test_the_list_leads_to_each_request(browse_as, coordinator, asked, language):
    html = browse_as(coordinator).get(steps.address("people:erasures", language=language)).content.decode()
    assert f'href="{url(asked, language)}"' in html


def test_marks_of_somebody_erased_can_still_be_made(lived, session, trainer):
    """A device that was offline sends its marks later."""
    privacy.erase(lived, timezone.now())
    say(session.half_days[1], User.objects.get(pk=lived.pk), trainer, "absent")
    assert is_whole(session.half_days[1])
    assert WRONG_LINE in MarkDetail.objects.values_list("reason", flat=True)
