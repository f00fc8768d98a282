import time
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.db.models import Count
from django.http import HttpResponse
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import path, reverse
from django.utils import timezone, translation

from certification import chain
from certification.documents.certificate import CertificateText
from certification.documents.certificate import certificate as draw
from certification.issuing import issue
from certification.models import RegisterEntry, verify
from certification.models.verifying import AT_ONCE, FACTS, LINK
from courses.models import Edition, Enrolment, Lesson, Quiz, QuizDraft
from courses.scoring import Kind
from events.models import Session
from lms.management.commands.make_certificates import make_certificates, told
from lms.management.commands.make_people import make_people
from lms.management.commands.make_sessions import make_sessions
from lms.urls import urlpatterns as site_patterns
from people.models import Cohort, User

PRODUCTION_LIKE = {
    "ROOT_URLCONF": __name__,
    "DEBUG": False,
    "SECOND_FACTOR": False,
    "CACHES": {**settings.CACHES, "shared": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}},
}
HEAD = f"{'':28}{'per second':>12}{'median ms':>12}{'p95 ms':>10}{'× bare view':>14}"
PEOPLE, COHORTS, MOST = 10_000, 100, 3
REGISTER = f"\n%d sessions, %d marks\n{'':28}{'before p95 ms':>16}{'with p95 ms':>16}{'×':>8}{'queries':>16}"
CROWD = f"\n{PEOPLE} people in {COHORTS} cohorts\n{'':28}{'before p95 ms':>16}{'with p95 ms':>16}{'×':>8}"


class Command(BaseCommand):
    """Everything runs in this process, so the figures are those of the code: no network, no server, one request at a
    time. The bare view stands behind the same middleware and tells how fast the machine is."""

    help = "Measures the pages that matter on the demo, beside a bare Django view."

    def add_arguments(self, parser):
        parser.add_argument("--seconds", type=float, default=2, help="how long each line is measured")
        parser.add_argument("--sessions", type=int, default=5_000, help="how many sessions, with forty marks each")
        parser.add_argument("--certificates", type=int, default=10_000, help="how many are issued in one batch")
        parser.add_argument("--in-place", action="store_true", help="write in this very database")

    def handle(self, *, seconds, sessions, certificates, in_place, **options):
        if connection.vendor != "sqlite" and not in_place:
            raise CommandError("The bench writes what cannot be deleted: use a database made for it, with --in-place.")
        self.stdout.write(f"{connection.vendor}, {seconds:g} s a line\n{HEAD}")
        database = nullcontext() if in_place else copied_database()
        with database, override_settings(**PRODUCTION_LIKE), translation.override("fr"):
            self.compare(measures(), seconds)
            self.crowd(seconds)
            self.register(sessions, seconds)
            self.stdout.write(f"\n{told(make_certificates(certificates, timezone.now()))}")

    def compare(self, lines, seconds):
        bare = None
        for name, action in lines:
            times = action.measured(seconds)
            bare = bare or times
            self.stdout.write(
                f"{name:28}{1 / mean(times):12.1f}{percentile(times, 50) * 1000:12.2f}"
                f"{percentile(times, 95) * 1000:10.2f}{mean(times) / mean(bare):14.1f}"
            )

    def crowd(self, seconds):
        """The same pages on a site with hardly anybody, then with many people."""
        few = {name: action.measured(seconds) for name, action in people_measures()}
        make_people(PEOPLE, COHORTS, timezone.now())
        self.stdout.write(CROWD)
        for name, action in people_measures():
            before, after = (percentile(times, 95) * 1000 for times in (few[name], action.measured(seconds)))
            flag = "" if after <= MOST * before else f"  more than {MOST} ×"
            self.stdout.write(f"{name:28}{before:16.2f}{after:16.2f}{after / before:8.1f}{flag}")

    def register(self, sessions, seconds):
        """The pages of attendance on a site with hardly any session, then with many; then their register, computed
        again, beside a bare loop that reads and hashes the same rows."""
        few = {name: (action.measured(seconds), queries(action)) for name, action in attendance_measures()}
        marks = make_sessions(sessions, timezone.now(), Session.objects.count())
        self.stdout.write(REGISTER % (sessions, marks))
        for name, action in attendance_measures():
            times, asked = few[name]
            before, after = (percentile(each, 95) * 1000 for each in (times, action.measured(seconds)))
            counts = f"{asked} → {queries(action)}"
            self.stdout.write(f"{name:28}{before:16.2f}{after:16.2f}{after / before:8.1f}{counts:>16}")
        bare, whole = Action(hash_rows).once(), Action(verify_whole).once()
        flag = "" if whole <= MOST * bare else f"  more than {MOST} ×"
        self.stdout.write(f"{'verify, bare loop':28}{bare * 1000:16.0f}")
        self.stdout.write(f"{'verify the register':28}{whole * 1000:16.0f}{'':16}{whole / bare:8.1f}{flag}")


@dataclass(frozen=True)
class Action:
    """What is measured; `before` is done each time first, and not counted."""

    run: callable
    before: callable = lambda: None

    def measured(self, seconds):
        times, end = [], time.perf_counter() + seconds
        self.once()
        while time.perf_counter() < end:
            times.append(self.once())
        return times or [self.once()]

    def once(self):
        self.before()
        start = time.perf_counter()
        self.run()
        return time.perf_counter() - start


