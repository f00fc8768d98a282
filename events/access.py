"""Sessions and materials as one person may obtain them: a stranger gets 404, a wrong role 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language

from people.access import require_staff

from .listing import pages_in
from .models import Material, Session


def led_session(user, code):
    """A session whose attendance this person may take."""
    session = get_object_or_404(Session.objects.select_related("edition__cohort"), code=code)
    if Session.objects.led_by(user).filter(pk=session.pk).exists():
        return session
    if takes_part(user, session):
        raise PermissionDenied
    raise Http404


def takes_part(user, session):
    registered = session.registrations.standing().filter(learner=user).exists()
    return registered or user.enrolments.filter(edition=session.edition_id).exists()


def session_and_event(code):
    """A session with its page in the language of the address."""
    sessions = Session.objects.select_related("room").prefetch_related("slots")
    session = get_object_or_404(sessions.with_seats(), code=code)
    return session, get_object_or_404(pages_in(get_language()), translation_key=session.key)


def seen_material(user, code):
    """What this person may have: to the others it is not there, but that of the trainers is refused to a learner."""
    if found := Material.objects.seen_by(user).filter(code=code).first():
        return found
    hidden = get_object_or_404(Material.objects.standing(), code=code)
    if hidden.audience == Material.Audience.TRAINERS and user.is_authenticated:
        raise PermissionDenied
    raise Http404


def kept_material(user, code):
    """What this person published, or somebody whose work they answer for; withdrawn or not."""
    require_staff(user)
    return get_object_or_404(Material.objects.kept_by(user), code=code)
