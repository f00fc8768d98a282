"""Objects as one person may obtain them: a stranger gets 404, a wrong role 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models import Edition
from events.access import led_session
from events.models import Slot
from people.access import require_coordinator
from people.models import Cohort

from .models import Certificate


def led_slot(user, code):
    slot = get_object_or_404(Slot.objects.select_related("session", "lock__detail"), code=code)
    slot.session = led_session(user, slot.session.code)
    return slot


def led_edition(user, code):
    """An edition that this person sees as a trainer of its cohort or as a coordinator."""
    edition = get_object_or_404(Edition.objects.select_related("cohort"), code=code)
    if Edition.objects.seen_by(user).filter(pk=edition.pk).exists():
        return edition
    if user.enrolments.filter(edition=edition).exists():
        raise PermissionDenied
    raise Http404


def coordinated_cohort(user, code):
    """A cohort whose proof this person may open to an auditor."""
    cohort = get_object_or_404(Cohort.objects.select_related("organisation"), code=code)
    if Cohort.objects.seen_by(user).filter(pk=cohort.pk).exists():
        require_coordinator(user)
        return cohort
    if user.cohorts.filter(pk=cohort.pk).exists():
        raise PermissionDenied
    raise Http404


def own_enrolment(user, code):
    return get_object_or_404(user.enrolments.select_related("edition__cohort"), edition__code=code)


def seen_certificate(user, code):
    """The holder's, or that of a learner whom this person follows."""
    return get_object_or_404(Certificate.objects.with_facts().seen_by(user), code=code)
