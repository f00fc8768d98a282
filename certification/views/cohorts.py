from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import rule_words, sentences
from certification.access import coordinated_certificate, led_edition
from certification.following import following, together
from certification.forms import RevokeForm
from certification.issuing import issue
from certification.models import Batch, CorrectionRequest, RuleVersion
from certification.pages import course_titles
from certification.refusals import Refused
from certification.tasks import publish_status
from courses.models import Edition
from courses.outline import course_in, requirements_of
from home.documents.fonts import MissingGlyph
from people.access import require_coordinator, require_staff


@login_required
@require_safe
def cohorts(request):
    require_staff(request.user)
    editions = Edition.objects.seen_by(request.user).select_related("cohort__organisation")
    editions = list(editions.annotate(people=Count("enrolments")))
    titles = course_titles(editions, get_language())
    for edition in editions:
        edition.title = titles.get(edition.course_id, "")
    return render(request, "certification/cohorts.html", {"editions": editions})


@login_required
@require_safe
def cohort(request, code):
    """Where each learner of an edition is, and what is missing for the certificate."""
    edition = led_edition(request.user, code)
    rows = following(edition, timezone.localdate())
    context = {
        "edition": edition,
        "title": course_titles([edition], get_language()).get(edition.course_id, ""),
        "rows": rows,
        "together": together(row.record for row in rows),
        "ready": sum(row.ready for row in rows),
        "issued": sum(row.certificate is not None for row in rows),
        "asks": edition.asked or asks(edition),
        "rule": None if edition.started_at else rule_words.asked(RuleVersion.objects.asked_by(edition)),
        "batch": Batch.objects.running().filter(edition=edition).first(),
        "corrections": CorrectionRequest.objects.open()
        .filter(certificate__edition=edition)
        .select_related("certificate__learner"),
        "coordinates": request.user.is_coordinator,
    }
    return render(request, "certification/cohort.html", context)


def asks(edition):
    """What an edition asks for if it starts now; None while its course is not published or has no module."""
    course = course_in(settings.LANGUAGE_CODE, edition.course_id)
    found = requirements_of(course, edition.presence_minutes) if course else None
    return found if found and found.modules else None


@login_required
@require_POST
def start(request, code):
    edition = led_edition(request.user, code)
    require_coordinator(request.user)
    found = asks(edition)
    if found is None:
        messages.error(request, _("Publish the course and its modules first."))
    else:
        edition.start(found, timezone.now())
        messages.success(request, _("The training has started."))
    return redirect("certification:cohort", edition.code)


@login_required
@require_POST
def issue_for(request, code, learner):
    edition = led_edition(request.user, code)
    enrolment = get_object_or_404(edition.enrolments.select_related("learner"), learner__code=learner)
    try:
        certificate = issue(enrolment.learner, edition, request.user, timezone.now())
    except (Refused, MissingGlyph) as error:
        messages.error(request, said_of(enrolment.learner, error))
    else:
        values = {"name": enrolment.learner, "number": certificate.number}
        messages.success(request, _("%(name)s: certificate %(number)s is issued.") % values)
    return redirect("certification:cohort", edition.code)


def said_of(learner, error):
    """Why a certificate was refused to someone."""
    return _("%(name)s: %(missing)s") % {"name": learner, "missing": sentences.why_not(error)}


@login_required
@require_http_methods(["GET", "POST"])
def revoke(request, code):
    certificate = coordinated_certificate(request.user, code)
    form = RevokeForm(request.POST or None)
    if not form.is_bound or not form.is_valid():
        context = {"certificate": certificate, "form": form}
        return render(request, "certification/revoke.html", context, status=422 if form.is_bound else 200)
    try:
        certificate.revoke(form.cleaned_data["reason"], request.user, timezone.now())
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
        return redirect("certification:certificate", certificate.code)
    publish_status.enqueue(certificate.pk)
    messages.success(request, _("Certificate %(number)s is revoked.") % {"number": certificate.number})
    return redirect("certification:cohort", certificate.edition.code)
