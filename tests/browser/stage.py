"""What makes the states of the screens: facts, added once to the copy of the demonstration, and who lives them."""

import datetime
from uuid import uuid4

from django.contrib.auth.models import Group
from django.utils import timezone

from certification import convoking, deliberating, depositing
from certification.credentialing import make_credentials
from certification.issuing_documents import issue_document
from certification.jury import Decision, Seat
from certification.models import (
    AttendanceMark,
    Batch,
    Certificate,
    CertificateEvent,
    CorrectionRequest,
    ExpiryReminder,
    FrameworkDraft,
    PaperSheet,
    Passage,
)
from certification.presence import Status
from certification.tasks import check_passage_file
from courses import progress
from courses.models import Module, Quiz
from courses.outline import course_in, parts_of
from courses.scoring import Kind
from events.models import Event, Message, Registration, RegistrationDetail, Slot
from people.models import ErasureRequest, Organisation, User
from people.roles import Role
from tests.certification.declared import answer, as_file, give_civil_status, register_title

LEARNER, TRAINER, COORDINATOR, ADMINISTRATOR = "ambassadrice", "formatrice", "coordinateur", "admin"
ENROLLED_NOWHERE, ANSWERS_WRONG, ANSWERS_RIGHT = "benevole", "hamid.noori", "samuel.okafor"
REVOKED, EXPIRED, WAITING, VALID, READY = (
    "fatoumata.diallo", "gebre.haile", "bilal.alkhatib", "yusuf.sahin", "jeanbosco.niyonzima",
)  # fmt: skip
ASSESSOR, JUROR, PARTNER = "evaluateur", "jury", "partner"
LEAVING, INVITED = "mariam.sesay", "olena.shevchuk"


DECIDING, SIGNING, CANCELLED = "Salle des Tilleuls, Lille", "Salle des Érables, Lille", "Salle des Ormes, Lille"


def prepare():
    now = timezone.now()
    quiz = quiz_of_every_kind()
    for question in quiz.values:
        progress.answer(user(ANSWERS_RIGHT), quiz, question, question.expected, now)
        progress.answer(user(ANSWERS_WRONG), quiz, question, wrong(question), now)
    failed = page(Quiz, "risques-psychosociaux")
    for question in failed.values:
        progress.answer(user(ANSWERS_WRONG), failed, question, wrong(question), now)
    progress.finish(user(ANSWERS_WRONG), failed, now)
    for part in parts_of(course_in("fr")):
        finish(part, user(READY), now)
    for slot, status in [(today_slots()[1], Status.PRESENT), (past_slots()[0], Status.EXCUSED)]:
        for number, enrolment in enumerate(slot.session.edition.enrolments.order_by("pk")):
            if slot in today_slots() or number < 2:
                mark(slot, enrolment.learner, status, now)
    for number, username in enumerate([REVOKED, EXPIRED, WAITING], start=2):
        certificate_like(Certificate.objects.get(learner__username=VALID), user(username), number, now)
    certificate(REVOKED).revoke(CertificateEvent.Reason.ERROR, user(COORDINATOR), now)
    make_credentials(certificate(VALID), now)
    ErasureRequest.objects.ask(user(LEAVING), now)
    FrameworkDraft.objects.begin(user(COORDINATOR), now)
    coordinate_elsewhere()
    take_attendance(now)
    declare(now)
    sit(now)
    issue_together(now)
    for kind in ("realisation", "end", "activities"):
        issue_document(kind, user(LEARNER), certificate(VALID).edition, "fr", user(COORDINATOR), now)


def coordinate_elsewhere():
    """A coordinator of a partner that does not lead."""
    house = Organisation.objects.get(name="La Vie Active")
    person = User.objects.create(username=PARTNER, printed_name="Luc Martin", used_name="Luc", organisation=house)
    person.groups.add(Group.objects.get(name=Role.COORDINATOR))


def issue_together(now):
    """A batch that stopped on the way, with somebody refused; a name said to be wrong; a reminder in doubt."""
    CorrectionRequest.objects.ask(certificate(WAITING), "Bilal Al Khatib", now)
    User.objects.filter(username=WAITING).update(email="bilal@example.org")
    ExpiryReminder.objects.create(
        certificate=certificate(WAITING), days=30, at=now, state=ExpiryReminder.State.UNCERTAIN
    )
    batch = Batch.objects.begin(certificate(VALID).edition, user(COORDINATOR), now - datetime.timedelta(minutes=9))
    batch.items.first().settle(now - datetime.timedelta(minutes=8), {"code": "unprintable", "signs": ["☺"]})


def declare(now):
    """A registered title: one certificate refused by the register, one on its way, one without its civil status."""
    scheme = register_title()
    long_ago = now - datetime.timedelta(days=70)
    made = {"scheme": scheme, "made_at": long_ago}
    refused, sent, _lacking = (
        Passage.objects.create(certificate=certificate(name), **made) for name in (VALID, WAITING, EXPIRED)
    )
    give_civil_status(refused, sent)
    file = depositing.generate(scheme, user(ADMINISTRATOR), now)
    check_passage_file.call(file.pk)
    depositing.receive(file, as_file(answer(file, [], [refused])), user(ADMINISTRATOR), now)


