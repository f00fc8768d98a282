"""Attendance on paper: the sheet to print, and the signed one that comes back as a scan or a photo."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from certification.access import led_session, led_slot
from certification.documents.sheet import sheet as draw_sheet
from certification.forms import PaperForm
from certification.pages import events_of
from certification.sheets import sheet_text
from home.uploads import EXTENSIONS
from people import limits
from people.downloads import private_file

UPLOADS = {"limit": 60, "seconds": 3600}


@login_required
@require_http_methods(["GET", "POST"])
def paper(request, code):
    """The signed sheets of a half-day, and one more. What was added stays."""
    slot = led_slot(request.user, code)
    if request.method == "GET":
        return paper_screen(request, slot, PaperForm())
    if not limits.allow("paper", request.user.pk, **UPLOADS):
        return limits.too_many(request)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return paper_screen(request, slot, form)
    form.save(slot, request.user, timezone.now())
    messages.success(request, _("The signed sheet is kept. You can now copy the marks from it."))
    return redirect("certification:paper", slot.code)


def paper_screen(request, slot, form):
    event = events_of([slot.session], get_language()).get(slot.session.key)
    context = {"slot": slot, "event": event, "form": form, "papers": slot.papers.select_related("author")}
    return render(request, "certification/paper.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def paper_file(request, code, paper):
    slot = led_slot(request.user, code)
    found = get_object_or_404(slot.papers, code=paper)
    name = f"{slot}.{EXTENSIONS[found.content_type]}".replace(":", "h")
    return private_file(found.content(), name, found.content_type)


@login_required
@require_safe
def paper_sheet(request, code):
    """The sheet of a session with room to sign, and a code beside each name."""
    session = led_session(request.user, code)
    text = sheet_text(session, get_language(), timezone.now(), by_hand=True)
    return private_file(draw_sheet(text), f"{text.labels['sheet']} {text.date}.pdf")
