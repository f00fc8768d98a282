from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from events.access import led_session
from events.announcements import pages_of
from events.forms import StatusForm
from events.tasks import send_waiting


@login_required
@require_http_methods(["GET", "POST"])
def status(request, code):
    """The life of an event, from draft to replay, without its editor."""
    session = led_session(request.user, code)
    event = pages_of([session], get_language()).get(session.key)
    form = StatusForm(session, event, request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "event": event}
        return render(request, "events/status.html", context, status=422 if form.is_bound else 200)
    form.save(timezone.now())
    send_waiting.enqueue()
    messages.success(request, _("It is noted. The page of the event shows it."))
    return redirect(event.get_url(request) if event else "certification:sessions")