def measures():
    """The lines of the table, the bare view first."""
    visitor, learner = Client(), Client()
    enrolment = Enrolment.objects.select_related("learner").order_by("pk").first()
    if enrolment is None:
        raise CommandError("There is nothing to measure: load the demo first, with load_content.")
    learner.force_login(enrolment.learner)
    lesson = Lesson.objects.live().filter(locale__language_code="fr").order_by("path").first()
    yield "bare view", get(visitor, "/bare/")
    yield "home", get(visitor, "/fr/")
    yield "lesson, signed in", get(learner, lesson.url)
    yield "my path", get(learner, reverse("courses:path"))
    yield from quiz_measures(learner, enrolment.learner)
    yield from certificate_measures(visitor)


def people_measures():
    """The pages about people, as those who see everybody and as the trainer of one cohort open them; the cohort is
    the last one made."""
    everybody, trainer = Client(), Client()
    cohort = Cohort.objects.order_by("-pk").first()
    everybody.force_login(User.objects.filter(is_superuser=True).first())
    trainer.force_login(cohort.trainers.first())
    people, group = reverse("people:index"), reverse("people:cohort", args=[cohort.code])
    name = cohort.members.order_by("pk").last().used_name
    yield "people", get(everybody, people)
    yield "people, who never came in", get(everybody, f"{people}?never=on")
    yield "search", get(everybody, f"{people}?q={name}")
    yield "search, nobody", get(everybody, f"{people}?q=nobody")
    yield "people, to a trainer", get(trainer, people)
    yield "a cohort", get(trainer, group)


def attendance_measures():
    """As the administrator opens them, on the session that came last."""
    client = Client()
    client.force_login(User.objects.filter(is_superuser=True).first())
    session = Session.objects.filter(slots__lock__isnull=False).order_by("-pk").first()
    yield "a roster", get(client, reverse("certification:roster", args=[session.half_days[0].code]))
    yield "an attendance sheet", get(client, reverse("certification:sheet", args=[session.code]))
    yield "sessions, to a coordinator", get(client, reverse("certification:sessions"))


def queries(action):
    with CaptureQueriesContext(connection) as asked:
        action.once()
    return len(asked)


def hash_rows():
    """Every row that a verification reads, read once and hashed; nothing is compared."""
    digest = chain.START
    for model in (RegisterEntry, *FACTS.values()):
        columns = LINK if model is RegisterEntry else [*model.SAID.values(), *model.SEALED.values()]
        for row in model.objects.order_by().values_list(*columns).iterator(AT_ONCE):
            digest = chain.digest(digest, chain.canonical(row))
    return digest


def verify_whole():
    if broken := verify().broken:
        raise CommandError(f"The register is broken: {broken}")


def quiz_measures(client, learner):
    quiz = Quiz.objects.live().filter(locale__language_code="fr").order_by("path").first()
    number, question = next((n, q) for n, q in enumerate(quiz.values, 1) if q.kind in (Kind.SINGLE, Kind.BOOLEAN))
    answers = {each.key: each.expected for each in quiz.values}
    key = quiz.translation_key

    def fill():
        defaults = {"answers": answers, "started_at": timezone.now()}
        QuizDraft.objects.update_or_create(learner=learner, item_id=key, defaults=defaults)

    answer = post(client, reverse("courses:answer", args=[key, number]), {"answer": question.expected[0]})
    yield "answer a question", answer
    yield "submit a quiz", replace(post(client, reverse("courses:finish", args=[key])), before=fill)


def certificate_measures(visitor):
    ready = enrol_someone_ready(Enrolment.objects.select_related("edition").order_by("pk").first().edition)
    yield "issue a certificate", Action(lambda: issue_and_take_back(ready))
    certificate = issue_to(ready)
    text = CertificateText(**certificate.printed)
    yield "make its PDF", Action(lambda: draw(text))
    yield "verify it", get(visitor, reverse("certification:verify", args=[certificate.code]))


def enrol_someone_ready(edition):
    """Who finished every module joins an edition that asks for no presence: nothing is issued there yet."""
    learners = User.objects.annotate(finished=Count("modulecompletions"))
    twin = Edition.objects.create(
        course=edition.course,
        cohort=edition.cohort,
        starts_on=edition.starts_on + timedelta(days=1),
        ends_on=edition.ends_on,
        planned_minutes=edition.planned_minutes,
        presence_minutes=0,
    )
    twin.start(replace(edition.asked, presence_minutes=0), timezone.now())
    learner = learners.filter(finished__gte=len(edition.asked.modules)).order_by("pk").first()
    return Enrolment.objects.create(learner=learner, edition=twin)


def issue_to(enrolment):
    return issue(enrolment.learner, enrolment.edition, enrolment.edition.cohort.trainers.first(), timezone.now())


def issue_and_take_back(enrolment):
    with transaction.atomic():
        issue_to(enrolment)
        transaction.set_rollback(True)


def get(client, address):
    return Action(lambda: expect(client.get(address), 200))


def post(client, address, data=None):
    return Action(lambda: expect(client.post(address, data), 302))


def expect(response, status):
    if response.status_code != status:
        raise CommandError(f"{response.request['PATH_INFO']} answered {response.status_code}, not {status}.")


def mean(times):
    return sum(times) / len(times)


def percentile(times, percent):
    return sorted(times)[min(len(times) - 1, len(times) * percent // 100)]


@contextmanager
def copied_database():
    original = connection.settings_dict["NAME"]
    with TemporaryDirectory() as folder:
        copy = str(Path(folder) / "bench.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [copy])
        connection.close()
        connection.settings_dict["NAME"] = copy
        try:
            yield
        finally:
            connection.close()
            connection.settings_dict["NAME"] = original


def bare(request):
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), *site_patterns]
