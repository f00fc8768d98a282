"""Anyone may check a certificate: from frozen fields, without an account, and with no more than the paper shows."""

from functools import wraps

from django.conf import settings
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django_permissions_policy.decorators import permissions_policy_override

from certification.codes import is_possible, normalised
from certification.credentialing import published_keys
from certification.forms import VerifyFileForm, VerifyForm
from certification.inspection import Kind, inspect
from certification.models import Certificate, CertificateEvent, Scheme
from people import limits

# Codes that do not exist, asked by one reader: a whole class may verify theirs, nobody tries codes at random.
MISSES = {"limit": 100, "seconds": 600}
# Files: each costs a moment of computing.
FILES = {"limit": 30, "seconds": 600}
NOTHING = gettext_lazy("This file holds no certificate. Choose it as it was downloaded: PDF, badge or credential.")
NO_PDF = gettext_lazy(
    "This PDF is not one that we issued, or it was saved again since. Type the code that is printed on it."
)
with_camera = permissions_policy_override({**settings.PERMISSIONS_POLICY, "camera": ["self"]})


def noindex(view):
    """No search engine keeps who has a certificate."""

    @wraps(view)
    def quiet(request, **kwargs):
        response = view(request, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return quiet


def found(code):
    """The certificate with its facts, or None: one query."""
    code = normalised(code)
    rows = Certificate.objects.with_facts().with_renewal().select_related("replaces", "renews")
    return rows.filter(code=code).first() if is_possible(code) else None


def guarded(view):
    """Counts what is not found; after too many, nothing is looked up for this reader any more, not even a good code."""

    @wraps(view)
    def counted(request, **kwargs):
        reader = limits.reader_of(request)
        if limits.is_spent("verify", reader, **MISSES):
            return slow_down(request, kwargs.get("code", request.GET.get("code", "")))
        response = view(request, **kwargs)
        if response.status_code == 404:
            limits.allow("verify", reader, **MISSES)
        return response

    return counted


def slow_down(request, typed):
    if request.path.startswith("/api/"):
        return limits.told_to_wait(JsonResponse({"status": "too_many_requests"}))
    form = VerifyForm({"code": typed})
    form.add_error("code", limits.TOO_MANY)
    return limits.told_to_wait(form_screen(request, form=form))


@noindex
@csrf_exempt
@guarded
@require_http_methods(["GET", "POST"])
@with_camera
def verify_form(request):
    """A code that was typed, or a file that was sent: it is read and forgotten, so nothing needs a cookie."""
    if request.method == "POST":
        return verify_file(request)
    typed = request.GET.get("code", "")
    if typed.strip():
        certificate = found(typed)
        return redirect("certification:verify", certificate.code) if certificate else unknown(request, typed)
    return form_screen(request, form=VerifyForm(request.GET or None))


def verify_file(request):
    if not limits.allow("verify_file", limits.reader_of(request), **FILES):
        return limits.too_many(request)
    form = VerifyFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return form_screen(request, file_form=form, status=422)
    finding = inspect(form.cleaned_data["file"].read())
    if finding.kind == Kind.OURS:
        return render(request, "certification/verify.html", {**facts_of(finding.certificate), "finding": finding})
    if finding.kind == Kind.NOTHING:
        form.add_error("file", NO_PDF if finding.is_pdf else NOTHING)
        return form_screen(request, file_form=form, status=422)
    now = timezone.now()
    said = finding.document and finding.said(now)
    context = {"finding": finding, "said": said, "now": now, "file_form": VerifyFileForm()}
    return render(request, "certification/verify_file.html", context)


def form_screen(request, form=None, file_form=None, status=200):
    context = {"form": form or VerifyForm(), "file_form": file_form or VerifyFileForm(), **offline()}
    return render(request, "certification/verify_form.html", context, status=status)


def offline():
    """What the page needs to check a signature by itself."""
    schemes = {scheme.pk: scheme.title for scheme in Scheme.objects.all()}
    return {"published_keys": published_keys(), "schemes": schemes}


@noindex
@never_cache
@guarded
@require_safe
def verify(request, code):
    certificate = found(code)
    if certificate is None:
        return unknown(request, code)
    return render(request, "certification/verify.html", facts_of(certificate))


def facts_of(certificate):
    status = certificate.status(timezone.localdate())
    language = get_language()
    return {
        "certificate": certificate,
        "status": status,
        "valid": status == Certificate.Status.VALID,
        "title": certificate.printed[f"title_{language}"],
        "skills": [pair[language == "nl"] for pair in certificate.printed["skills"]],
        "mentions": certificate.printed.get(f"mentions_{language}", []),
        "place_and_date": certificate.printed[f"place_and_date_{language}"],
        "modules": len(certificate.rules_met["modules"]),
        "minutes": certificate.rules_met["presence_minutes"],
        "reason": reason_of(certificate),
        "newer": newer(certificate),
        "now": timezone.now(),
    }


def unknown(request, typed):
    form = VerifyForm({"code": typed})
    form.add_error("code", _("No certificate has this code. Perhaps two signs were exchanged."))
    return render(request, "certification/verify_unknown.html", {"form": form, **offline()}, status=404)


def reason_of(certificate):
    return CertificateEvent.Reason(certificate.revoked_for).label if certificate.revoked_for else ""


@noindex
@require_safe
def short(request, code):
    """The printed address: leads to the page in the reader's language."""
    return redirect("certification:verify", normalised(code) or code)


@noindex
@never_cache
@guarded
@require_safe
def api(request, code):
    certificate = found(code)
    if certificate is None:
        # Otherwise LocaleMiddleware turns this 404 into a redirect to the same address with a language.
        request.urlconf = "certification.public_urls"
        return JsonResponse({"status": "unknown"}, status=404)
    return JsonResponse(public_facts(certificate, timezone.localdate()))


def newer(certificate):
    """The code of the certificate that replaces this one, or renews it unless it was revoked; None without one."""
    if hasattr(certificate, "replacement"):
        return certificate.replacement.code
    return None if certificate.revoked_at else certificate.renewed_code


def public_facts(certificate, today):
    replacement = getattr(certificate, "replacement", None)
    return {
        "status": certificate.status(today),
        "code": certificate.code,
        "number": certificate.number,
        "holder": certificate.printed["holder"],
        "title": {"fr": certificate.printed["title_fr"], "nl": certificate.printed["title_nl"]},
        "issued_on": day(certificate.issued_at),
        "expires_on": certificate.expires_on and certificate.expires_on.isoformat(),
        "revoked_on": day(certificate.revoked_at),
        "reason": certificate.revoked_for,
        "replaced_on": day(replacement and replacement.issued_at),
        "replaced_by": replacement and replacement.code,
        "replaces": certificate.replaces and certificate.replaces.number,
        "renews": certificate.renews and certificate.renews.number,
    }


def day(moment):
    return timezone.localdate(moment).isoformat() if moment else None
