"""The people that one of the staff sees, as rows of a list: the same number of queries for two or for ten thousand."""

from django.core.paginator import Paginator
from django.db.models import OuterRef, Prefetch, Q, Subquery

from .models import Cohort, Invitation

ROWS = 50


def people_seen(user):
    return user.people_seen().filter(erased_at=None).order_by("printed_name", "pk")


def search(people, words):
    """Every word is somewhere in the names."""
    for word in words.split()[:8]:
        people = people.filter(
            Q(printed_name__icontains=word) | Q(used_name__icontains=word) | Q(username__icontains=word)
        )
    return people


def with_invitations(people):
    """Each with `invited_until`, the end of the invitation that was not used; None without one."""
    standing = Invitation.objects.filter(person=OuterRef("pk"), used_at=None, withdrawn_at=None)
    return people.annotate(invited_until=Subquery(standing.values("expires_at")[:1]))


def page_of(people, user, number):
    """A page of rows, each with the cohorts of this person that the reader sees."""
    cohorts = Prefetch("cohorts", Cohort.objects.seen_by(user), to_attr="cohorts_seen")
    return Paginator(with_invitations(people).prefetch_related(cohorts), ROWS).get_page(number)


def state_of(person, now):
    """Where somebody stands at the door: entered, invited, expired, ready (by a password given before) or never."""
    if person.last_login:
        return "entered"
    if person.invited_until:
        return "invited" if person.invited_until > now else "expired"
    return "ready" if person.password and person.has_usable_password() else "never"
