from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.http import require_POST, require_safe

from people import limits
from people.access import require_coordinator
from people.downloads import csv_file
from people.forms import TrailForm
from people.models import TrailEntry
from people.trail import HEADINGS, Action, note, row, sentence

PAGE = 50
CHUNK = 500


@login_required
@require_safe
def trail(request):
    """What the staff did, the last first; of the people one sees."""
    require_coordinator(request.user)
    if limits.searches_too_often(request):
        return limits.too_many(request)
    form = TrailForm(request.GET)
    valid = form.is_valid()
    entries = form.found_in(TrailEntry.objects.seen_by(request.user)).with_names()
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    asked = request.GET.copy()
    asked.pop("page", None)
    context = {
        "form": form,
        "page": page,
        "lines": [(entry, sentence(entry)) for entry in page],
        "asked": asked.urlencode(),
        "typed": [(name, form[name].value() or "") for name in form.fields],
    }
    return render(request, "people/trail.html", context, status=200 if valid else 422)


@login_required
@require_POST
def export(request):
    """The same as a table. That it was taken is in the trail too."""
    require_coordinator(request.user)
    form = TrailForm(request.POST)
    form.is_valid()
    now = timezone.now()
    entries = form.found_in(TrailEntry.objects.seen_by(request.user).filter(at__lt=now)).with_names()
    note(Action.EXPORTED, request.user, now, subject="trail")
    return csv_file(f"trail-{timezone.localdate(now)}.csv", lines(entries, request.interface.code))


def lines(entries, language):
    """Row after row, said in one language: they are written after this request has ended."""
    for chunk in chunks(entries.iterator(CHUNK), HEADINGS):
        with translation.override(language):
            said = [[str(cell) for cell in (one if isinstance(one, list) else row(one))] for one in chunk]
        yield from said


def chunks(entries, headings):
    gathered = [headings]
    for entry in entries:
        gathered.append(entry)
        if len(gathered) == CHUNK:
            yield gathered
            gathered = []
    yield gathered
