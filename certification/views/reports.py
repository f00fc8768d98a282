"""The report of a virtual class: a file, then who is who, then the marks."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from certification import reports
from certification.access import led_slot
from certification.forms import MatchForm, ReportForm
from certification.imports import Unreadable
from certification.models import roster_of
from certification.pages import events_of
from certification.refusals import Refused

from .attendance import tell


@login_required
@require_http_methods(["GET", "POST"])
def report(request, code):
    """Reads the file and asks who is who. Nothing is written yet."""
    slot = led_slot(request.user, code)
    if request.method == "GET":
        return report_screen(request, slot, ReportForm())
    form = ReportForm(request.POST, request.FILES)
    if not form.is_valid():
        return report_screen(request, slot, form)
    try:
        found = reports.participants(slot, form.cleaned_data["file"].read())
    except Unreadable as error:
        form.refuse(error)
        return report_screen(request, slot, form)
    return match_screen(request, slot, MatchForm(slot, roster_of(slot), found), found)


def report_screen(request, slot, form):
    return screen(request, "certification/report.html", slot, form, 422 if form.is_bound else 200)


def match_screen(request, slot, form, found):
    sealed = reports.sealed(slot, found)
    return screen(request, "certification/report_confirm.html", slot, form, 422 if form.is_bound else 200, sealed)


def screen(request, template, slot, form, status, sealed=""):
    event = events_of([slot.session], get_language()).get(slot.session.key)
    return render(request, template, {"slot": slot, "event": event, "form": form, "sealed": sealed}, status=status)


@login_required
@require_POST
def confirm(request, code):
    """Adds the marks of those whom a person recognised; whoever is nobody stays nobody."""
    slot = led_slot(request.user, code)
    try:
        found = reports.opened(slot, request.POST.get("report", ""))
    except Refused:
        return redirect("certification:report", slot.code)
    form = MatchForm(slot, roster_of(slot), found, request.POST)
    if not form.is_valid():
        return match_screen(request, slot, form, found)
    tell(request, reports.save(slot, form.chosen, request.user, timezone.now()))
    return redirect("certification:roster", slot.code)
