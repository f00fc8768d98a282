from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import limits, listing
from people.access import managed_members, require_staff, seen_cohort
from people.inviting import invite as invite_one
from people.inviting import let_in, look_at, may_invite
from people.models import Cohort
from people.staff_forms import ChooseForm, InviteForm, ListForm, opened, sealed

from .links import links_page


@login_required
@require_safe
def cohorts(request):
    require_staff(request.user)
    seen = Cohort.objects.seen_by(request.user).select_related("organisation").annotate(people=Count("members"))
    return render(request, "people/cohorts.html", {"cohorts": seen})


@login_required
@require_safe
def cohort(request, code):
    """The people of a group, and the ways to bring others in."""
    shown = seen_cohort(request.user, code)
    members = shown.members.filter(erased_at=None).order_by("printed_name", "pk")
    context = {
        "cohort": shown,
        "page": listing.page_of(members, request.user, request.GET.get("page")),
        "never": members.filter(last_login=None).count(),
        "now": timezone.now(),
    }
    return render(request, "people/cohort.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def invite(request, code):
    into = seen_cohort(request.user, code)
    form = InviteForm(into, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not may_invite(request.user):
            form.add_error(None, limits.TOO_MANY)
            return limits.told_to_wait(render(request, "people/invite.html", {"cohort": into, "form": form}))
        return shown_once(request, into, [form.newcomer], form.cleaned_data["phone"])
    return render(request, "people/invite.html", {"cohort": into, "form": form}, status=422 if form.is_bound else 200)


def shown_once(request, cohort, newcomers, phone=""):
    """The links of those who are new; who came twice is sent back to the group."""
    invited = let_in(cohort, newcomers, request.user, timezone.now())
    if not invited:
        messages.info(request, _("Everybody on this list is in the group already. Nothing changed."))
        return redirect("people:cohort", cohort.code)
    return links_page(request, invited, cohort, phone)


@login_required
@require_http_methods(["GET", "POST"])
def import_list(request, code):
    """A list is read and shown first; what was shown is written when it comes back."""
    into = seen_cohort(request.user, code)
    if "seal" in request.POST:
        return confirm(request, into)
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if not form.is_bound or not form.is_valid():
        context = {"cohort": into, "form": form}
        return render(request, "people/import.html", context, status=422 if form.is_bound else 200)
    return preview(request, into, form)


def preview(request, cohort, form):
    lines = look_at(cohort, form.cleaned_data["rows"])
    new = [line for line in lines if line.is_new]
    context = {
        "cohort": cohort,
        "form": form,
        "lines": lines,
        "new": len(new),
        "members": sum(line.member is not None for line in lines),
        "wrong": [line for line in lines if line.wrong],
        "seal": sealed(cohort, [line.newcomer for line in new]),
    }
    return render(request, "people/preview.html", context)


def confirm(request, cohort):
    newcomers = opened(cohort, request.POST["seal"])
    if newcomers is None:
        messages.error(request, _("This page was open for too long. Give the list again."))
        return redirect("people:import", cohort.code)
    if not may_invite(request.user, len(newcomers)):
        return limits.too_many(request)
    return shown_once(request, cohort, newcomers)


@login_required
@require_http_methods(["GET", "POST"])
def links(request, code):
    """New links for people of a group who never came in."""
    of = seen_cohort(request.user, code)
    waiting = managed_members(request.user, of).filter(last_login=None)
    now = timezone.now()
    idle = [one for one in listing.with_invitations(waiting) if listing.state_of(one, now) in ("never", "expired")]
    form = ChooseForm(waiting, request.POST if request.method == "POST" else None, initial=idle)
    if not form.is_bound or not form.is_valid():
        context = {"cohort": of, "form": form, "waiting": bool(waiting)}
        return render(request, "people/choose_links.html", context, status=422 if form.is_bound else 200)
    chosen = list(form.cleaned_data["people"])
    if not may_invite(request.user, len(chosen)):
        return limits.too_many(request)
    return links_page(request, [invite_one(one, request.user, now, str(of)) for one in chosen], of)
