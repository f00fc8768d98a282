"""The demo people, their cohort and edition, the dates of the sessions, and what each has done so far."""

import datetime
from collections import Counter

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils import timezone
from django.utils.dateparse import parse_time

from courses.models import Completion, Edition, Enrolment, ModuleCompletion, QuizAttempt
from courses.outline import course_in, parts_of, requirements_of
from courses.progress import frozen
from courses.scoring import score
from events.models import Registration, Session, Slot
from people.models import Card, Cohort, Organisation, Pin, User
from people.roles import Role

from .blocks import key_of
from .reader import ROOT, read

PRESENCE_MINUTES = 12 * 60
PLANNED_MINUTES = 18 * 60


def load_people(password, pin):
    """Accounts that exist keep their password and PIN. Returns the users by user name."""
    entry = read(ROOT / "people.yaml")
    organisations = {
        row.raw("key", str): Organisation.objects.update_or_create(
            name=row.raw("name", str),
            defaults={"country": row.one_of("country", ["fr", "be"]), "leads": row.raw("leads", bool, False)},
        )[0]
        for row in entry.entries("organisations")
    }
    users, encoded = {}, make_password(password)
    for row in entry.entries("people"):
        user = load_person(row, organisations, encoded)
        if row.raw("card", bool, False):
            load_card(user, pin)
        users[user.username] = user
    for row in entry.entries("cohorts"):
        load_cohort(row, organisations, users)
    return users


def load_person(row, organisations, encoded):
    role = row.one_of("role", Role.values)
    user, created = User.objects.get_or_create(
        username=row.raw("username", str),
        defaults={
            "printed_name": row.raw("printed_name", str),
            "used_name": row.raw("used_name", str),
            "agreement": row.one_of("agreement", ["f", "m"]),
            "organisation": organisations.get(row.raw("organisation", str)),
            "is_superuser": role == Role.ADMINISTRATOR,
            "is_staff": role == Role.ADMINISTRATOR,
            "password": encoded,
        },
    )
    if created:
        user.groups.add(Group.objects.get(name=role))
        if user.needs_second_factor:
            TOTP.activate(user, generate_totp_secret())
    return user


def load_card(user, pin):
    now = timezone.now()
    Card.objects.of(user, now)
    if not hasattr(user, "pin"):
        Pin.objects.choose(user, pin, now)


def load_cohort(row, organisations, users):
    cohort, created = Cohort.objects.get_or_create(
        name=row.raw("name", str), organisation=organisations[row.raw("organisation", str)]
    )
    if created:
        cohort.trainers.set(users[name] for name in row.raw("trainers", list))
        cohort.members.set(users[name] for name in row.raw("members", list))


def load_edition():
    """The demo edition: five modules, each quiz at its pass mark, twelve hours of presence."""
    course, cohort, today = course_in("fr"), Cohort.objects.get(name="Lille 2026"), timezone.localdate()
    edition, created = Edition.objects.get_or_create(
        course_id=course.translation_key,
        cohort=cohort,
        defaults={
            "starts_on": today - datetime.timedelta(days=60),
            "ends_on": today + datetime.timedelta(days=120),
            "planned_minutes": PLANNED_MINUTES,
            "presence_minutes": PRESENCE_MINUTES,
        },
    )
    if created:
        edition.start(requirements_of(course, PRESENCE_MINUTES), timezone.now() - datetime.timedelta(days=60))
        Enrolment.objects.bulk_create(
            Enrolment(learner=learner, edition=edition, employer=learner.organisation)
            for learner in cohort.members.all()
        )
    return edition


def load_sessions(edition):
    """The dates of each event, counted from today. Returns the sessions that were made now, by file name."""
    made = {}
    for path in sorted((ROOT / "events").glob("*.yaml")):
        entry = read(path)
        session = Session.objects.get(key=key_of(f"events/{path.stem}"))
        if session.status == Session.Status.DRAFT and not session.slots.exists():
            load_session(session, entry, edition)
            made[path.stem] = session
    return made


def load_session(session, entry, edition):
    days, online = entry.integer("days", -400, 400), entry.raw("online", bool, False)
    place = {} if online else entry.raw("place", dict)
    past = Session.Status.PUBLISHED if entry.has("replay") else Session.Status.HELD
    session.status = past if days < 0 else Session.Status.OPEN
    session.edition = None if entry.data["kind"] == "webinar" else edition
    session.open_to_public = session.edition is None
    session.capacity, session.online = entry.integer("capacity", 1, 500), online
    session.place, session.city, session.address = (place.get(name, "") for name in ("name", "city", "address"))
    session.save()
    session.trainers.set(edition.cohort.trainers.all())
    first = timezone.localdate() + datetime.timedelta(days=days)
    for row in entry.entries("slots"):
        day = first + datetime.timedelta(days=row.integer("day", 0, 30))
        Slot.objects.create(
            session=session,
            period=row.one_of("period", Slot.Period.values),
            starts_at=at(day, row.raw("start", str)),
            ends_at=at(day, row.raw("end", str)),
            modality=Slot.Modality.VIRTUAL if online else Slot.Modality.ON_SITE,
        )


def at(day, hour):
    return timezone.make_aware(datetime.datetime.combine(day, parse_time(hour)))


def stages():
    """(user name, modules finished, hours of presence) of each learner."""
    for row in read(ROOT / "people.yaml").entries("people"):
        if row.has("stage"):
            stage = row.within(row.raw("stage", dict))
            yield row.data["username"], stage.integer("modules", 0, 5), stage.integer("hours", 0, 12)


def load_progress(users):
    """The lessons, quizzes and modules that each learner has finished, one after the other over the last weeks."""
    parts, now = parts_of(course_in("fr")), timezone.now()
    completions, attempts, modules = [], [], []
    for username, finished, _hours in stages():
        day = now - datetime.timedelta(days=50)
        for part in parts[:finished]:
            day += datetime.timedelta(days=8)
            completions += [
                Completion(learner=users[username], item_id=key, minutes=minutes, language="fr", at=day)
                for key, minutes in ((lesson.translation_key, lesson.minutes) for lesson in part.lessons)
            ]
            attempts.append(attempt(users[username], part.quiz, day))
            modules.append(ModuleCompletion(learner=users[username], item_id=part.module.translation_key, at=day))
    Completion.objects.bulk_create(completions)
    QuizAttempt.objects.bulk_create(attempts)
    ModuleCompletion.objects.bulk_create(modules)


def attempt(learner, quiz, day):
    """An attempt with one wrong answer, scored and frozen as the site does it."""
    questions = quiz.values
    answers = {question.key: question.expected for question in questions[1:]}
    result = score(questions, answers, quiz.pass_percent)
    return QuizAttempt(
        learner=learner,
        item_id=quiz.translation_key,
        uuid=key_of(learner.code, quiz.translation_key),
        questions=[frozen(question, answers.get(question.key), result) for question in questions],
        right=len(result.right),
        total=result.total,
        pass_percent=quiz.pass_percent,
        passed=result.passed,
        language="fr",
        started_at=day,
        finished_at=day + datetime.timedelta(minutes=8),
    )


def load_registrations(users, sessions):
    """Everybody of the cohort comes to its workshops; a few to the next webinar."""
    now, learners = timezone.now(), [users[username] for username, _modules, _hours in stages()]
    rows = [
        Registration(session=session, learner=learner, at=now)
        for session in sessions.values()
        for learner in (learners if session.edition_id and session.capacity >= len(learners) else learners[:5])
    ]
    Registration.objects.bulk_create(rows)
    return Counter(row.session_id for row in rows)
