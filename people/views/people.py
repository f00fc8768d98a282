from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import limits, listing
from people.access import managed_person, manages, require_staff, seen_person
from people.inviting import cancel_card as cancel_the_card
from people.inviting import invite, may_invite
from people.models import Cohort, TrailEntry
from people.models.trail import note
from people.staff_forms import CorrectForm, FindForm, GroupForm

from .links import links_page


@login_required
@require_safe
def index(request):
    require_staff(request.user)
    if limits.searches_too_often(request):
        return limits.too_many(request)
    form = FindForm(request.user, request.GET)
    people = found(form, request.user)
    context = {
        "form": form,
        "page": listing.page_of(people, request.user, request.GET.get("page")),
        "cohort": form.cleaned_data.get("cohort"),
        "now": timezone.now(),
    }
    return render(request, "people/index.html", context, status=422 if form.errors else 200)


def found(form, user):
    people = listing.people_seen(user)
    if not form.is_valid():
        return people.none()
    people = listing.search(people, form.cleaned_data["q"])
    if form.cleaned_data["cohort"]:
        people = people.filter(cohorts=form.cleaned_data["cohort"])
    return people.filter(last_login=None) if form.cleaned_data["never"] else people


@login_required
@require_safe
def person(request, code):
    shown = seen_person(request.user, code)
    cohorts = Cohort.objects.seen_by(request.user)
    standing = shown.invitations.filter(used_at=None, withdrawn_at=None).first()
    shown.invited_until = standing and standing.expires_at
    context = {
        "person": shown,
        "managed": manages(request.user, shown),
        "card": shown.cards.standing().first(),
        "cohorts": cohorts.filter(members=shown),
        "others": cohorts.exclude(members=shown),
        "now": timezone.now(),
    }
    return render(request, "people/person.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, code):
    changed = managed_person(request.user, code)
    form = CorrectForm(changed, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.keep(request.user, timezone.now())
        messages.success(request, _("It is saved."))
        return redirect("people:person", code)
    context = {"person": changed, "form": form}
    return render(request, "people/correct.html", context, status=422 if form.is_bound else 200)


@login_required
@require_POST
def invite_again(request, code):
    """A new link, shown once. Whoever has an account already receives a new PIN instead."""
    invited = managed_person(request.user, code)
    if invited.last_login:
        messages.error(request, _("This person came in already. Give a new PIN instead."))
        return redirect("people:person", code)
    if not may_invite(request.user):
        return limits.too_many(request)
    return links_page(request, [invite(invited, request.user, timezone.now())])


@login_required
@require_http_methods(["GET", "POST"])
def cancel_card(request, code):
    """Shows what it does, then does it."""
    holder = managed_person(request.user, code)
    if request.method == "POST":
        cancel_the_card(holder, request.user, timezone.now())
        messages.success(request, _("The card does not work any more. A new one is made with the next sheet of cards."))
        return redirect("people:person", code)
    return render(request, "people/cancel_card.html", {"person": holder})


@login_required
@require_POST
def join(request, code):
    """Adds somebody to a group that one sees."""
    joining = managed_person(request.user, code)
    form = GroupForm(request.user, request.POST)
    if not request.POST.get("cohort"):
        messages.error(request, _("Choose a group."))
        return redirect("people:person", code)
    if not form.is_valid():
        raise Http404
    cohort = form.cleaned_data["cohort"]
    move(joining, cohort, request.user, joins=True)
    messages.success(request, _("%(name)s is in the group %(cohort)s.") % {"name": joining, "cohort": cohort})
    return redirect("people:person", code)


@login_required
@require_http_methods(["GET", "POST"])
def leave(request, code, cohort):
    leaving = seen_person(request.user, code)
    left = get_object_or_404(Cohort.objects.seen_by(request.user), code=cohort, members=leaving)
    if not manages(request.user, leaving):
        raise PermissionDenied
    if request.method == "POST":
        move(leaving, left, request.user, joins=False)
        messages.success(request, _("%(name)s left the group %(cohort)s.") % {"name": leaving, "cohort": left})
        return redirect("people:cohort", cohort)
    return render(request, "people/leave.html", {"person": leaving, "cohort": left})


@transaction.atomic
def move(moved, cohort, author, joins):
    """What somebody did in a group stays when they leave it."""
    Cohort.objects.select_for_update().get(pk=cohort.pk)
    if cohort.members.filter(pk=moved.pk).exists() == joins:
        return
    (cohort.members.add if joins else cohort.members.remove)(moved)
    change = {"after" if joins else "before": {"cohort": str(cohort)}}
    note(TrailEntry.Action.CHANGED, author, timezone.now(), moved, **change)