def sit(now):
    """Juries of today: one that decides, one whose minutes wait for their signatures, one that does not meet."""
    edition, author = certificate(VALID).edition, user(COORDINATOR)
    seats = [(JUROR, Seat.CHAIR), (ASSESSOR, Seat.PROFESSIONAL), (TRAINER, Seat.TRAINER)]
    off = deliberating.open_jury(edition, [user(READY)], author, now, code=uuid4(), at=now, place=CANCELLED)
    deliberating.name_member(off, user(JUROR), Seat.CHAIR, author, now)
    convoking.convoke(off, "fr", now)
    convoking.call_off(off, "La salle est fermée.", author, now)
    for place, learners in [(DECIDING, [LEARNER, READY]), (SIGNING, [READY])]:
        people = [user(name) for name in learners]
        jury = deliberating.open_jury(edition, people, author, now, code=uuid4(), at=now, place=place)
        members = [deliberating.name_member(jury, user(name), seat, author, now) for name, seat in seats]
        for member in members:
            deliberating.declare(member, [], now)
        deliberating.decide(members[0], user(READY), Decision.POSTPONED, now, "Un entretien de plus.")
    deliberating.draw_up(jury, now)


def take_attendance(now):
    """A half-day that is open now, a sheet on paper, and a signature."""
    slot = today_slots()[0]
    Slot.objects.create(
        session=slot.session, period=Slot.Period.EVENING, starts_at=now, ends_at=now + datetime.timedelta(hours=12)
    )
    PaperSheet.objects.attach(slot, user(TRAINER), b"%PDF-1.7", "application/pdf", now)
    guest = Registration.objects.create(session=slot.session, at=now)
    RegistrationDetail.objects.create(registration=guest, name="Noor Haddad", phone="+32470000000")
    Message.objects.write(Message.Kind.CONFIRMATION, [guest], slot.session, now)
    strokes = [[10, 60, 20, 30, 35, 62, 50, 28, 64, 61], [80, 40, 92, 55, 110, 38, 131, 52]]
    AttendanceMark.objects.sign(
        slot=slot, learner=user(READY), author=user(TRAINER), signature=strokes, uuid=uuid4(), now=now
    )


def finish(part, learner, now):
    for lesson in part.lessons:
        progress.complete(learner, lesson, now)
    for question in part.quiz.values:
        progress.answer(learner, part.quiz, question, question.expected, now)
    progress.finish(learner, part.quiz, now)


def wrong(question):
    """An answer that is possible and not right."""
    if question.kind == Kind.ORDERING:
        return question.expected[::-1]
    if question.kind == Kind.MATCHING:
        return [f"{left}:{right}" for left, right in zip(question.ids, question.ids[::-1], strict=True)]
    return [choice.id for choice in question.choices if not choice.correct][:1]


def mark(slot, learner, status, now):
    AttendanceMark.objects.record(
        slot=slot, learner=learner, author=user(TRAINER), status=status, uuid=uuid4(), device_at=now, now=now
    )


def certificate_like(model, learner, number, now):
    """One that nobody drew yet. It expired yesterday, or ends soon, when its holder is the one for that."""
    left = {EXPIRED: -1, WAITING: 20}.get(learner.username)
    Certificate.objects.create(
        learner=learner,
        edition=model.edition,
        issued_by=model.issued_by,
        issued_at=now - datetime.timedelta(days=70) if learner.username == EXPIRED else now,
        expires_on=left and timezone.localdate(now) + datetime.timedelta(days=left),
        number=f"AB-{now.year}-9{number:03d}",
        printed={**model.printed, "holder": str(learner)},
        rules_met=model.rules_met,
    )


def user(username):
    return User.objects.get(username=username)


def page(model, slug, language="fr"):
    """By its own slug or, for a quiz, that of its module."""
    pages = model.objects.filter(locale__language_code="fr")
    found = pages.child_of(page(Module, slug)).get() if model is Quiz else pages.get(slug=slug)
    return model.objects.get(translation_key=found.translation_key, locale__language_code=language)


def first(model, language="fr"):
    return model.objects.filter(locale__language_code=language).order_by("path").first()


def quiz_of_every_kind():
    return page(Quiz, "laicite")


def today_slots():
    """Morning and afternoon. The evening begins when the test does, which may be before both."""
    return list(page(Event, "comprendre-sans-juger").session.slots.exclude(period="evening").order_by("starts_at"))


def past_slots():
    return list(page(Event, "interculturalite-une-journee").session.slots.order_by("starts_at"))


def certificate(username):
    return Certificate.objects.with_facts().get(learner__username=username)
