"""People and cohorts as one of the staff may obtain them: a stranger's gets 404, a wrong role 403."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from .models import Cohort, News, User
from .roles import LEARNING, Role

COORDINATED = {Role.TRAINER, Role.ASSESSOR, Role.JURY, Role.COORDINATOR}


def require_staff(user):
    if not user.takes_attendance:
        raise PermissionDenied


def require_coordinator(user):
    if not user.is_coordinator:
        raise PermissionDenied


def require_lead(user):
    """For what binds every partner."""
    if not user.sees_everyone:
        raise PermissionDenied


def seen_cohort(user, code):
    require_staff(user)
    return get_object_or_404(Cohort.objects.seen_by(user).select_related("organisation"), code=code)


def seen_news(user, code):
    """What was said to a group that this person sees."""
    require_staff(user)
    news = News.objects.filter(cohort__in=Cohort.objects.seen_by(user)).select_related("cohort")
    return get_object_or_404(news, code=code)


def seen_person(user, code):
    """Somebody who was erased has no page any more."""
    require_staff(user)
    people = user.people_seen().filter(erased_at=None).select_related("organisation")
    return get_object_or_404(people.prefetch_related("groups"), code=code)


def managed_person(user, code):
    """Somebody whose account this user may open, correct or close."""
    person = seen_person(user, code)
    if not manages(user, person):
        raise PermissionDenied
    return person


def manages(user, person):
    """Never upwards: a new way in or another e-mail address opens the account to whoever gives it.

    A trainer manages learners; a coordinator also the team of the same organisation, a lead partner's every team.
    """
    if user.is_superuser or person.is_superuser or person.is_staff:
        return user.is_superuser
    roles = {group.name for group in person.groups.all()} - LEARNING
    if not roles:
        return True
    same = user.sees_everyone or (person.organisation_id and person.organisation_id == user.organisation_id)
    return bool(user.is_coordinator and same and roles <= COORDINATED)


def managed_members(user, cohort):
    """The members to whom this user may give a way in."""
    members = cohort.members.filter(erased_at=None).prefetch_related("groups")
    managed = [member.pk for member in members if manages(user, member)]
    return User.objects.filter(pk__in=managed).order_by("printed_name", "pk")
