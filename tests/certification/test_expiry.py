"""A certificate ends: reminders before it, once each, and a renewal that names it."""

import smtplib
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from certification import expiry, issuing
from certification.issuing import issue
from certification.models import Certificate, ExpiryReminder, Scheme, SchemeEdition
from courses.models import Edition, Enrolment
from courses.outline import requirements_of
from people.models import User
from tests import cast
from tests.certification.facts import finish_modules, make_ready
from tests.databases import together

# At noon: the day stays the same whether it is summer time or not.
NOW = cast.at(timezone.localdate(), 12, 0)


@pytest.fixture
def certificate(session, trainer, learner):
    return make_certificate(session, trainer, learner)


def make_certificate(session, trainer, learner, months=24):
    Scheme.objects.update(validity_months=months)
    make_ready(session, trainer)
    User.objects.filter(pk=learner.pk).update(email="amina@example.org")
    return issue(learner, session.edition, learner, NOW)


def days_before(certificate, days):
    return NOW + (certificate.expires_on - timezone.localdate(NOW)) - timedelta(days=days)


@pytest.mark.parametrize(("days", "sent"), [(91, []), (90, [90]), (31, [90]), (30, [30]), (1, [30]), (0, []), (-1, [])])
def test_when_it_is_due(certificate, days, sent):
    expiry.remind_all(days_before(certificate, days))
    assert list(ExpiryReminder.objects.values_list("days", flat=True)) == sent
    assert len(mail.outbox) == len(sent)


def test_each_once(certificate):
    for days in (95, 90, 90, 60, 30, 30, 10, 1):
        expiry.remind_all(days_before(certificate, days))
    assert [reminder.days for reminder in ExpiryReminder.objects.all()] == [90, 30]
    assert len(mail.outbox) == 2 and ExpiryReminder.objects.filter(sent_at=None).count() == 0
    with pytest.raises(IntegrityError), transaction.atomic():
        ExpiryReminder.objects.create(certificate=certificate, days=30, at=NOW)


@pytest.mark.parametrize(
    ("language", "said", "page"),
    [("fr", "Demandez à votre coordination", "/fr/mes-certificats/"), ("nl", "Vraag uw coördinatie", "/nl/mijn-")],
)
def test_it_is_neutral_and_in_the_language_of_the_person(certificate, learner, language, said, page):
    User.objects.filter(pk=learner.pk).update(interface_language=language)
    expiry.remind_all(days_before(certificate, 90))
    (letter,) = mail.outbox
    assert said in letter.body and page in letter.body and certificate.number in letter.body
    for word in ("certifica", "ambass", "formation", "opleiding"):
        assert word not in letter.subject.lower()
    assert "ambassad" not in letter.body.lower()


@pytest.mark.parametrize("why", ["no address", "left", "revoked", "without end"])
def test_to_whom_nothing_is_said(certificate, learner, coordinator, why):
    moment = days_before(certificate, 30)
    if why == "no address":
        User.objects.filter(pk=learner.pk).update(email="")
    elif why == "left":
        User.objects.filter(pk=learner.pk).update(is_active=False)
    elif why == "revoked":
        certificate.revoke("error", coordinator, NOW)
    else:
        values = {**certificate.printed}
        Certificate.objects.create(
            number="AB-X", learner=learner, edition=certificate.edition, issued_at=NOW, issued_by=learner,
            printed=values, rules_met={}, replaces=certificate,
        )  # fmt: skip
    assert expiry.remind_all(moment) == 0 and not mail.outbox


def broken(monkeypatch, error, moment):
    def fail(*args, **kwargs):
        raise error

    with monkeypatch.context() as server:
        server.setattr(EmailBackend, "send_messages", fail)
        assert expiry.remind_all(moment) == 0


def page_of(name, certificate):
    return reverse(f"certification:{name}", args=[certificate.code])


def test_what_a_server_refused_leaves_the_next_day(certificate, monkeypatch):
    moment = days_before(certificate, 25)
    broken(monkeypatch, ConnectionRefusedError(), moment)
    ExpiryReminder.objects.update(claimed_at=moment)
    assert expiry.remind_all(moment + timedelta(hours=23)) == 0
    assert expiry.remind_all(moment + timedelta(days=1)) == 1
    assert len(mail.outbox) == 1 and ExpiryReminder.objects.get().state == "sent"


def test_what_a_stopped_worker_left_waiting_leaves(certificate):
    ExpiryReminder.objects.create(certificate=certificate, days=30, at=NOW)
    assert expiry.remind_all(days_before(certificate, 20)) == 1


