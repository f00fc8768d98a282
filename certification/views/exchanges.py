"""What a learner did, and how they were helped, as those who follow them read it, note it and take it away."""

from itertools import chain

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import document_board, tables
from certification.access import led_edition, led_learner
from certification.activities import activities_of
from certification.forms import ExchangeForm
from certification.models import Exchange
from certification.pages import course_titles
from certification.sentences import METHOD
from people.downloads import csv_file
from people.models import TrailEntry
from people.models.trail import note


@login_required
@require_safe
def activities(request, code, learner):
    edition, person = led_learner(request.user, code, learner)
    found = activities_of(person, edition, get_language())
    context = {
        "activities": found,
        "edition": edition,
        "method": METHOD,
        "documents": document_board.of_one(person, edition),
        "coordinates": request.user.is_coordinator,
    }
    return render(request, "certification/activities.html", context)


@login_required
@require_POST
def activities_csv(request, code, learner):
    edition, person = led_learner(request.user, code, learner)
    rows = tables.of_activities(activities_of(person, edition, get_language()))
    return exported(request, f"{_('Online activities')} {person}.csv", rows, "activities", person)


@login_required
@require_http_methods(["GET", "POST"])
def exchange(request, code, learner):
    """Notes one exchange."""
    edition, person = led_learner(request.user, code, learner)
    return exchange_screen(request, Exchange(edition=edition, learner=person))


@login_required
@require_http_methods(["GET", "POST"])
def edit_exchange(request, code):
    """Completes an exchange, or mends what was noted."""
    found = get_object_or_404(Exchange.objects.select_related("edition__cohort", "learner", "note"), code=code)
    led_edition(request.user, found.edition.code)
    return exchange_screen(request, found)


def exchange_screen(request, noted):
    form = ExchangeForm(request.user, noted, timezone.now(), request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.keep()
        messages.success(request, _("The exchange is noted."))
        return redirect("certification:activities", noted.edition.code, noted.learner.code)
    return render(request, "certification/exchange.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_POST
def exchanges_csv(request, code):
    """The journal of assistance of an edition."""
    edition = led_edition(request.user, code)
    held = edition.exchanges.select_related("learner", "tutor", "note")
    rows = chain([tables.exchange_head()], map(tables.of_exchange, held))
    return exported(request, f"{_('Exchanges')} {edition.cohort}.csv", rows)


def exported(request, name, rows, subject="", person=None):
    """A table of what people did: who took it is written down, and of whom."""
    note(TrailEntry.Action.EXPORTED, request.user, timezone.now(), person, subject or name)
    return csv_file(name, rows)


@login_required
@require_safe
def my_exchanges(request):
    """What is noted on the person who reads it."""
    held = list(request.user.exchanges.select_related("edition", "tutor", "note").order_by("-asked_at"))
    titles = course_titles([one.edition for one in held], get_language())
    for one in held:
        one.course = titles.get(one.edition.course_id, "")
    return render(request, "certification/my_exchanges.html", {"exchanges": held})
