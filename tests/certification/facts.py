"""What learners did, in one line each, for the tests of this room."""

from uuid import uuid4

from django.utils import timezone

from certification.models import AttendanceMark, SlotLock
from courses.models import ModuleCompletion


def say(slot, learner, author, status="present", minutes=None, **more):
    now = timezone.now()
    values = {"uuid": uuid4(), "device_at": now, "now": now, **more}
    return AttendanceMark.objects.record(
        slot=slot, learner=learner, author=author, status=status, minutes=minutes, **values
    )


# Drawn with a finger: two strokes.
STROKES = [[10, 60, 20, 30, 35, 62, 50, 28, 64, 61], [80, 40, 92, 55, 110, 38, 131, 52]]


def sign(slot, learner, author=None, signature=STROKES, **more):
    values = {"uuid": uuid4(), "now": timezone.now(), **more}
    return AttendanceMark.objects.sign(
        slot=slot, learner=learner, author=author or learner, signature=signature, **values
    )


def everyone_present(session, trainer, now=None):
    """Every half-day marked and countersigned."""
    for slot in session.half_days:
        for enrolment in session.edition.enrolments.select_related("learner"):
            say(slot, enrolment.learner, trainer)
        SlotLock.objects.countersign(slot, trainer, now or timezone.now())


def finish_modules(edition, *learners):
    for learner in learners:
        for module in edition.asked.modules:
            ModuleCompletion.objects.get_or_create(learner=learner, item_id=module.key, defaults={"at": timezone.now()})


def make_ready(session, trainer):
    """Everything that the edition asks for is met by all its learners."""
    everyone_present(session, trainer)
    for enrolment in session.edition.enrolments.select_related("learner"):
        finish_modules(session.edition, enrolment.learner)
