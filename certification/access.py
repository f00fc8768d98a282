"""Objects as one person may obtain them: a stranger gets 404, a wrong role 403."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404

from courses.models import Edition
from events.access import led_session
from events.models import Slot
from people.access import require_coordinator
from people.models import Cohort

from .models import (
    Assignment,
    Batch,
    Certificate,
    IssuedDocument,
    Jury,
    JuryConvocation,
    JuryMember,
    Passage,
    PassageFile,
    PortfolioItem,
    Scheme,
)
from .models.jury import possible_members


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


def led_batch(user, code):
    batch = get_object_or_404(Batch.objects.with_progress().select_related("edition__cohort"), code=code)
    led_edition(user, batch.edition.code)
    return batch


def own_enrolment(user, code):
    return get_object_or_404(user.enrolments.select_related("edition__cohort"), edition__code=code)


def seen_certificate(user, code):
    """The holder's, or that of a learner whom this person follows."""
    return get_object_or_404(Certificate.objects.with_facts().seen_by(user), code=code)


def coordinated_certificate(user, code):
    """Of a training that this person coordinates. Its holder has the wrong role, whatever theirs is elsewhere."""
    certificate = seen_certificate(user, code)
    if not Edition.objects.seen_by(user).filter(pk=certificate.edition_id).exists():
        raise PermissionDenied
    require_coordinator(user)
    return certificate


def own_certificate(user, code):
    return get_object_or_404(Certificate.objects.with_facts().filter(learner=user), code=code)


def coordinated_edition(user, code):
    edition = led_edition(user, code)
    require_coordinator(user)
    return edition


def seen_document(user, code):
    """The holder's, or that of a learner whom this person follows, as long as its content is kept."""
    documents = IssuedDocument.objects.seen_by(user).filter(body__isnull=False).select_related("body")
    return get_object_or_404(documents, code=code)


def deposited_scheme(user, key):
    """A registered scheme, for a coordinator."""
    require_coordinator(user)
    return get_object_or_404(Scheme.objects.registered(), key=key)


def coordinated_file(user, code):
    require_coordinator(user)
    return get_object_or_404(PassageFile.objects.coordinated_by(user).select_related("scheme", "faulty"), code=code)


def coordinated_passage(user, code):
    """A passage that is not corrected, nor of a revoked certificate."""
    require_coordinator(user)
    passages = Passage.objects.coordinated_by(user).valid().filter(correction=None).with_state()
    return get_object_or_404(passages.select_related("scheme", "file", "certificate__learner"), code=code)


def asked_assignment(user, code):
    """A learner whom this person is asked to assess. Those who see the learner otherwise have the wrong role."""
    assignments = Assignment.objects.open().select_related("edition__cohort", "learner", "assessor")
    assignment = get_object_or_404(assignments, code=code)
    if assignment.assessor_id == user.pk:
        return assignment
    if assignment.learner_id == user.pk or Edition.objects.seen_by(user).filter(pk=assignment.edition_id).exists():
        raise PermissionDenied
    raise Http404


def led_learner(user, edition, learner):
    """An edition that this person sees and one of its learners."""
    edition = led_edition(user, edition)
    return edition, get_object_or_404(edition.enrolments.select_related("learner"), learner__code=learner).learner


def jury_or_404(code):
    return get_object_or_404(Jury.objects.with_state(), code=code)


def sits_in(user, jury):
    return jury.members.standing().filter(person=user).exists()


def coordinated_jury(user, code):
    """A jury of an edition that this person coordinates. Whoever sits in it has the wrong role."""
    jury = jury_or_404(code)
    if not user.is_coordinator and sits_in(user, jury):
        raise PermissionDenied
    led_edition(user, jury.edition.code)
    require_coordinator(user)
    return jury


def own_seat(user, code):
    """The seat of somebody who may still sit in a jury. Those who see its training otherwise have the wrong role."""
    jury = jury_or_404(code)
    seats = jury.members.standing().filter(person=user, person__in=possible_members(jury.edition))
    member = seats.select_related("person").prefetch_related("declarations").first()
    if member is None:
        led_edition(user, jury.edition.code)
        raise PermissionDenied
    member.jury = jury
    return member


def seen_minutes(user, code):
    """The file of the minutes: for who sits in the jury, and who coordinates the training."""
    jury = jury_or_404(code)
    if not sits_in(user, jury):
        led_edition(user, jury.edition.code)
        require_coordinator(user)
    return get_object_or_404(Jury.objects.with_state().filter(closing__file__isnull=False), pk=jury.pk)


def seen_convocation(user, code):
    """For whoever is asked to come, and who coordinates the training."""
    convocations = JuryConvocation.objects.select_related(
        "person", "jury__edition__cohort", "jury__scheme", "jury__closing"
    )
    convocation = get_object_or_404(convocations, code=code)
    if convocation.person_id != user.pk:
        led_edition(user, convocation.jury.edition.code)
        require_coordinator(user)
    return convocation


def own_assessment(user, code):
    return get_object_or_404(user.assessments.select_related("answer"), code=code)


def own_item(user, code):
    return get_object_or_404(user.portfolio, code=code)


def seen_item(user, code):
    """A file of one's own, or of a learner whom one trains, coordinates, is asked to assess or judges."""
    item = get_object_or_404(PortfolioItem.objects.select_related("learner"), code=code)
    if item.learner_id == user.pk or reads_portfolio(user, item.learner) or judges(user, item.learner):
        return item
    raise Http404


def reviewed_item(user, code):
    """A file that this person may accept or send back: never one's own, nor one that is only read for a jury."""
    item = seen_item(user, code)
    if item.learner_id == user.pk or not reads_portfolio(user, item.learner):
        raise PermissionDenied
    return item


def reads_portfolio(user, learner):
    asked = Assignment.objects.asked_of(user).filter(learner=learner)
    return asked.exists() or learner.enrolments.filter(edition__in=Edition.objects.seen_by(user)).exists()


def judges(user, learner):
    """Whether this person sits in a jury that is to decide of a learner, without a conflict of interest."""
    seats = JuryMember.objects.standing().filter(person=user, jury__closing=None, jury__candidates__learner=learner)
    return any(member.judges(learner) for member in seats.select_related("person").prefetch_related("declarations"))
