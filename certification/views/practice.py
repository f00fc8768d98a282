"""Observed practice: the assessor's learners and grids, and what the learner reads and answers."""

from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import practice as gathered
from certification import practice_words, sentences
from certification.access import asked_assignment, own_assessment
from certification.competence import Moment, lost
from certification.forms import AnswerForm, GridForm
from certification.models import Assessment, Assignment, FrameworkVersion
from certification.practice_board import board_of
from certification.refusals import Conflict, Refused
from courses.models import Enrolment
from events import moments
from people.roles import Role
from people.shared_phone import is_shared

from .attendance import KEPT
from .outbox import answered, told


@login_required
@require_safe
def practice(request):
    """The learners whom this person is asked to assess."""
    user = request.user
    if not (user.has_role(Role.ASSESSOR) or user.takes_attendance):
        raise PermissionDenied
    assignments = list(Assignment.objects.asked_of(user).order_by("edition__cohort__name", "learner__printed_name"))
    made = Assessment.objects.filter(author=user, edition__in=[one.edition_id for one in assignments])
    done = {}
    for learner, edition, day in made.order_by("observed_on").values_list("learner", "edition", "observed_on"):
        count, _last = done.get((learner, edition), (0, None))
        done[learner, edition] = (count + 1, day)
    rows = [(one, *done.get((one.learner_id, one.edition_id), (0, None))) for one in assignments]
    return render(request, "certification/practice.html", {"rows": rows})


@login_required
@require_safe
def practised(request, code):
    """One learner, block by block: what this assessor saw, and what is left to see. Nobody reads the other's marks."""
    assignment = asked_assignment(request.user, code)
    framework = gathered.framework_of(assignment.edition)
    mine = Assessment.objects.filter(author=request.user, learner=assignment.learner, edition=assignment.edition)
    mine = list(mine.with_facts())
    blocks = [(block, [(moment, *state(mine, block, moment)) for moment in Moment]) for block in framework.blocks]
    context = {
        "assignment": assignment,
        "blocks": blocks,
        "mine": mine,
        "portfolio": gathered.portfolio_of(assignment.learner),
    }
    return kept_page(request, render(request, "certification/practised.html", context), assignment.learner)


def kept_until(request):
    now = timezone.now()
    return {"shared": is_shared(request), "now": now, "until": moments.clock(now + KEPT)}


def kept_page(request, response, title):
    """A phone that is the reader's own keeps the page."""
    if not is_shared(request):
        response["X-Kept-As"] = quote(str(title))
    return response


def state(assessments, block, moment):
    """The word for a moment and the last grid of it, or None."""
    found = [one for one in assessments if (one.block, one.moment) == (block.code, moment)]
    return practice_words.MOMENTS[moment], found[0] if found else None


@login_required
@require_http_methods(["GET", "POST"])
def grid(request, code, block):
    assignment = asked_assignment(request.user, code)
    version = FrameworkVersion.objects.of(assignment.edition)
    asked = version and version.framework.block(block)
    if not asked:
        raise Http404
    now = timezone.now()
    chosen = request.GET.get("moment", "")
    moment = chosen if chosen in set(Moment) else ""
    form = GridForm(asked, version, timezone.localdate(now), get_language(), moment, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return save_grid(request, assignment, form, now)
    if form.is_bound:
        return grid_screen(request, assignment, form, 422)
    return kept_page(request, grid_screen(request, assignment, form, 200), f"{assignment.learner} · {asked.code}")


def grid_screen(request, assignment, form, status):
    context = {"assignment": assignment, "form": form, **kept_until(request)}
    return render(request, "certification/grid.html", context, status=status)


def save_grid(request, assignment, form, now):
    before = gathered.of(assignment.learner, assignment.edition)
    try:
        form.save(assignment, now)
    except Refused as refused:
        form.refuse(refused)
        return grid_screen(request, assignment, form, 409 if isinstance(refused, Conflict) else 422)
    messages.success(request, _("What you saw is kept. It does not change any more."))
    after = gathered.of(assignment.learner, assignment.edition)
    for verdict in lost(before.verdicts, after.verdicts):
        criteria = ", ".join(finding.criterion for finding in verdict.missing)
        sentence = _("Block %(block)s is not validated any more: %(criteria)s.")
        messages.warning(request, sentence % {"block": verdict.block, "criteria": criteria})
    return redirect("certification:practised", assignment.code)


@login_required
@require_http_methods(["GET", "POST"])
def grid_outbox(request, code):
    """Where a phone sends the grids that it kept: each is recorded or refused by itself."""
    assignment = asked_assignment(request.user, code)
    return answered(request, lambda form, now: [grid_verdict(one, assignment, now) for one in form.entries], dict)


def grid_verdict(values, assignment, now):
    if values.get("author") != str(assignment.assessor.code):
        return told("not_yours", Refused("not_yours"))
    version = FrameworkVersion.objects.of(assignment.edition)
    block = version and version.framework.block(values.get("block"))
    if not block:
        return told("refused", Refused("criterion"))
    form = GridForm(block, version, timezone.localdate(now), get_language(), data=values)
    if not form.is_valid():
        return {"verdict": "refused", "code": "grid", "sentence": next(iter(form.errors.values()))[0]}
    try:
        made = form.save(assignment, now)
    except Refused as refused:
        return told("conflict" if isinstance(refused, Conflict) else "refused", refused)
    return {"verdict": "recorded" if made.recorded_at == now else "known"}


@login_required
@require_safe
def my_practice(request):
    return practice_screen(request)


def practice_screen(request, asked=None, form=None, status=200):
    enrolment = Enrolment.objects.latest_of(request.user)
    found = gathered.of(request.user, enrolment.edition) if enrolment else None
    context = {
        "board": board_of(found, get_language()) if found else None,
        "answering": asked,
        "form": form or AnswerForm(),
    }
    return render(request, "certification/my_practice.html", context, status=status)


@login_required
@require_POST
def answer_assessment(request, code):
    assessment = own_assessment(request.user, code)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return practice_screen(request, assessment, form, 422)
    try:
        form.save(assessment, timezone.now())
    except Conflict as conflict:
        messages.error(request, sentences.refusal(conflict))
    else:
        messages.success(request, _("Your answer is kept. Your assessors and your trainers read it."))
    return redirect("certification:my_practice")
