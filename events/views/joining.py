from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from events.access import session_and_event
from events.announcements import pages_of
from events.forms import GuestForm, PrepareForm
from events.meetings import Meeting, meeting_of
from events.models import Registration, RegistrationDetail
from events.tasks import send_waiting
from people import limits


@require_POST
def register(request, code):
    verb = partial(Registration.objects.register, language=get_language())
    return write(request, code, verb, _("You are registered."))


@require_POST
def cancel(request, code):
    return write(request, code, Registration.objects.cancel, _("You are no longer registered."))


def write(request, code, verb, done):
    """Does it for a signed-in person, then leads back to the page of the event, which a visitor signs in to reach."""
    session, event = session_and_event(code)
    back = event.get_url(request)
    if not request.user.is_authenticated:
        return redirect_to_login(back)
    if not limits.allow("registration", request.user.pk, 30, 600):
        return limits.too_many(request)
    now = timezone.now()
    if refusal := verb(session, request.user, now):
        messages.warning(request, refusal.label)
        return redirect(back)
    waits = meeting_of(session, request.user, now).waiting
    messages.success(request, _("You are on the waiting list.") if waits else done)
    send_waiting.enqueue()
    return redirect(back)


@login_required
@require_http_methods(["GET", "POST"])
def prepare(request, code):
    """What somebody who is registered tells the trainers beforehand."""
    session, event = session_and_event(code)
    registration = get_object_or_404(Registration.objects.kept(), session=session, learner=request.user)
    if session.has_ended(timezone.now()):
        raise Http404
    detail = registration.said or RegistrationDetail(registration=registration)
    form = PrepareForm(request.POST if request.method == "POST" else None, instance=detail)
    if form.is_bound and form.is_valid():
        RegistrationDetail.objects.update_or_create(registration=registration, defaults=form.cleaned_data)
        messages.success(request, _("It is saved. Only the trainers of this session read it."))
        return redirect(event.get_url(request))
    context = {"form": form, "event": event}
    return render(request, "events/prepare.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def guest(request, code):
    """Somebody without an account registers. The answer never says who was registered before."""
    session, event = session_and_event(code)
    if not session.open_to_public:
        raise Http404
    now = timezone.now()
    form = GuestForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if not limits.allow("guest", limits.reader_of(request), 60, 600):
            return limits.too_many(request)
        if form.is_valid() and not session.refusal(now):
            return admitted(request, session, form.cleaned_data, now)
    context = {"form": form, "event": event, "meeting": Meeting(session, now)}
    return render(request, "events/guest.html", context, status=422 if form.is_bound else 200)


def admitted(request, session, detail, now):
    if not limits.allow("guest_contact", detail["email"].lower() or detail["phone"], 5, 3600):
        return limits.too_many(request)
    Registration.objects.register_guest(session, detail, now, get_language())
    send_waiting.enqueue()
    return redirect("events:noted", session.code)


@require_safe
def noted(request, code):
    _session, event = session_and_event(code)
    return render(request, "events/noted.html", {"event": event})


@never_cache
@require_safe
def seat(request, code):
    """The registration of somebody without an account: whoever holds its address reads it."""
    registration = guest_registration(code)
    has_place = not (registration.cancelled_at or registration.waiting)
    context = {
        "registration": registration,
        "event": event_of(registration),
        "meeting": Meeting(
            registration.session,
            timezone.now(),
            registered=has_place,
            code=registration.code,
            read_at=registration.read_at,
            guest=True,
        ),
    }
    return render(request, "events/seat.html", context)


@require_POST
def leave(request, code):
    registration = guest_registration(code)
    if not limits.allow("guest", limits.reader_of(request), 60, 600):
        return limits.too_many(request)
    registration.cancel(timezone.now())
    send_waiting.enqueue()
    return redirect("events:seat", registration.code)


@require_POST
def acknowledge(request, code):
    """Somebody read their convocation: its holder or, without an account, whoever has the address."""
    kept = Registration.objects.standing().select_related("session", "detail")
    registration = get_object_or_404(kept, code=code)
    if registration.learner_id not in (None, request.user.pk):
        raise Http404
    if not limits.allow("guest", limits.reader_of(request), 60, 600):
        return limits.too_many(request)
    registration.acknowledge(timezone.now())
    if registration.learner_id:
        return redirect(event_of(registration).get_url(request))
    return redirect("events:seat", registration.code)


def guest_registration(code):
    return get_object_or_404(Registration.objects.select_related("session", "detail"), code=code, learner=None)


def event_of(registration):
    session = registration.session
    event = pages_of([session], get_language()).get(session.key)
    if event is None:
        raise Http404
    return event
