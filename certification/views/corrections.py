"""One certificate as a coordinator looks after it: a copy, a replacement, an end; and those of a group together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import expiry, issuing, sentences
from certification.access import coordinated_certificate, led_edition
from certification.archiving import archive_of
from certification.models import Certificate, CertificateEvent, CorrectionRequest
from certification.refusals import Refused
from home.documents.fonts import MissingGlyph
from people.access import require_coordinator
from people.downloads import zip_file
from people.models import TrailEntry
from people.models.trail import note

from .certificates import file_of


@login_required
@require_safe
def certificate(request, code):
    """What it is, what it follows, and what may be done about it."""
    found, language = coordinated_certificate(request.user, code), get_language()
    status, now = found.status(timezone.localdate()), timezone.now()
    context = {
        "certificate": found,
        "title": found.printed[f"title_{language}"],
        "status": status,
        "reason": CertificateEvent.Reason(found.revoked_for).label if found.revoked_for else "",
        "standing": status in (Certificate.Status.VALID, Certificate.Status.EXPIRED),
        "correction": found.corrections.open().first(),
        "reminders": [(reminder, reminder.state_at(now)) for reminder in found.reminders.all()],
        "in_doubt": expiry.in_doubt(found, now),
    }
    return render(request, "certification/certificate.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def replace(request, code):
    """Another certificate with the name as it is now."""
    found = coordinated_certificate(request.user, code)
    if request.method == "GET":
        context = {"certificate": found, "correction": found.corrections.open().first()}
        return render(request, "certification/replace.html", context)
    try:
        new = issuing.replace(found, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    except MissingGlyph as error:
        messages.error(request, sentences.unprintable(error))
    else:
        values = {"number": new.number, "old": found.number}
        messages.success(request, _("Certificate %(number)s is issued; it replaces %(old)s.") % values)
        return redirect("certification:certificate", new.code)
    return redirect("certification:replace", found.code)


@login_required
@require_POST
def duplicate(request, code):
    """The same file again, for a holder who lost it. Who took it is written down."""
    found = coordinated_certificate(request.user, code)
    response = file_of(found)
    note(TrailEntry.Action.EXPORTED, request.user, timezone.now(), found.learner, f"{found.number}.pdf")
    return response


@login_required
@require_POST
def decline_correction(request, code):
    """The name is right as it is. Twice is harmless."""
    found = coordinated_certificate(request.user, code)
    if CorrectionRequest.objects.answer(found, timezone.now()):
        messages.success(request, _("Noted: the name stays as it is."))
    return redirect("certification:certificate", found.code)


@login_required
@require_POST
def remind_again(request, code):
    """Sends the reminders that did not arrive, or may not have. Twice is once."""
    found = coordinated_certificate(request.user, code)
    if expiry.send_again(found, timezone.now()):
        messages.success(request, _("It leaves again within a minute."))
    return redirect("certification:certificate", found.code)


@login_required
@require_POST
def certificates_zip(request, code):
    edition, now = led_edition(request.user, code), timezone.now()
    require_coordinator(request.user)
    if not edition.certificates.exists():
        raise Http404
    name = f"{edition.cohort} {edition.starts_on}.zip"
    note(TrailEntry.Action.EXPORTED, request.user, now, None, name)
    return zip_file(name, archive_of(edition, timezone.localdate(now)))
