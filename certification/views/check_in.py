"""What the people in the room do with the projected code, on their own phones."""

from functools import wraps

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.check_in import RECEIPT, Receipt, open_code, refuse_person, slot_of
from certification.forms import CodeForm, SignatureForm
from certification.pages import events_of
from certification.refusals import Conflict, Refused
from certification.sentences import refusal
from people import limits

COOKIE = "presence"
# Codes that are not good, tried by one account. A visitor has the address of everybody in the room.
MISSES, MISSES_OF_A_ROOM = {"limit": 10, "seconds": 600}, {"limit": 100, "seconds": 600}


def guarded(view):
    """Counts the codes that are not good; after too many, not even a good one is looked at for this account."""

    @wraps(view)
    def counted(request, **kwargs):
        reader = limits.reader_of(request)
        misses = MISSES if request.user.is_authenticated else MISSES_OF_A_ROOM
        if limits.is_spent("presence", reader, **misses):
            return limits.too_many(request)
        response = view(request, **kwargs)
        if response.status_code == 422:
            limits.allow("presence", reader, **misses)
        return response

    return counted


@login_required
@guarded
@require_http_methods(["GET", "POST"])
def presence(request):
    """The code that was typed."""
    form = CodeForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return code_screen(request, form if request.method == "POST" else CodeForm())
    try:
        return hand_over(request, form.cleaned_data["code"])
    except Refused as refused:
        form.refuse(refused)
        return code_screen(request, form)


def code_screen(request, form):
    return render(request, "certification/presence.html", {"form": form}, status=422 if form.is_bound else 200)


@guarded
@require_safe
def check_in(request, code):
    """The code that a camera read."""
    try:
        return hand_over(request, code)
    except Refused as refused:
        return refused_screen(request, refused)


def hand_over(request, code):
    """Gives the receipt. A cookie carries it, so that signing in comes back to it and the address does not hold it."""
    now = timezone.now()
    slot = open_code(code, now)
    if request.user.is_authenticated:
        refuse_person(slot, request.user, now)
    response = redirect("certification:receipt")
    response.set_cookie(
        COOKIE,
        Receipt.of(slot, request.user, now).text,
        max_age=RECEIPT,
        path=reverse("certification:presence"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response


def refused_screen(request, refused, status=422):
    context = {"code": refused.code, "sentence": refusal(refused)}
    return render(request, "certification/check_in_refused.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def receipt(request):
    """Shows where to sign; then the signature itself, once."""
    try:
        return sign(request) if request.method == "POST" else receipt_screen(request, held_receipt(request))
    except Conflict as conflict:
        return refused_screen(request, conflict, status=409)
    except Refused as refused:
        return refused_screen(request, refused)


def held_receipt(request):
    """What the cookie carries, in the name of whoever is signed in now."""
    held = Receipt.read(request.COOKIES.get(COOKIE, ""))
    if not held.held_by(request.user):
        raise Refused("receipt")
    now = timezone.now()
    held.refuse_old(now)
    refuse_person(slot_of(held), request.user, now)
    return held.given_to(request.user)


def receipt_screen(request, held, form=None):
    slot = slot_of(held)
    context = {
        "slot": slot,
        "event": events_of([slot.session], get_language()).get(slot.session.key),
        "form": form or SignatureForm(otherwise=True),
        "receipt": held.text,
    }
    return render(request, "certification/check_in.html", context, status=422 if form else 200)


def sign(request):
    """The receipt is judged before the signature, and belongs to one person."""
    held, now = Receipt.read(request.POST.get("receipt", "")), timezone.now()
    if held.person != str(request.user.code):
        raise Http404
    held.refuse_old(now)
    form = SignatureForm(request.POST, otherwise=True)
    if not form.is_valid():
        return receipt_screen(request, held, form)
    mark = form.save(slot_of(held), request.user, request.user, now)
    tell(request, mark)
    response = redirect("courses:path")
    response.delete_cookie(COOKIE, path=reverse("certification:presence"))
    return response


def tell(request, mark):
    if mark.late:
        messages.warning(request, _("Your signature is kept. The sheet was already signed: the trainer decides."))
    else:
        messages.success(request, _("Your signature is saved. Your presence is noted."))
