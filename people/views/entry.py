"""Getting in without an e-mail address: by the link of an invitation, and with a personal card."""

import logging
from copy import copy
from functools import wraps

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.core.mail import send_mail
from django.db import transaction
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone, translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from people import limits, shared_phone
from people.adapter import opaque
from people.models import Card, Invitation, TrailEntry, User
from people.models.trail import note
from people.pin_forms import CardForm, EntryForm, ResetForm
from people.refusals import REFUSALS

logger = logging.getLogger(__name__)

# Links and cards that open nothing, and PINs, by one reader: a whole centre is behind one address.
MISSES = {"limit": 300, "seconds": 600}
TRIES = {"limit": 600, "seconds": 600}


def guarded(view):
    """Kept nowhere and in no search engine. Codes are not tried at random."""

    @wraps(view)
    def counted(request, **kwargs):
        reader = limits.reader_of(request)
        if limits.is_spent("entry", reader, **MISSES):
            return limits.too_many(request)
        if request.method == "POST" and not limits.allow("entry-try", reader, **TRIES):
            return limits.too_many(request)
        response = view(request, **kwargs)
        if response.status_code == 404:
            limits.allow("entry", reader, **MISSES)
            logger.warning("Nothing opens: %s", opaque(*kwargs.values()))
        # Django would write the address in the log, and the address lets in.
        response._has_been_logged = True
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    return counted


def nothing_opens(request):
    """The same for what was used, replaced, too old or invented."""
    return render(request, "people/nothing_opens.html", status=404)


@guarded
@require_http_methods(["GET", "POST"])
def invitation(request, token):
    found = Invitation.objects.opened_by(token, timezone.now())
    if found:
        return enter(request, found)
    if Invitation.objects.entered(request.user, token):
        return redirect(settings.LOGIN_REDIRECT_URL)
    return nothing_opens(request)


@guarded
@require_http_methods(["GET", "POST"])
def card(request, code):
    """The PIN of the person whose card it is; before the first PIN, the card is the invitation."""
    now, found = timezone.now(), Card.objects.read(code)
    if found is None:
        return nothing_opens(request)
    if request.user == found.person:
        return redirect(settings.LOGIN_REDIRECT_URL)
    first = Invitation.objects.opened_by_card(found, now)
    if first:
        return enter(request, first)
    form = CardForm(request.POST if request.method == "POST" else None, person=found.person, now=now)
    if form.is_bound and form.is_valid():
        return let_in(request, found.person)
    return render(request, "people/card.html", {"form": form}, status=status_of(form))


def enter(request, invitation):
    """The page that an invitation opens, then the entry itself. Of two who come at once, one enters."""
    now, person = timezone.now(), invitation.person
    data = request.POST if request.method == "POST" else None
    is_reset = invitation.kind == Invitation.Kind.RESET
    form = ResetForm(data) if is_reset else EntryForm(data, instance=copy(person))
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "invitation": invitation, "person": person, "cohort": person.cohorts.first()}
        name = "people/reset.html" if is_reset else "people/invitation.html"
        return render(request, name, context, status=status_of(form))
    if not settle(invitation, form, now):
        return nothing_opens(request)
    person = User.objects.get(pk=person.pk)
    if is_reset:
        tell(request, person)
    return let_in(request, person)


@transaction.atomic
def settle(invitation, form, now):
    """Whether the invitation was still open; what was typed is then kept."""
    if not invitation.use(now):
        return False
    person = invitation.person
    form.keep(person, now)
    note(TrailEntry.Action.ENTERED, person, now, person=person, after={"kind": invitation.kind})
    return True


def tell(request, person):
    """A new PIN is never a surprise. The e-mail says neither whose it is nor what the site is about."""
    sentence = _("You have a new PIN. If you did not choose it yourself, tell your trainer.")
    messages.success(request, sentence)
    if person.email:
        send_mail(_("Your way to sign in has changed"), sentence, None, [person.email], fail_silently=True)


def let_in(request, person):
    """As a password does: the session is new, a second factor is asked from whoever has one, the device is known."""
    if request.user.is_authenticated:
        logout(request)
    shared_phone.heed(request)
    record_authentication(request, person, method="pin")
    with translation.override(language_of(person)):
        path = resolve_url(settings.LOGIN_REDIRECT_URL)
    return perform_login(request, person, redirect_url=path)


def language_of(person):
    """The content language of whoever chose one for the menus; else the one of the page or of the browser."""
    chosen = person.interface_language if person else ""
    return chosen if chosen in dict(settings.LANGUAGES) else translation.get_language()


def status_of(form):
    refused = {error.code for errors in form.errors.as_data().values() for error in errors} if form.is_bound else ()
    return 429 if REFUSALS.keys() & set(refused) else 422 if form.is_bound else 200


@require_safe
def short_invitation(request, token):
    """The address in a message: leads to the page in the language of the person or of the browser."""
    found = Invitation.objects.opened_by(token, timezone.now())
    return in_language_of(found, "people:invitation", token)


@require_safe
def short_card(request, code):
    return in_language_of(Card.objects.read(code), "people:card", code)


def in_language_of(found, name, code):
    with translation.override(language_of(found and found.person)):
        return redirect(name, code)
