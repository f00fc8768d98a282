"""The coverage matrix: which lesson teaches each competence, which question tests it, which criterion observes it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification import coverage as covered
from certification.competence import Framework
from certification.forms import CoverForm
from certification.models import CoverageLink, FrameworkDraft, FrameworkVersion
from certification.models.framework import AMBASSADOR
from people.access import require_lead, require_staff
from people.downloads import csv_file


def standing():
    """The version that stands; before the first one, the draft."""
    found = FrameworkVersion.objects.latest_of() or FrameworkDraft.objects.filter(scheme=AMBASSADOR).first()
    return found.framework if found else Framework()


@login_required
@require_safe
def coverage(request):
    require_staff(request.user)
    rows = covered.matrix(standing(), get_language())
    context = {
        "rows": rows,
        "holes": sum(bool(row.holes) for row in rows),
    }
    return render(request, "certification/coverage.html", context)


@login_required
@require_safe
def coverage_csv(request):
    """One line a link and one a hole, so that nothing is said by an empty cell alone."""
    require_staff(request.user)
    rows = covered.matrix(standing(), get_language())
    return csv_file(f"{_('coverage')}.csv", [headings(), *lines_of(rows, get_language())])


def headings():
    return [_("Block"), _("Title of the block"), _("Competence"), _("Title of the competence"), _("Kind"), _("Module"),
            _("Code"), _("What covers it")]  # fmt: skip


def lines_of(rows, language):
    missing = {"lesson": _("no lesson"), "question": _("no quiz question"), "criterion": _("no criterion")}
    for row in rows:
        start = [row.block.code, row.block.title[language], row.competence.code, row.competence.title[language]]
        for thing in [*row.lessons, *row.questions]:
            yield [*start, CoverageLink.Kind(thing.kind).label, thing.module, thing.key, thing.title]
        for criterion in row.criteria:
            yield [*start, _("criterion"), "", criterion.code, criterion.text[language]]
        for kind in row.holes:
            yield [*start, _("hole"), "", "", missing[kind]]


@login_required
@require_http_methods(["GET", "POST"])
def cover(request, code):
    """Chooses what covers one competence, for every partner."""
    require_lead(request.user)
    competence = next((found for found in standing().competences if found.code == code), None)
    if competence is None:
        raise Http404
    chosen = {str(key) for key in CoverageLink.objects.filter(competence=code).values_list("key", flat=True)}
    form = CoverForm(covered.taught(get_language()), chosen, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save(code)
        messages.success(request, _("What covers %(competence)s is saved.") % {"competence": code})
        return redirect("certification:coverage")
    context = {"competence": competence, "form": form}
    return render(request, "certification/cover.html", context, status=422 if form.is_bound else 200)
