import random
import uuid
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from certification.models import AttendanceMark, LockDetail, MarkDetail, RegisterEntry, SlotLock
from certification.models.register import link_after
from certification.presence import Source, Status
from courses.models import Edition, Enrolment, Item
from events.models import Session, Slot
from lms.management.commands.make_people import make_people

PEOPLE, COHORTS, AT_ONCE, BATCH = 20, 10, 100, 1000
HALF_DAYS = [(Slot.Period.MORNING, 9), (Slot.Period.AFTERNOON, 14)]
STATUSES = [Status.PRESENT] * 8 + [Status.ABSENT, Status.EXCUSED]
STROKES = [[10, 60, 20, 30, 35, 62, 50, 28, 64, 61], [80, 40, 92, 55, 110, 38, 131, 52]]


class Command(BaseCommand):
    """Ten groups of twenty people; each session has two half-days, marked and countersigned."""

    help = "Adds invented sessions with their register, to see how the site does with many. Never on a real site."

    def add_arguments(self, parser):
        parser.add_argument("--sessions", type=int, default=5_000, help="each with forty marks")

    def handle(self, *, sessions, **options):
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("This would put invented sessions on a real site.")
        if sessions < 1:
            raise CommandError("At least one session.")
        marks = make_sessions(sessions, timezone.now(), Session.objects.count())
        self.stdout.write(f"{sessions} sessions, {marks} marks.")


def make_sessions(count, now, first=0):
    """How many marks they hold. Sessions of the same numbers hold the same marks each time."""
    groups = make_groups(now)
    starts = range(first, first + count, AT_ONCE)
    return sum(make_some(range(start, min(start + AT_ONCE, first + count)), groups, now) for start in starts)


def make_groups(now):
    """Editions with their trainer and learners."""
    course = Item.objects.filter(kind="course").order_by("pk").first()
    if course is None:
        raise CommandError("There is no course: load the demo first, with load_content.")
    cohorts = make_people(PEOPLE * COHORTS, COHORTS, now)
    day = timezone.localdate(now)
    groups = []
    for cohort in cohorts:
        dates = {"starts_on": day - timedelta(days=1500), "ends_on": day}
        edition = Edition.objects.create(
            course=course, cohort=cohort, planned_minutes=420, presence_minutes=336, **dates
        )
        learners = list(cohort.members.order_by("pk"))
        Enrolment.objects.bulk_create(Enrolment(learner=learner, edition=edition) for learner in learners)
        groups.append((edition, cohort.trainer, learners))
    return groups


@transaction.atomic
def make_some(numbers, groups, now):
    """Sessions with their half-days, their marks and countersignatures, each in its chain."""
    made = [(session(number, groups[number % COHORTS][0]), *groups[number % COHORTS], number) for number in numbers]
    Session.objects.bulk_create([each[0] for each in made])
    led = [Session.trainers.through(session=one, user=trainer) for one, _edition, trainer, _people, _number in made]
    Session.trainers.through.objects.bulk_create(led)
    slots = [slots_of(one, number, now) for one, *_group, number in made]
    Slot.objects.bulk_create([slot for pair in slots for slot in pair])
    links, facts, details = [], [], []
    for (one, _edition, trainer, learners, number), pair in zip(made, slots, strict=True):
        write(one, pair, trainer, learners, drawn(number), (links, facts, details))
    RegisterEntry.objects.bulk_create(links, BATCH)
    return keep(links, facts, details)


def keep(links, facts, details):
    for link, fact in zip(links, facts, strict=True):
        fact.entry = link
    marks = [fact for fact in facts if isinstance(fact, AttendanceMark)]
    AttendanceMark.objects.bulk_create(marks, BATCH)
    SlotLock.objects.bulk_create([fact for fact in facts if isinstance(fact, SlotLock)], BATCH)
    for fact, detail in zip(facts, details, strict=True):
        setattr(detail, "mark" if isinstance(fact, AttendanceMark) else "lock", fact)
    MarkDetail.objects.bulk_create([one for one in details if isinstance(one, MarkDetail)], BATCH)
    LockDetail.objects.bulk_create([one for one in details if isinstance(one, LockDetail)], BATCH)
    return len(marks)


def write(session, slots, trainer, learners, draw, rows):
    """Twenty marks and a countersignature in each half-day."""
    last = None
    for slot in slots:
        for line, learner in enumerate(learners, 1):
            detail = MarkDetail(printed_name=str(learner), salt=code(draw).hex)
            mark = mark_of(slot, learner, trainer, line, draw)
            if mark.source == Source.SIGNATURE:
                detail.signature = STROKES
            last = follow(rows, last, session, mark, detail)
        lock = SlotLock(slot=slot, trainer=trainer, signed_at=slot.ends_at, marks=len(learners), digest=last.digest)
        last = follow(rows, last, session, lock, LockDetail(printed_name=str(trainer), salt=code(draw).hex))


def follow(rows, last, session, fact, detail):
    links, facts, details = rows
    fact.detail_digest = detail.seal
    link = link_after(last, session, fact.LINK_KIND, fact.said)
    links.append(link)
    facts.append(fact)
    details.append(detail)
    return link


def mark_of(slot, learner, trainer, line, draw):
    status = draw.choice(STATUSES)
    signed = status == Status.PRESENT and draw.random() < 0.25
    return AttendanceMark(
        slot=slot,
        learner=learner,
        author=trainer,
        status=status,
        minutes=slot.minutes if status == Status.PRESENT else 0,
        source=Source.SIGNATURE if signed else Source.TRAINER,
        uuid=code(draw),
        device_at=slot.starts_at,
        recorded_at=slot.starts_at,
        position=line,
    )


def session(number, edition):
    draw = drawn(-number - 1)
    status = Session.Status.HELD
    return Session(code=code(draw), key=code(draw), edition=edition, status=status, city="Lille", capacity=PEOPLE)


def slots_of(session, number, now):
    day = timezone.localtime(now).replace(minute=0, second=0, microsecond=0) - timedelta(days=1 + number % 1460)
    draw = drawn(f"slots {number}")
    starts = [(period, day.replace(hour=hour)) for period, hour in HALF_DAYS]
    length = timedelta(minutes=210)
    return [
        Slot(code=code(draw), session=session, period=period, starts_at=start, ends_at=start + length)
        for period, start in starts
    ]


def drawn(seed):
    return random.Random(seed)  # noqa: S311 - the same each time, not a secret


def code(draw):
    return uuid.UUID(int=draw.getrandbits(128), version=4)
