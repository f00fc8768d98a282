import random
import secrets
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from people.models import Cohort, Country, Invitation, Organisation, User
from people.models.entry import LIFETIMES
from people.roles import Role

FIRST = ["Amina", "Bilal", "Diana", "Fatou", "Gebre", "Hamid", "Layla", "Mariam", "Olena", "Samuel", "Yusuf", "Zoë"]
LAST = ["Diallo", "Haile", "Kovalenko", "Mansour", "Noori", "Okafor", "Rahimi", "Şahin", "Sesay", "Tesfay", "Yusuf"]
ORGANISATIONS, BATCH = 5, 1000


class Command(BaseCommand):
    """Of three people one has come in, one is invited, one was never invited. Nobody has a password."""

    help = "Adds invented people in invented cohorts, to see how the site does with many. Never on a real site."

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=10_000)
        parser.add_argument("--cohorts", type=int, default=100)

    def handle(self, *, people, cohorts, **options):
        if not (settings.DEBUG or settings.DEMO):
            raise CommandError("This would put invented people on a real site.")
        if people < 0 or cohorts < 1:
            raise CommandError("At least one cohort, and no negative number of people.")
        made = make_people(people, cohorts, timezone.now())
        self.stdout.write(f"{people} people in {len(made)} cohorts.")


@transaction.atomic
def make_people(count, cohorts, now):
    """The cohorts, each with its trainer; the people are shared out among them."""
    mark = secrets.token_hex(3)
    made = make_cohorts(cohorts, mark)
    people = [person(number, mark, made[number % cohorts], now) for number in range(count)]
    User.objects.bulk_create(people, BATCH)
    join(Cohort.members.through, "cohort", [(made[at % cohorts], one) for at, one in enumerate(people)])
    join(User.groups.through, "group", [(Group.objects.get(name=Role.AMBASSADOR), one) for one in people])
    trainers = [cohort.trainer for cohort in made]
    Invitation.objects.bulk_create(
        [invitation(one, trainers[at % cohorts], now) for at, one in enumerate(people) if at % 3 == 1], BATCH
    )
    return made


def make_cohorts(count, mark):
    organisations = Organisation.objects.bulk_create(
        Organisation(name=f"Organisation {mark} {at}", country=[Country.FRANCE, Country.BELGIUM][at % 2])
        for at in range(ORGANISATIONS)
    )
    cohorts = Cohort.objects.bulk_create(
        Cohort(name=f"Groupe {mark} {at:03}", organisation=organisations[at % ORGANISATIONS]) for at in range(count)
    )
    trainers = User.objects.bulk_create(
        User(username=f"trainer-{mark}-{at}", printed_name=f"Formatrice {at}", organisation=cohort.organisation)
        for at, cohort in enumerate(cohorts)
    )
    join(Cohort.trainers.through, "cohort", zip(cohorts, trainers, strict=True))
    join(User.groups.through, "group", [(Group.objects.get(name=Role.TRAINER), one) for one in trainers])
    for cohort, trainer in zip(cohorts, trainers, strict=True):
        cohort.trainer = trainer
    return cohorts


def person(number, mark, cohort, now):
    draw = random.Random(number)  # noqa: S311 - the same names each time, not a secret
    first, last = draw.choice(FIRST), draw.choice(LAST)
    return User(
        username=f"{first.lower()}-{mark}-{number}",
        password="!",  # noqa: S106 - no password opens this account
        printed_name=f"{first} {last} {number:05}",
        used_name=first,
        organisation=cohort.organisation,
        last_login=now - timedelta(days=draw.randrange(60)) if number % 3 == 0 else None,
    )


def invitation(person, author, now):
    expires_at = now + LIFETIMES["first"]
    return Invitation(person=person, author=author, digest=secrets.token_hex(32), made_at=now, expires_at=expires_at)


def join(through, name, pairs):
    """Rows of a table between a person and something else."""
    through.objects.bulk_create([through(**{name: other, "user": one}) for other, one in pairs], BATCH)
