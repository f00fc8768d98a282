import hashlib
import resource
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Max
from django.utils import timezone

from certification.batching import issue_some
from certification.models import Batch, Certificate, CertificateFile, Counter
from certification.tasks import make_file
from courses.models import Edition, Enrolment, Item, ModuleCompletion
from courses.outline import course_in, requirements_of
from lms.management.commands.make_people import make_people

AT_ONCE = 1000


@dataclass(frozen=True)
class Made:
    """How many, how many a second, and the peak memory of the process, in megabytes, before and after."""

    issued: int
    issued_a_second: float
    files: int
    files_a_second: float
    before: int
    after: int


class Command(BaseCommand):
    """One group that asks for its modules and for no presence; everybody has finished them."""

    help = "Issues invented certificates with their documents, to see how long it takes. Never on a real site."

    def add_arguments(self, parser):
        parser.add_argument("--certificates", type=int, default=10_000)

    def handle(self, *, certificates, **options):
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("This would put invented certificates on a real site.")
        if certificates < 1:
            raise CommandError("At least one certificate.")
        self.stdout.write(told(make_certificates(certificates, timezone.now())))


def told(made):
    return (
        f"{made.issued} certificates, {made.issued_a_second:.1f} a second; {made.files} PDF, "
        f"{made.files_a_second:.1f} a second; peak memory {made.before} → {made.after} MB"
    )


def make_certificates(count, now):
    """Issues and draws them one after the other, as one worker does; their numbers follow one another."""
    edition, by = make_ready(count, now)
    first, before = last_number(now), peak()
    issued, seconds = timed(lambda: issue_all(Batch.objects.begin(edition, by, now)))
    files, drawing = timed(lambda: draw_all(edition))
    check(edition, first, now)
    return Made(issued, issued / seconds, files, files / drawing, before, peak())


def make_ready(count, now):
    page = course_in(settings.LANGUAGE_CODE)
    if page is None:
        raise CommandError("There is no course: load the demo first, with load_content.")
    cohort, day = make_people(count, 1, now)[0], timezone.localdate(now)
    course = Item.objects.get(key=page.translation_key)
    dates = {"starts_on": day - timedelta(days=90), "ends_on": day}
    edition = Edition.objects.create(course=course, cohort=cohort, planned_minutes=0, presence_minutes=0, **dates)
    edition.start(requirements_of(page, 0), now)
    learners = list(cohort.members.order_by("pk").values_list("pk", flat=True))
    Enrolment.objects.bulk_create((Enrolment(learner_id=pk, edition=edition) for pk in learners), AT_ONCE)
    done = (
        ModuleCompletion(learner_id=pk, item_id=one.key, at=now) for pk in learners for one in edition.asked.modules
    )
    ModuleCompletion.objects.bulk_create(done, AT_ONCE)
    return edition, cohort.trainer


def timed(work):
    start = time.perf_counter()
    result = work()
    return result, time.perf_counter() - start


def issue_all(batch):
    while not batch.finish(timezone.now()):
        issue_some(batch)
    return Batch.objects.with_progress().get(pk=batch.pk).done


def draw_all(edition):
    waiting = Certificate.objects.filter(edition=edition, file=None)
    count = 0
    while pks := list(waiting.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        for pk in pks:
            make_file.call(pk)
        count += len(pks)
    return count


def last_number(now):
    return Counter.objects.filter(year=timezone.localdate(now).year).aggregate(last=Max("last"))["last"] or 0


def check(edition, first, now):
    """One each, no number skipped or given twice, every file as its row says."""
    held = Certificate.objects.filter(edition=edition).order_by("pk").values_list("number", "learner")
    numbers = [int(number.rpartition("-")[2]) for number, _learner in held]
    people = {learner for _number, learner in held}
    if numbers != list(range(first + 1, last_number(now) + 1)) or len(people) != len(numbers):
        raise CommandError("A number is missing, or somebody has two certificates.")
    files = CertificateFile.objects.filter(certificate__edition=edition).values_list("name", "sha256")
    if len({digest for _name, digest in files}) != len(numbers):
        raise CommandError("A document is missing.")
    if wrong := [name for name, digest in files if digest_of(name) != digest]:
        raise CommandError(f"{len(wrong)} documents are not as they were made.")


def digest_of(name):
    if not storages["private"].exists(name):
        return None
    with storages["private"].open(name) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
