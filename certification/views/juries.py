"""Juries for the coordination: when they meet, who sits, who is asked to come, and what is still wrong."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import storages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import deliberating, jury_words, sentences, verdicts
from certification.access import coordinated_jury, led_edition, seen_convocation, seen_minutes
from certification.convoking import convocation_text, convoke, tell_again
from certification.documents.convocation import convocation as draw_convocation
from certification.forms import CancelJuryForm, JuryForm, MemberForm
from certification.jury import faults
from certification.models import Jury, JuryConvocation, JuryMember
from certification.refusals import Refused
from certification.rules import Code, Verdict
from certification.tasks import make_minutes
from people.access import require_coordinator
from people.downloads import private_file


def lacking(edition):
    """{pk of a learner: what is missing besides the jury, in short sentences}."""
    learners = [one.learner for one in edition.enrolments.select_related("learner")]
    found = {pk: judged.verdict for pk, judged in verdicts.judged(learners, edition).items()}
    return {pk: sentences.to_staff(besides(verdict)) if verdict else [] for pk, verdict in found.items()}


def besides(verdict):
    return Verdict(tuple(finding for finding in verdict.missing if finding.code != Code.JURY), ())


@login_required
@require_http_methods(["GET", "POST"])
def juries(request, code):
    """Those of an edition, and the form of another."""
    edition = led_edition(request.user, code)
    require_coordinator(request.user)
    form = JuryForm(edition, lacking(edition), request.POST or None)
    if form.is_bound and form.is_valid():
        jury = form.save(request.user, timezone.now())
        messages.success(request, _("The jury is there. Now say who sits in it."))
        return redirect("certification:jury", jury.code)
    context = {"edition": edition, "juries": Jury.objects.with_state().filter(edition=edition), "form": form}
    return render(request, "certification/juries.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def jury(request, code):
    return jury_screen(request, coordinated_jury(request.user, code))


def jury_screen(request, found, form=None, status=200):
    sitting, learners, standing = found.sitting, found.learners, found.standing()
    names = {str(member.person.code): str(member.person) for member in sitting}
    context = {
        "jury": found,
        "sitting": sitting,
        "faults": [jury_words.fault(fault, names) for fault in faults(found.values(sitting))],
        "candidates": [(learner, standing.get(learner.pk)) for learner in learners],
        "decided": sum(learner.pk in standing for learner in learners),
        "convocations": list(JuryConvocation.objects.filter(jury=found).select_related("person")),
        "minutes": found.last_minutes,
        "form": form or (None if found.is_closed else MemberForm(found)),
    }
    return render(request, "certification/jury.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def edit_jury(request, code):
    found = coordinated_jury(request.user, code)
    form = JuryForm(found.edition, lacking(found.edition), request.POST or None, found)
    status = 200
    if form.is_bound and form.is_valid():
        try:
            form.save(request.user, timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("The jury is changed. Ask everybody to come again."))
            return redirect("certification:jury", found.code)
    if form.is_bound:
        status = 422
    return render(request, "certification/edit_jury.html", {"jury": found, "form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def cancel_jury(request, code):
    found = coordinated_jury(request.user, code)
    form = CancelJuryForm(found, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            form.save(request.user, timezone.now())
        except Refused as refused:
            form.refuse(refused)
        else:
            messages.success(
                request, _("The jury is cancelled. Whoever has an e-mail address is told: tell the others yourself.")
            )
            return redirect("certification:jury", found.code)
    status = 422 if form.is_bound else 200
    return render(request, "certification/cancel_jury.html", {"jury": found, "form": form}, status=status)


@login_required
@require_POST
def name_member(request, code):
    found = coordinated_jury(request.user, code)
    form = MemberForm(found, request.POST)
    if not form.is_valid():
        return jury_screen(request, found, form, 422)
    try:
        member = form.save(request.user, timezone.now())
    except Refused as refused:
        form.refuse(refused)
        return jury_screen(request, found, form, 422)
    messages.success(request, _("%(name)s sits in the jury.") % {"name": member.person})
    return redirect("certification:jury", found.code)


@login_required
@require_POST
def end_member(request, code):
    member = get_object_or_404(JuryMember.objects.select_related("jury", "person"), code=code)
    found = coordinated_jury(request.user, member.jury.code)
    try:
        deliberating.end_member(member, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    else:
        messages.success(request, _("%(name)s does not sit any more.") % {"name": member.person})
    return redirect("certification:jury", found.code)


@login_required
@require_POST
def call_jury(request, code):
    """Asks the members and the candidates to come or, once it is cancelled, tells those who may not know."""
    found, now = coordinated_jury(request.user, code), timezone.now()
    try:
        count = tell_again(found, now) if found.is_cancelled else convoke(found, get_language(), now)
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    else:
        sentence = ngettext("%(count)d message leaves.", "%(count)d messages leave.", count) % {"count": count}
        messages.success(request, sentence if count else _("No message leaves: tell them by hand."))
    return redirect("certification:jury", found.code)


@login_required
@require_safe
def jury_convocation(request, code):
    convocation = seen_convocation(request.user, code)
    if not convocation.is_expected:
        raise Http404
    text = convocation_text(convocation, get_language(), timezone.now())
    return private_file(draw_convocation(text), f"{text.labels['convocation']} {text.number}.pdf")


@login_required
@require_safe
def minutes_pdf(request, code):
    """The file as it was made."""
    found = seen_minutes(request.user, code)
    with storages["private"].open(found.closing.file.name) as content:
        return private_file(content.read(), f"{_('Minutes of the jury')} {found.at:%Y-%m-%d}.pdf")


@login_required
@require_POST
def prepare_minutes(request, code):
    """Asks again for the file of a jury that all have signed."""
    found = coordinated_jury(request.user, code)
    if not found.is_closed or found.is_cancelled:
        raise Http404
    make_minutes.enqueue(found.closing.pk)
    messages.success(request, _("The document is being prepared."))
    return redirect("certification:jury", found.code)