def test_what_waits_too_long_does_not_leave(certificate):
    ExpiryReminder.objects.create(certificate=certificate, days=90, at=NOW)
    assert expiry.remind_all(days_before(certificate, 0)) == 0 and not mail.outbox
    assert ExpiryReminder.objects.get().state == "failed"


def test_one_in_doubt_leaves_again_because_a_person_asks(
    session, trainer, learner, coordinator, browse_as, monkeypatch
):
    certificate, client = make_certificate(session, trainer, learner, months=2), browse_as(coordinator)
    broken(monkeypatch, smtplib.SMTPServerDisconnected(), NOW)
    assert expiry.remind_all(NOW + timedelta(days=2)) == 0 and not mail.outbox
    page, again = (
        reverse(f"certification:{name}", args=[certificate.code]) for name in ("certificate", "remind_again")
    )
    shown = client.get(page).content.decode()
    assert "incertain" in shown and again in shown
    assert client.get(again).status_code == 405
    for _time in range(2):
        assert client.post(again).url == page
        expiry.remind_all(NOW)
    assert len(mail.outbox) == 1 and again not in client.get(page).content.decode()


def test_one_in_doubt_does_not_leave_too_late(session, trainer, learner, coordinator, browse_as, monkeypatch):
    certificate = make_certificate(session, trainer, learner, months=2)
    broken(monkeypatch, smtplib.SMTPServerDisconnected(), NOW)
    certificate.revoke("error", coordinator, NOW)
    client, again = browse_as(coordinator), page_of("remind_again", certificate)
    assert again not in client.get(page_of("certificate", certificate)).content.decode()
    client.post(again)
    assert expiry.remind_all(NOW) == 0 and ExpiryReminder.objects.get().state == "uncertain"


def test_what_was_claimed_before_is_migrated(migrated_database):
    executor = MigrationExecutor(connection)
    executor.migrate([("certification", "0020_no_digest")])
    cast.build()
    edition = cast.make_edition(timezone.localdate())
    learner = User.objects.get(username="learner")
    values = {"learner": learner, "edition": edition, "issued_at": NOW, "issued_by": learner}
    certificate = Certificate.objects.create(number="AB-1", printed={}, rules_met={}, **values)
    old = executor.loader.project_state([("certification", "0020_no_digest")]).apps
    reminders = old.get_model("certification", "ExpiryReminder").objects
    reminders.create(certificate_id=certificate.pk, days=90, claimed_at=NOW, sent_at=NOW)
    reminders.create(certificate_id=certificate.pk, days=30, claimed_at=NOW)
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes("certification"))
    found = ExpiryReminder.objects.order_by("days").values_list("days", "state", "at", "claimed_at", "sent_at")
    assert list(found) == [(30, "uncertain", NOW, None, None), (90, "sent", NOW, None, NOW)]


def test_two_workers_at_once_send_one(real_database, session, trainer, learner):
    certificate = make_certificate(session, trainer, learner)
    moment = days_before(certificate, 30)
    results = together(*[lambda: expiry.remind_all(moment)] * 3)
    assert sorted(results) == [0, 0, 1] and len(mail.outbox) == 1


def test_of_two_that_were_issued_on_the_same_day_one_is_watched(learner, certificate, next_edition):
    new = issue(learner, next_edition, learner, NOW)
    assert new.expires_on == certificate.expires_on and Certificate.objects.standing().get() == new


@pytest.fixture
def next_edition(certificate, course, learner):
    return next_edition_of(certificate, course, learner)


def next_edition_of(certificate, course, learner):
    """Another training of the same title, which asks for no presence; everything in it is done."""
    old = certificate.edition
    edition = Edition.objects.create(
        course=old.course,
        cohort=old.cohort,
        starts_on=old.starts_on + timedelta(days=700),
        ends_on=old.ends_on + timedelta(days=700),
        planned_minutes=0,
        presence_minutes=0,
    )
    edition.start(requirements_of(course, 0), NOW)
    Enrolment.objects.create(learner=learner, edition=edition)
    finish_modules(edition, learner)
    return edition


def test_a_renewal_names_the_one_it_renews(client, learner, certificate, next_edition):
    later = NOW + timedelta(days=700)
    new = issue(learner, next_edition, learner, later)
    assert new.renews == certificate and new.printed["follows_nl"] == f"Verlengt {certificate.number}"
    assert new.expires_on > certificate.expires_on
    assert client.get(f"/api/certificates/{new.code}/").json()["renews"] == certificate.number
    old = client.get(f"/fr/verifier/{certificate.code}/").content.decode()
    assert f'href="/fr/verifier/{new.code}/"' in old
    assert client.get(f"/api/certificates/{certificate.code}/").json()["status"] == "valid"
    expiry.remind_all(days_before(certificate, 30))
    assert not mail.outbox


