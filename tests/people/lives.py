"""A training lived through: there is a row of every kind on the learner, the trainer or the coordinator."""

import datetime
import uuid

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.users.models import UserProfile

from certification import issuing
from certification.batching import issue_some
from certification.convoking import convoke
from certification.issuing_documents import issue_document
from certification.models import (
    AuditorLink,
    Batch,
    CivilStatus,
    CorrectionRequest,
    Exchange,
    ExchangeNote,
    ExpiryReminder,
    GuestPresence,
    LateDecision,
    PaperSheet,
    Passage,
    PassageFile,
)
from certification.tasks import make_file
from courses.models import Completion, Item, QuizAttempt, QuizDraft
from events.models import CalendarFeed, Material, Message, Registration, RegistrationDetail, Room, RoomFact
from events.stays import Heard, Kind, Source
from people.devices import NOWHERE
from people.models import Card, Consent, ErasureRequest, Invitation, News, NoticeAcceptance, Pin, User
from people.trail import facts_of, note_changes
from tests.certification.declared import KABUL, register_title
from tests.certification.facts import everyone_present, finish_modules, say
from tests.certification.practising import live_practice
from tests.certification.sitting import POSTPONED, make_jury

WRONG_LINE = "Wrong line."


def live_through(session, learner, trainer, coordinator):
    now = timezone.now()
    User.objects.filter(pk=learner.pk).update(email="amina@example.org", mother_tongue="ff")
    EmailAddress.objects.create(user=learner, email="amina@example.org", verified=True, primary=True)
    TOTP.activate(learner, generate_totp_secret())
    UserSession.objects.create(user=learner, ip=NOWHERE, session_key="lived", user_agent="Firefox")
    UserProfile.get_for_user(trainer)
    for person in (learner, trainer):
        person.user_permissions.add(Permission.objects.first())
    learn(session.edition, learner, now)
    come(session, learner, now)
    meet_online(session, learner, trainer, now)
    everyone_present(session, trainer)
    late = say(session.half_days[0], learner, trainer)
    LateDecision.objects.decide(late, trainer, True, now)
    say(session.half_days[0], learner, trainer, "present", source=4, reason=WRONG_LINE)
    PaperSheet.objects.attach(session.half_days[0], trainer, b"%PDF-1.7", "application/pdf", now)
    batch = Batch.objects.begin(session.edition, coordinator, now)
    issue_some(batch)
    certificate = learner.certificates.get()
    make_file.call(certificate.pk)
    CorrectionRequest.objects.ask(certificate, "Aminata Diallo", now)
    ExpiryReminder.objects.create(certificate=certificate, days=30, at=now)
    certificate.revoke("error", coordinator, now)
    issue_document("activities", learner, session.edition, "fr", coordinator, now)
    guest = Registration.objects.create(session=session, at=now)
    GuestPresence.objects.create(slot=session.half_days[0], registration=guest, author=trainer, at=now)
    be_helped(session.edition, learner, trainer, now)
    Card.objects.of(learner, now)
    Pin.objects.choose(learner, "258036", now)
    Invitation.objects.invite(learner, trainer, now)
    ErasureRequest.objects.create(
        person=learner, asked_at=now, decided_at=now, decided_by=coordinator, outcome="withdrawn"
    )
    declare(learner, coordinator, now)
    agree(learner, now)
    live_practice(session.edition, learner, trainer, coordinator)
    be_judged(session.edition, learner, coordinator)
    publish(session.edition.cohort, trainer, now)
    be_followed(session.edition.cohort, learner, coordinator, now)
    return User.objects.get(pk=learner.pk)


def be_judged(edition, learner, coordinator):
    """Whoever chairs knows the learner: the trainer of the group writes the decision."""
    sitting = make_jury(edition, coordinator, learner).declare(chair=[learner])
    convoke(sitting.jury, "fr", timezone.now())
    sitting.decide(learner, POSTPONED, WRONG_LINE, by=sitting.trainer)
    sitting.sign_all()


def declare(learner, coordinator, now):
    """The State registers the title of a certificate, which is declared and accepted."""
    certificate = issuing.Certificate.objects.get(learner=learner)
    scheme = register_title()
    made = {"made_at": now, "file": PassageFile.objects.create(scheme=scheme, head={}, made_at=now)}
    passage = Passage.objects.create(scheme=scheme, certificate=certificate, **made)
    CivilStatus.objects.write(learner, KABUL, now)
    Passage.objects.filter(pk=passage.pk).update(answer="ok", answered_at=now)


def agree(learner, now):
    NoticeAcceptance.objects.accept(learner, now)
    Consent.objects.give(learner, "photo", now)


def publish(cohort, trainer, now):
    said = {"cohort": cohort, "author": trainer, "at": now}
    News.objects.create(text_fr="Bonjour.", **said)
    Material.objects.create(audience="group", title_fr="Lexique", url="https://example.org/", **said)


def be_followed(cohort, learner, coordinator, now):
    """The staff changes a name, and lets an auditor read."""
    before = facts_of(learner)
    User.objects.filter(pk=learner.pk).update(used_name="Mina")
    note_changes(before, learner, coordinator, now)
    ends_at = now + datetime.timedelta(days=30)
    values = {"cohort": cohort, "who": "FSE", "starts_at": now, "ends_at": ends_at, "code": uuid.uuid4()}
    AuditorLink.objects.give("token", coordinator, now, **values)


def be_helped(edition, learner, trainer, now):
    values = {"channel": "phone", "subject": "tool", "asked_at": now, "answered_at": now}
    exchange = Exchange.objects.create(edition=edition, learner=learner, tutor=trainer, **values)
    ExchangeNote.objects.create(exchange=exchange, text="The sound of a lesson.")


def come(session, learner, now):
    registration = Registration.objects.get(session=session, learner=learner)
    RegistrationDetail.objects.create(registration=registration, needs="A place near the door.")
    Message.objects.write("confirmation", [registration], session, now)
    CalendarFeed.objects.of(learner, now)


def meet_online(session, learner, trainer, now):
    Room.objects.create(session=session, pin="71234", opened_by=trainer, opened_at=now)
    RoomFact.objects.hear(session, [Heard(Source.HOOK, Kind.JOINED, now, str(learner.code))], now)


def learn(edition, learner, now):
    finish_modules(edition, learner)
    lesson, quiz = Item.objects.filter(kind="lesson").first(), Item.objects.filter(kind="quiz").first()
    Completion.objects.create(learner=learner, item=lesson, minutes=10, language="fr", at=now)
    QuizDraft.objects.create(learner=learner, item=quiz, started_at=now)
    QuizAttempt.objects.create(
        learner=learner,
        item=quiz,
        uuid=uuid.uuid4(),
        questions=[],
        right=5,
        total=5,
        pass_percent=80,
        passed=True,
        language="fr",
        started_at=now,
        finished_at=now,
    )


def years_later(count):
    return timezone.now() + datetime.timedelta(days=366 * count)
