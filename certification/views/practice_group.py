"""Observed practice for those who follow a group: where each learner is, who assesses them, what is recognised."""

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import practice as gathered
from certification import sentences
from certification.access import led_edition, led_learner
from certification.forms import AskForm, RecognitionForm
from certification.models import Assignment, FrameworkVersion, Recognition
from certification.models.practice import in_the_path
from certification.practice_board import board_of
from certification.refusals import Refused
from people.access import require_coordinator
from people.names import by_name


@login_required
@require_safe
def practice_group(request, code):
    """One row a learner; the same number of queries for two or for forty."""
    edition = led_edition(request.user, code)
    asked = Count("assignments", Q(assignments__edition=edition, assignments__ended_at=None))
    learners = [row.learner for row in edition.enrolments.select_related("learner")]
    people = get_user_model().objects.filter(enrolments__edition=edition)
    counts = dict(people.annotate(asked=asked).values_list("pk", "asked"))
    learners.sort(key=by_name)
    found = gathered.practices(learners, edition)
    context = {
        "edition": edition,
        "version": FrameworkVersion.objects.of(edition),
        "framework": gathered.framework_of(edition),
        "rows": [(learner, found[learner.pk], counts[learner.pk]) for learner in learners],
    }
    return render(request, "certification/practice_group.html", context)


@login_required
@require_safe
def practice_learner(request, code, learner):
    edition, person = led_learner(request.user, code, learner)
    return learner_screen(request, edition, person)


def learner_screen(request, edition, person, form=None):
    inside = set(in_the_path(edition).values_list("pk", flat=True))
    assignments = Assignment.objects.open().filter(edition=edition, learner=person)
    asked = [(one, one.assessor_id not in inside) for one in assignments.select_related("assessor__organisation")]
    coordinates = request.user.is_coordinator
    context = {
        "edition": edition,
        "person": person,
        "board": board_of(gathered.of(person, edition), get_language()),
        "asked": asked,
        "enough": len(asked) > 1 and any(outside for _one, outside in asked),
        "portfolio": gathered.portfolio_of(person),
        "coordinates": coordinates,
        "form": form or (AskForm(edition, person) if coordinates else None),
    }
    return render(request, "certification/practice_learner.html", context, status=422 if form else 200)


@login_required
@require_POST
def ask_assessor(request, code, learner):
    edition, person = led_learner(request.user, code, learner)
    require_coordinator(request.user)
    form = AskForm(edition, person, request.POST)
    if not form.is_valid():
        return learner_screen(request, edition, person, form)
    try:
        form.save(request.user, timezone.now())
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    else:
        values = {"assessor": form.cleaned_data["assessor"], "learner": person}
        messages.success(request, _("%(assessor)s is asked to assess %(learner)s.") % values)
    return redirect("certification:practice_learner", edition.code, person.code)


@login_required
@require_POST
def end_assignment(request, code):
    assignment = get_object_or_404(Assignment.objects.select_related("edition", "learner"), code=code)
    edition = led_edition(request.user, assignment.edition.code)
    require_coordinator(request.user)
    assignment.end(timezone.now())
    messages.success(request, _("The request is withdrawn. What was assessed stays."))
    return redirect("certification:practice_learner", edition.code, assignment.learner.code)


@login_required
@require_http_methods(["GET", "POST"])
def recognise(request, code, learner):
    edition, person = led_learner(request.user, code, learner)
    require_coordinator(request.user)
    form = RecognitionForm(gathered.framework_of(edition), person, get_language(), request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            form.save(edition, person, request.user, timezone.now())
        except Refused as refused:
            messages.error(request, sentences.refusal(refused))
        else:
            messages.success(request, _("The block is recognised."))
        return redirect("certification:practice_learner", edition.code, person.code)
    context = {"edition": edition, "person": person, "form": form}
    return render(request, "certification/recognise.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def end_recognition(request, code):
    recognition = get_object_or_404(Recognition.objects.select_related("edition", "learner"), code=code)
    edition = led_edition(request.user, recognition.edition.code)
    require_coordinator(request.user)
    recognition.end(request.user, timezone.now())
    messages.success(request, _("The recognition is withdrawn."))
    return redirect("certification:practice_learner", edition.code, recognition.learner.code)
