from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import privacy
from people.downloads import TooLarge, archive, private_file
from people.forms import MeForm
from people.models import Consent, ErasureRequest, Invitation, NoticeAcceptance, Pin, User
from people.notices import mark_read


@login_required
@require_http_methods(["GET", "POST"])
def me(request):
    """What people write about themselves. The form has a copy of the person: the page keeps the name that is saved."""
    person = User.objects.get(pk=request.user.pk)
    form = MeForm(request.POST if request.method == "POST" else None, instance=person)
    if form.is_bound and form.is_valid():
        if "email" in form.changed_data:
            raise_if_reauthentication_required(request, app="people")
        form.keep()
        messages.success(request, _("It is saved."))
        return redirect("people:me")
    context = {
        "form": form,
        "pin": Pin.objects.filter(person=person).first(),
        "reset": person.invitations.filter(kind=Invitation.Kind.RESET).select_related("author").first(),
    }
    return render(request, "people/me.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def data(request):
    """My data: what is held, why, until when."""
    requests = request.user.erasure_requests.order_by("-asked_at")
    context = {
        "held": privacy.held_on(request.user),
        "asked": requests.open().first(),
        "refused": requests.filter(outcome=ErasureRequest.Outcome.REFUSED).first(),
        "notices": request.user.notices_accepted.all(),
        "consents": consents_of(request.user),
    }
    return render(request, "people/data.html", context)


@login_required
@require_POST
@reauthentication_required(enabled=lambda request: request.user.needs_second_factor)
def download(request):
    try:
        content = archive(privacy.sections_on(request.user), privacy.files_on(request.user))
    except TooLarge:
        messages.error(request, _("Your file is too large. Ask the coordination for it."))
        return redirect("people:data")
    return private_file(content, "ambassadeurs.zip", "application/zip")


@login_required
@require_POST
def ask_erasure(request):
    ErasureRequest.objects.ask(request.user, timezone.now())
    messages.success(request, _("Your request is noted. The coordination answers within one month."))
    return redirect("people:data")


@login_required
@require_POST
def keep_account(request):
    ErasureRequest.objects.withdraw(request.user, timezone.now())
    messages.success(request, _("Your account stays."))
    return redirect("people:data")


def consents_of(user):
    """(purpose, consent that stands or None) of each."""
    standing = {consent.purpose: consent for consent in user.consents.standing()}
    return [(purpose, standing.get(purpose.value)) for purpose in Consent.Purpose]


@login_required
@require_POST
def consent(request, purpose):
    """Gives a consent, or takes it back."""
    if purpose not in Consent.Purpose.values:
        raise Http404
    now = timezone.now()
    if request.POST.get("answer") == "yes":
        Consent.objects.give(request.user, purpose, now)
    else:
        Consent.objects.withdraw(request.user, purpose, now)
    messages.success(request, _("Your choice is saved."))
    return redirect("people:data")


@login_required
@require_POST
def read_notice(request):
    """The person has read the privacy notice in force; back to where they were."""
    NoticeAcceptance.objects.accept(request.user, timezone.now())
    mark_read(request)
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, request.is_secure())
    return redirect(back if safe else "people:data")
