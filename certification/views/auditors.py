"""How a coordinator opens the proof of a cohort to an auditor, sees what was read, and ends it."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.access import coordinated_cohort
from certification.forms import AuditorForm
from certification.models import AuditorLink
from people.models.entry import new_code

PAGE = 50
SHOWN_ONCE = "auditor_address"


@login_required
@require_http_methods(["GET", "POST"])
def auditors(request, code):
    cohort, now = coordinated_cohort(request.user, code), timezone.now()
    form = AuditorForm(timezone.localdate(now), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        return give(request, cohort, form, now)
    links = cohort.auditor_links.annotate(read=Count("visits"), last=Max("visits__at"))
    context = {
        "cohort": cohort,
        "form": form,
        "links": [(link, link.state(now)) for link in links],
        "address": request.session.pop(SHOWN_ONCE, ""),
    }
    return render(request, "certification/auditors.html", context, status=422 if form.is_bound else 200)


def give(request, cohort, form, now):
    """The address is shown on the next page, once: only a digest of it is kept."""
    token = new_code()
    if form.save(cohort, token, request.user, now):
        address = reverse("certificates:auditor", args=[token])
        request.session[SHOWN_ONCE] = f"{settings.PUBLIC_ORIGIN}{address}"
        messages.success(request, _("The link is made."))
    return redirect("certification:auditors", cohort.code)


def coordinated_link(user, code):
    link = get_object_or_404(AuditorLink.objects.select_related("cohort"), code=code)
    coordinated_cohort(user, link.cohort.code)
    return link


@login_required
@require_safe
def auditor(request, code):
    """The pages that were read through one link."""
    link = coordinated_link(request.user, code)
    page = Paginator(link.visits.all(), PAGE).get_page(request.GET.get("page"))
    context = {"link": link, "state": link.state(timezone.now()), "page": page}
    return render(request, "certification/auditor.html", context)


@login_required
@require_POST
def end_auditor(request, code):
    link = coordinated_link(request.user, code)
    link.withdraw(request.user, timezone.now())
    messages.success(request, _("The access is ended."))
    return redirect("certification:auditors", link.cohort.code)
