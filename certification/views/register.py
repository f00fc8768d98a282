"""The register of attendance: downloaded with what is needed to check it, and its roots, for the coordination."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from certification import keys
from certification.access import led_edition, led_session, require_coordinator
from certification.exports import register_archive
from certification.models import RegisterCheck, RegisterRoot
from events.models import Session
from people.downloads import private_file
from people.models import TrailEntry
from people.models.trail import note

PAGE = 30


@login_required
@require_POST
def session_register(request, code):
    return exported(request, [led_session(request.user, code)], f"{_('Register')} {code}.zip")


@login_required
@require_POST
def edition_register(request, code):
    edition = led_edition(request.user, code)
    sessions = Session.objects.filter(edition=edition).with_times().exclude(first_start=None)
    ordered = sessions.select_related("edition").order_by("first_start", "pk")
    return exported(request, list(ordered), f"{_('Register')} {edition.cohort}.zip")


def exported(request, sessions, name):
    """Names and signatures of a group: who took them is written down."""
    now = timezone.now()
    note(TrailEntry.Action.EXPORTED, request.user, now, subject=name)
    return register_zip(sessions, name, now)


def register_zip(sessions, name, now):
    return private_file(register_archive(sessions, get_language(), now), name, "application/zip")


@login_required
@require_safe
def roots(request):
    """The root of each day, to whom it went, and what the last verification found."""
    require_coordinator(request.user)
    now = timezone.now()
    page = Paginator(RegisterRoot.objects.prefetch_related("mails"), PAGE).get_page(request.GET.get("page"))
    for root in page:
        root.sent = [(mail, mail.state_at(now)) for mail in root.mails.all()]
        root.in_doubt = any(mail.is_in_doubt(now) for mail in root.mails.all())
    context = {"page": page, "check": RegisterCheck.objects.first()}
    return render(request, "certification/register/roots.html", context)


@login_required
@require_POST
def send_root_again(request, root):
    require_coordinator(request.user)
    if get_object_or_404(RegisterRoot, root=root).send_again(timezone.now()):
        messages.success(request, _("It leaves again within a minute."))
    return redirect("certification:roots")


@cache_control(public=True, max_age=3600)
@require_safe
def public_keys(request):
    """The keys that verify what this site signs, as RFC 7517 writes them; one that was replaced stays."""
    return JsonResponse({"keys": list(keys.public_keys().values())})
