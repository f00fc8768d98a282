from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from events.access import led_session
from events.announcements import pages_of
from events.lists import People, line_to_share
from events.models import Message, Registration
from events.tasks import send_waiting


@login_required
@require_safe
def people(request, code):
    """Who comes, who waits, what they need, and what was sent to them: for the trainers of the session."""
    session = led_session(request.user, code)
    event = pages_of([session], get_language()).get(session.key)
    messages_sent = Message.objects.with_letters()
    registrations = session.registrations.select_related("learner", "detail")
    registrations = registrations.prefetch_related(Prefetch("messages", messages_sent)).order_by("at", "pk")
    context = {"session": session, "event": event, "people": People(session, registrations, timezone.now())}
    return render(request, "events/people.html", context)


@login_required
@require_POST
def remove(request, code):
    """Cancels the registration of somebody who called."""
    registration = get_object_or_404(Registration.objects.select_related("session"), code=code)
    session = led_session(request.user, registration.session.code)
    registration.cancel(timezone.now(), by_staff=True)
    send_waiting.enqueue()
    messages.success(request, _("The registration is cancelled."))
    return redirect("events:people", session.code)


@login_required
@require_POST
def send_again(request, code):
    message, session = led_message(request.user, code)
    if message.send_again(timezone.now()):
        send_waiting.enqueue()
    messages.success(request, _("It is sent again."))
    return redirect("events:people", session.code)


@login_required
@require_safe
def text(request, code):
    """What a message says, to send it by hand too."""
    message, session = led_message(request.user, code)
    event = pages_of([session], message.language).get(session.key)
    if event is None:
        raise Http404
    line = line_to_share(message, event, timezone.now())
    return render(request, "events/text.html", {"line": line, "session": session})


@login_required
@require_POST
def shared(request, code):
    """A text that was sent by hand."""
    message, session = led_message(request.user, code)
    message.shared(timezone.now())
    messages.success(request, _("It is noted as sent."))
    return redirect("events:people", session.code)


def led_message(user, code):
    message = get_object_or_404(Message.objects.with_letters(), code=code)
    return message, led_session(user, message.registration.session.code)