def test_after_a_revoked_renewal_the_old_one_is_watched(
    browse_as, client, learner, coordinator, certificate, next_edition
):
    new = issue(learner, next_edition, learner, NOW + timedelta(days=600))
    new.revoke("error", coordinator, NOW)
    assert Certificate.objects.standing().get() == certificate
    pages = client.get(f"/fr/verifier/{certificate.code}/"), holder_page(browse_as, learner, certificate)
    assert all(new.number not in page and new.code not in page for page in (pages[0].content.decode(), pages[1]))
    assert "Il se termine bientôt." in pages[1]
    expiry.remind_all(days_before(certificate, 30))
    assert len(mail.outbox) == 1
    User.objects.filter(pk=learner.pk).update(printed_name="Aminata")
    corrected = issuing.replace(new, coordinator, NOW + timedelta(days=601))
    assert Certificate.objects.standing().get() == corrected
    assert corrected.code in client.get(f"/fr/verifier/{certificate.code}/").content.decode()
    assert "Il se termine bientôt." not in holder_page(browse_as, learner, certificate)


def holder_page(browse_as, learner, certificate):
    """The card of a certificate on the page of its holder, 30 days before its end."""
    with time_machine.travel(days_before(certificate, 30), tick=False):
        page = browse_as(learner).get(reverse("certification:my_certificates")).content.decode()
    return page.split(f'aria-labelledby="c-{certificate.code}"')[1].split("</section>")[0]


def test_after_a_revoked_renewal_another_one_is_issued(client, learner, coordinator, certificate, next_edition):
    issue(learner, next_edition, learner, NOW).revoke("error", coordinator, NOW)
    third = edition_after(next_edition, learner)
    last = issue(learner, third, learner, NOW + timedelta(days=650))
    assert last.renews is None and Certificate.objects.standing().get() == last
    assert f"/fr/verifier/{last.code}/" in client.get(f"/fr/verifier/{certificate.code}/").content.decode()


def edition_after(edition, learner):
    after = Edition.objects.create(
        course=edition.course, cohort=edition.cohort, planned_minutes=0, presence_minutes=0,
        starts_on=edition.starts_on + timedelta(days=9), ends_on=edition.ends_on + timedelta(days=9),
    )  # fmt: skip
    after.start(edition.asked, NOW)
    Enrolment.objects.create(learner=learner, edition=after)
    return after


def test_of_two_renewals_at_once_each_renews_another(real_database, course, session, trainer, learner):
    first = make_certificate(session, trainer, learner)
    second = next_edition_of(first, course, learner)
    editions = second, edition_after(second, learner)
    moment = NOW + timedelta(days=700)
    new = together(*[lambda edition=edition: issue(learner, edition, learner, moment) for edition in editions])
    assert sorted(one.renews.number for one in new) == sorted([first.number, min(one.number for one in new)])


def test_a_name_corrected_after_the_renewal_is_not_watched(learner, coordinator, certificate, next_edition):
    new = issue(learner, next_edition, learner, NOW + timedelta(days=600))
    User.objects.filter(pk=learner.pk).update(printed_name="Aminata")
    issuing.replace(certificate, coordinator, NOW + timedelta(days=601))
    assert Certificate.objects.standing().get() == new


def test_a_certificate_without_end_is_not_renewed(learner, next_edition, session):
    assert Certificate.objects.get().renews is None
    Scheme.objects.update(validity_months=None)
    other = Scheme.objects.create(key="other", title_fr="Autre", title_nl="Ander", certifier="AB")
    SchemeEdition.objects.create(scheme=other, edition=next_edition)
    assert issue(learner, next_edition, learner, NOW).renews is None


def test_a_revoked_one_is_not_renewed(learner, coordinator, certificate, next_edition):
    certificate.revoke("error", coordinator, NOW)
    assert issue(learner, next_edition, learner, NOW).renews is None


def test_the_database_keeps_one_renewal(certificate, learner):
    values = {"learner": learner, "edition": certificate.edition, "issued_at": NOW, "issued_by": learner}
    first = Certificate.objects.create(
        number=uuid4().hex[:8], printed={}, rules_met={}, renews=certificate, scheme="a", **values
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            number=uuid4().hex[:8], printed={}, rules_met={}, renews=first.renews, scheme="b", **values
        )
