"""How people come into a cohort: a list is looked at line by line, then let in at once or not at all."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Lower

from . import limits
from .models import Card, Cohort, Invitation, TrailEntry, User
from .models.trail import note
from .names import DIGITS, prefix_of
from .newcomers import Newcomer, fields_of, newcomer_of, refused, without_header
from .roles import Role

TRIES = 20
INVITATIONS = {"limit": 600, "seconds": 3600}


@dataclass
class Line:
    """A line of a list: somebody new, somebody who is a member already, or what is wrong."""

    number: int
    said: dict
    newcomer: Newcomer | None = None
    member: User | None = None
    wrong: str = ""

    @property
    def is_new(self):
        return self.newcomer is not None and self.member is None and not self.wrong


@dataclass(frozen=True)
class Invited:
    """Somebody with a way in that is shown once."""

    person: User
    token: str
    until: datetime


def look_at(cohort, rows):
    """The lines of a list, with what each would do. Two queries, whatever its length."""
    columns, rows = without_header(rows)
    lines = [line_of(number, fields_of(cells, columns)) for number, cells in rows]
    compare(lines, cohort)
    return lines


def line_of(number, said):
    try:
        return Line(number, said, newcomer_of(said))
    except ValidationError as error:
        return Line(number, said, wrong=error.messages[0])


def compare(lines, cohort):
    """Marks who is a member, whose e-mail is taken, and who is named twice."""
    members = list(cohort.members.filter(erased_at=None))
    emails = {member.email.lower(): member for member in members if member.email}
    names = {member.printed_name: member for member in members}
    read = [line for line in lines if line.newcomer]
    taken = taken_among({line.newcomer.email.lower() for line in read if line.newcomer.email})
    seen = set()
    for line in read:
        email, name = line.newcomer.email.lower(), line.newcomer.printed_name
        line.member = emails.get(email) or same_person(names.get(name), email)
        if {email, (name, not email)} & seen - {""} and not line.member:
            line.wrong = refused("twice").messages[0]
        elif email in taken and not line.member:
            line.wrong = refused("taken").messages[0]
        seen |= {email, (name, not email)}


def same_person(member, email):
    """Who has that name, unless each has an e-mail address of their own."""
    return member if member and not (email and member.email) else None


def taken_among(emails):
    found = User.objects.annotate(lower=Lower("email")).filter(lower__in=emails)
    return set(found.values_list("lower", flat=True))


@transaction.atomic
def let_in(cohort, newcomers, author, now):
    """Everybody who is new comes into the cohort with an invitation. Twice is harmless: then nobody is new."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    lines = [Line(number, {}, newcomer) for number, newcomer in enumerate(newcomers, 1)]
    compare(lines, cohort)
    people = [make_person(line.newcomer, cohort.organisation) for line in lines if line.is_new]
    cohort.members.add(*people)
    Group.objects.get(name=Role.AMBASSADOR).user_set.add(*people)
    return [invite(person, author, now, str(cohort)) for person in people]


def make_person(newcomer, organisation):
    """A user name that somebody takes meanwhile is drawn again."""
    person = User(organisation=organisation, password=make_password(None), **newcomer.values)
    for tried in range(TRIES):
        person.username = username_for(newcomer, DIGITS + tried // 5)
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError:
            continue
        return person
    raise RuntimeError("No user name is free.")


def username_for(newcomer, digits):
    number = secrets.randbelow(10**digits)
    return f"{prefix_of(newcomer.used_name or newcomer.printed_name)}{number:0{digits}}"


def may_invite(author, count=1):
    """Counts the invitations of an author, and says whether these are within the limit."""
    return limits.allow("invite", author.pk, **INVITATIONS, count=count)


@transaction.atomic
def invite(person, author, now, subject="", by_card=False):
    """A new way in for somebody; the one before does not open any more."""
    invitation, token = Invitation.objects.invite(person, author, now, by_card=by_card)
    note(TrailEntry.Action.INVITED, author, now, person, subject)
    return Invited(person, token, invitation.expires_at)


@transaction.atomic
def card_for(person, author, now):
    """The standing card of somebody, which opens the account of who never came."""
    card = Card.objects.of(person, now)
    if person.last_login is None:
        invite(person, author, now, by_card=True)
    note(TrailEntry.Action.CARD, author, now, person)
    return card


@transaction.atomic
def cancel_card(person, author, now):
    """Whether there was one: twice is harmless."""
    cancelled = bool(person.cards.standing().update(revoked_at=now))
    if cancelled:
        note(TrailEntry.Action.CARD_REVOKED, author, now, person)
    return cancelled
