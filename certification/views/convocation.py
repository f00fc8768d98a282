from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from certification.convocations import convocation_text
from certification.documents.convocation import convocation as draw_convocation
from events.models import Registration, Session
from people.downloads import private_file


@require_safe
def convocation(request, code):
    """For who has the place, and for the trainers of the session. Without an account, the code alone opens it."""
    kept = Registration.objects.standing().select_related("session__edition", "learner", "detail")
    registration = get_object_or_404(kept, code=code)
    return (letter if registration.learner_id is None else own_letter)(request, registration)


@login_required
def own_letter(request, registration):
    led = Session.objects.led_by(request.user).filter(pk=registration.session_id)
    if registration.learner_id != request.user.pk and not led.exists():
        raise Http404
    return letter(request, registration)


def letter(request, registration):
    text = convocation_text(registration, get_language(), timezone.now())
    if text is None:
        raise Http404
    return private_file(draw_convocation(text), f"{text.labels['convocation']} {text.number}.pdf")
