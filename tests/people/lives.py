"""A training lived through: there is a row of every kind on the learner, the trainer or the coordinator."""

import datetime
import uuid

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.utils import timezone
from wagtail.users.models import UserProfile

from certification import issuing
from certification.models import LateDecision
from certification.tasks import make_file
from courses.models import Completion, Item, QuizAttempt, QuizDraft
from events.models import CalendarFeed, Message, Registration, RegistrationDetail
from people.models import ErasureRequest, User
from tests.certification.facts import everyone_present, finish_modules, say

WRONG_LINE = "Wrong line."


def live_through(session, learner, trainer, coordinator):
    now = timezone.now()
    User.objects.filter(pk=learner.pk).update(email="amina@example.org", mother_tongue="ff")
    EmailAddress.objects.create(user=learner, email="amina@example.org", verified=True, primary=True)
    UserProfile.get_for_user(trainer)
    for person in (learner, trainer):
        person.user_permissions.add(Permission.objects.first())
    learn(session.edition, learner, now)
    come(session, learner, now)
    everyone_present(session, trainer)
    late = say(session.half_days[0], learner, trainer)
    LateDecision.objects.create(mark=late, author=trainer, accepted=True, at=now)
    say(session.half_days[0], learner, trainer, "present", source=4, reason=WRONG_LINE)
    certificate = issuing.issue(learner, session.edition, coordinator, now)
    make_file.call(certificate.pk)
    certificate.revoke("error", coordinator, now)
    ErasureRequest.objects.create(
        person=learner, asked_at=now, decided_at=now, decided_by=coordinator, outcome="withdrawn"
    )
    return User.objects.get(pk=learner.pk)


def come(session, learner, now):
    registration = Registration.objects.get(session=session, learner=learner)
    RegistrationDetail.objects.create(registration=registration, needs="A place near the door.")
    Message.objects.write("confirmation", [registration], session, now)
    CalendarFeed.objects.of(learner, now)


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
