"""The civil status for the State's register: a coordinator's page, and the person's own."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from certification import depositing, sentences
from certification.access import coordinated_passage
from certification.deadlines import delay
from certification.forms import CivilStatusForm
from certification.models import CivilStatus, Passage
from certification.refusals import Refused


@login_required
@require_safe
def passage(request, code):
    """One declaration: where it is, why it was refused, whether the civil status is there. Nothing of it is shown."""
    found = coordinated_passage(request.user, code)
    return render(request, "certification/passage.html", context_of(found))


def context_of(found):
    return {
        "passage": found,
        "person": found.certificate.learner,
        "delay": delay(found.issued_at, timezone.localdate()),
        "advice": sentences.advice(found.reason),
        "held": CivilStatus.objects.filter(person=found.certificate.learner).first(),
        "locked": Passage.objects.of(found.certificate.learner).in_flight().exists(),
    }


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def civil_status(request, code):
    """Opens the form on what is written, which is noted: a POST. Then writes it. The form exists while it is needed."""
    found = coordinated_passage(request.user, code)
    if request.method == "GET":
        return redirect("certification:passage", found.code)
    person = found.certificate.learner
    if not Passage.objects.of(person).open().exists():
        raise Http404
    if "open" in request.POST:
        values = depositing.read_civil_status(person, request.user, timezone.now())
        return form_screen(request, found, CivilStatusForm(initial=initial(values)))
    form = CivilStatusForm(request.POST)
    if not form.is_valid() or not write(request, person, form):
        return form_screen(request, found, form)
    messages.success(request, _("The civil status is saved."))
    return redirect("certification:passage", found.code)


def form_screen(request, found, form):
    context = {**context_of(found), "form": form}
    shown(form, context["locked"])
    return render(request, "certification/civil_status.html", context, status=422 if form.is_bound else 200)


def write(request, person, form):
    """Whether it was written; a refusal is said on the form, and what was typed stays."""
    try:
        depositing.write_civil_status(person, form.values, request.user, timezone.now())
    except Refused as refused:
        form.add_error(None, sentences.refusal(refused))
    return not form.errors


def shown(form, locked):
    """What is on its way is shown, not changed."""
    for field in form.fields.values():
        field.disabled = locked and not form.is_bound


def initial(values):
    if not values:
        return {}
    return {**values, "born": "abroad" if values.get("country") else "france"}


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "POST"])
def my_civil_status(request):
    """The person's own page: there only while a certificate of theirs must be declared."""
    waiting = Passage.objects.of(request.user).open().with_state().order_by("certificate__issued_at").first()
    if waiting is None:
        raise Http404
    held = CivilStatus.objects.filter(person=request.user).select_related("person").first()
    form = CivilStatusForm(request.POST if request.method == "POST" else None, initial=initial(held and held.values))
    if form.is_bound and form.is_valid() and write(request, request.user, form):
        messages.success(request, _("Thank you. Your civil status is saved."))
        return redirect("certification:my_civil_status")
    locked = Passage.objects.of(request.user).in_flight().exists()
    shown(form, locked)
    context = {
        "form": form,
        "passage": waiting,
        "locked": locked,
        "advice": sentences.advice(waiting.reason),
        "kept_days": settings.RETENTION_DAYS["civil_status"],
    }
    return render(request, "certification/my_civil_status.html", context, status=422 if form.is_bound else 200)
