from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification.access import led_session, led_slot
from certification.documents.sheet import sheet as draw_sheet
from certification.forms import CorrectionForm, SignatureForm
from certification.models import AttendanceMark, LateDecision, SlotLock, expected_in
from certification.pages import events_of
from certification.refusals import Refused
from certification.sentences import refusal
from certification.sheets import sheet_text
from people.downloads import private_file

from .attendance import roster_for


@login_required
@require_http_methods(["GET", "POST"])
def countersign(request, code):
    """Shows the half-day once more, then locks it."""
    slot = led_slot(request.user, code)
    if request.method == "POST":
        return sign(request, slot)
    if hasattr(slot, "lock"):
        return redirect("certification:roster", slot.code)
    event = events_of([slot.session], get_language()).get(slot.session.key)
    return render(request, "certification/countersign.html", {"slot": slot, "event": event, "roster": roster_for(slot)})


def sign(request, slot):
    try:
        SlotLock.objects.countersign(slot, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, _("The sheet is signed. It does not change any more."))
    return redirect("certification:roster", slot.code)


@login_required
@require_http_methods(["GET", "POST"])
def correct(request, code, learner):
    slot = led_slot(request.user, code)
    person = get_object_or_404(expected_in(slot), code=learner)
    standing = AttendanceMark.objects.filter(slot=slot).standing()
    form = CorrectionForm(slot, person, standing.get(str(person.pk)), request.POST or None)
    if form.is_bound and form.is_valid():
        return save_correction(request, slot, form)
    return correction_screen(request, slot, form, 422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "POST"])
def learner_signs(request, code, learner):
    """The trainer hands their phone over: a learner draws their signature for this half-day."""
    slot = led_slot(request.user, code)
    person = get_object_or_404(expected_in(slot), code=learner)
    form = SignatureForm(request.POST or None)
    if form.is_bound and form.is_valid():
        return save_signature(request, slot, person, form)
    return signature_screen(request, slot, person, form, 422 if form.is_bound else 200)


def save_signature(request, slot, person, form):
    try:
        form.save(slot, person, request.user, timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return signature_screen(request, slot, person, form, 409)
    messages.success(request, _("The signature of %(name)s is saved.") % {"name": person})
    return redirect("certification:roster", slot.code)


def signature_screen(request, slot, person, form, status):
    event = events_of([slot.session], get_language()).get(slot.session.key)
    context = {"slot": slot, "event": event, "learner": person, "form": form}
    return render(request, "certification/learner_signs.html", context, status=status)


def save_correction(request, slot, form):
    try:
        form.save(request.user, timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return correction_screen(request, slot, form, 409)
    messages.success(request, _("The correction is saved, with your name and its reason."))
    return redirect("certification:roster", slot.code)


def correction_screen(request, slot, form, status):
    return render(request, "certification/correct.html", {"slot": slot, "form": form}, status=status)


@login_required
@require_POST
def decide(request, code, position):
    """Accepts or refuses a mark that came after the signature."""
    slot = led_slot(request.user, code)
    mark = get_object_or_404(AttendanceMark, slot=slot, position=position)
    accepted = request.POST.get("answer") == "accept"
    try:
        LateDecision.objects.decide(mark, request.user, accepted, timezone.now())
    except Refused as refused:
        messages.error(request, refusal(refused))
    else:
        messages.success(request, _("The late mark now counts.") if accepted else _("The late mark does not count."))
    return redirect("certification:roster", slot.code)


@login_required
@require_safe
def sheet(request, code):
    """The attendance sheet of a session, in the language of the address."""
    session = led_session(request.user, code)
    text = sheet_text(session, get_language(), timezone.now())
    return private_file(draw_sheet(text), f"{text.labels['sheet']} {text.date}.pdf")
