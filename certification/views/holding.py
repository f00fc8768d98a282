"""The certificates of whoever reads: all of them, and what to do when the name is wrong."""

from datetime import timedelta
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.access import own_certificate
from certification.expiry import REMINDERS
from certification.forms import CorrectionRequestForm
from certification.models import Certificate, CorrectionRequest, Credential


@login_required
@require_safe
def my_certificates(request):
    """The same number of queries for one as for ten."""
    badges = Exists(Credential.objects.filter(certificate=OuterRef("pk")))
    asked = Exists(CorrectionRequest.objects.open().filter(certificate=OuterRef("pk")))
    mine = Certificate.objects.with_facts().with_renewal().annotate(has_badges=badges, asked=asked)
    mine = mine.select_related("replaces", "renews").filter(learner=request.user)
    today, language = timezone.localdate(), get_language()
    rows = [
        (one, one.printed[f"title_{language}"], one.status(today), share(one, language), ends_soon(one, today))
        for one in mine
    ]
    return render(request, "certification/my_certificates.html", {"certificates": rows})


def ends_soon(certificate, today):
    """Also for whoever has no address to be reminded at."""
    return bool(
        certificate.expires_on
        and not certificate.renewed_code
        and certificate.expires_on <= today + timedelta(days=max(REMINDERS))
    )


def share(certificate, language):
    """A text that opens WhatsApp: it says no more than the paper."""
    values = {"title": certificate.printed[f"title_{language}"], "url": certificate.printed["verify_url"]}
    return f"https://wa.me/?text={quote(_('My certificate: %(title)s. To verify it: %(url)s') % values)}"


@login_required
@require_http_methods(["GET", "POST"])
def ask_correction(request, code):
    """The holder says how the name is written; the coordination reads it."""
    found, today = own_certificate(request.user, code), timezone.localdate()
    if found.status(today) not in (Certificate.Status.VALID, Certificate.Status.EXPIRED):
        raise Http404
    form = CorrectionRequestForm(request.POST or None)
    if form.is_bound and form.is_valid():
        CorrectionRequest.objects.ask(found, form.cleaned_data["wanted"], timezone.now())
        messages.success(request, _("The coordination will read it and answer you."))
        return redirect("certification:my_certificates")
    context = {"certificate": found, "form": form}
    return render(request, "certification/ask_correction.html", context, status=422 if form.is_bound else 200)
