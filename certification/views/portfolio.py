"""The portfolio: the learner adds private files, a reviewer accepts each for a block or sends it back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import practice as gathered
from certification import sentences
from certification.access import own_item, reviewed_item, seen_item
from certification.forms import ItemForm, ReviewForm
from certification.forms.practice import block_choices
from certification.refusals import Refused
from courses.models import Enrolment
from people import limits
from people.downloads import private_file

UPLOADS = {"limit": 60, "seconds": 3600}


@login_required
@require_http_methods(["GET", "POST"])
def portfolio(request):
    enrolment = Enrolment.objects.latest_of(request.user)
    if request.method == "GET":
        return portfolio_screen(request, enrolment, ItemForm())
    if enrolment is None:
        raise PermissionDenied
    if not limits.allow("portfolio", request.user.pk, **UPLOADS):
        return limits.too_many(request)
    form = ItemForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            form.save(request.user, timezone.now())
        except Refused as refused:
            form.add_error("file", sentences.refusal(refused))
    if form.errors:
        return portfolio_screen(request, enrolment, form)
    messages.success(
        request, _("The file is kept. Only you, your trainers, your assessors and the coordination see it.")
    )
    return redirect("certification:portfolio")


def portfolio_screen(request, enrolment, form):
    context = {"form": form, "enrolment": enrolment, "items": gathered.portfolio_of(request.user)}
    return render(request, "certification/portfolio.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def take_back(request, code):
    item = own_item(request.user, code)
    try:
        item.take_back()
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    else:
        messages.success(request, _("The file is deleted."))
    return redirect("certification:portfolio")


@login_required
@require_safe
def portfolio_file(request, code):
    item = seen_item(request.user, code)
    return private_file(item.content(), item.download_name, item.content_type)


@login_required
@require_http_methods(["GET", "POST"])
def review_item(request, code):
    item = reviewed_item(request.user, code)
    enrolment = Enrolment.objects.latest_of(item.learner)
    framework = gathered.framework_of(enrolment and enrolment.edition)
    form = ReviewForm(block_choices(framework, get_language()), request.POST or None)
    if form.is_bound and form.is_valid():
        form.save(item, request.user, timezone.now())
        messages.success(request, _("Your answer is kept. %(name)s reads it.") % {"name": item.learner})
        return redirect("certification:review_item", item.code)
    context = {"item": item, "reviews": item.reviews.select_related("author"), "form": form, **back(request, item)}
    return render(request, "certification/review_item.html", context, status=422 if form.is_bound else 200)


def back(request, item):
    """Where the reviewer comes from: the learner they assess, else the group they follow."""
    return {
        "assignment": request.user.assignments_received.filter(learner=item.learner, ended_at=None).first(),
        "edition": getattr(Enrolment.objects.latest_of(item.learner), "edition", None),
    }
