"""The competence framework: its versions, the draft of the next one, and what the course covers of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import competence, practice_words, sentences
from certification.forms import BlockForm
from certification.forms.framework import NEW
from certification.models import FrameworkDraft, FrameworkVersion
from certification.models.framework import AMBASSADOR
from certification.refusals import Conflict, Refused
from courses.models import Edition
from people.access import require_lead, require_staff


def draft_or_404(user):
    require_lead(user)
    return get_object_or_404(FrameworkDraft, scheme=AMBASSADOR)


@login_required
@require_safe
def framework(request):
    """The versions, which of them each training follows, and the draft."""
    require_staff(request.user)
    versions = list(FrameworkVersion.objects.filter(scheme=AMBASSADOR).select_related("author"))
    editions = Edition.objects.seen_by(request.user).filter(started_at__isnull=False).select_related("cohort")
    context = {
        "versions": [
            (version, [one for one in editions if judged_by(one, versions) == version]) for version in versions
        ],
        "draft": FrameworkDraft.objects.filter(scheme=AMBASSADOR).first(),
    }
    return render(request, "certification/framework.html", context)


def judged_by(edition, versions):
    """As `FrameworkVersion.objects.of` says it, of versions that are there already, newest first."""
    before = [version for version in versions if version.published_at <= edition.started_at]
    return before[0] if before else versions[-1]


@login_required
@require_safe
def framework_version(request, number):
    require_staff(request.user)
    version = get_object_or_404(FrameworkVersion, scheme=AMBASSADOR, number=number)
    return render(request, "certification/framework_version.html", {"version": version})


@require_safe
def public_framework(request, scheme, number):
    """What credentials point to: a version as it is for good, for anybody, without who wrote it."""
    version = get_object_or_404(FrameworkVersion, scheme=scheme, number=number)
    response = render(request, "certification/public_framework.html", {"version": version})
    patch_vary_headers(response, ["Cookie"])
    if request.user.is_authenticated:
        patch_cache_control(response, private=True)
    else:
        patch_cache_control(response, public=True, max_age=3600)
    return response


@login_required
@require_POST
def begin_draft(request):
    require_lead(request.user)
    FrameworkDraft.objects.begin(request.user, timezone.now())
    return redirect("certification:framework_draft")


@login_required
@require_safe
def framework_draft(request):
    draft = draft_or_404(request.user)
    return draft_screen(request, draft)


def draft_screen(request, draft, status=200):
    last = FrameworkVersion.objects.latest_of()
    context = {
        "draft": draft,
        "last": last,
        "changes": competence.changes(last.framework if last else competence.Framework(), draft.framework),
        "faults": [practice_words.fault(found) for found in competence.faults(draft.framework)],
        "number": last.number + 1 if last else 1,
    }
    return render(request, "certification/framework_draft.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def framework_block(request, code):
    """Writes one block of the draft; what is written stays open, so that there is always a row more."""
    draft = draft_to_write(request)
    block = draft.framework.block(code)
    if block is None and code != NEW:
        raise Http404
    form = BlockForm(block, request.POST or None)
    if form.is_bound and form.is_valid():
        return save_block(request, draft, form)
    return block_screen(request, draft, form, 422 if form.is_bound else 200)


def draft_to_write(request):
    """What was typed in a draft that is gone is shown again, over the last version."""
    if request.method != "POST" or FrameworkDraft.objects.filter(scheme=AMBASSADOR).exists():
        return draft_or_404(request.user)
    require_lead(request.user)
    last = FrameworkVersion.objects.latest_of()
    return FrameworkDraft(content=(last.framework if last else competence.Framework()).to_json())


def block_screen(request, draft, form, status):
    context = {"draft": draft, "written": draft.framework.block(form.block.code), "form": form}
    return render(request, "certification/framework_block.html", context, status=status)


def save_block(request, draft, form):
    known = draft.framework.codes
    try:
        draft = FrameworkDraft.objects.change(draft, form.written, request.user, timezone.now())
    except Conflict as conflict:
        messages.error(request, sentences.refusal(conflict))
        return block_screen(request, draft, form.again(), 409)
    messages.success(request, _("The draft is saved."))
    if "done" in request.POST:
        return redirect("certification:framework_draft")
    new = [block.code for block in draft.framework.blocks if block.code not in known]
    return redirect("certification:framework_block", form.block.code or new[0])


@login_required
@require_POST
def remove_block(request, code):
    draft = draft_or_404(request.user)
    if draft.framework.block(code) is None:
        return redirect("certification:framework_draft")
    try:
        FrameworkDraft.objects.change(draft, lambda found, _used: found.without(code), request.user, timezone.now())
    except Conflict as conflict:
        messages.error(request, sentences.refusal(conflict))
        return redirect("certification:framework")
    messages.success(request, _("The block is taken out of the draft."))
    return redirect("certification:framework_draft")


@login_required
@require_POST
def drop_draft(request):
    require_lead(request.user)
    FrameworkDraft.objects.filter(scheme=AMBASSADOR).delete()
    messages.success(request, _("The draft is thrown away. The published version stays."))
    return redirect("certification:framework")


@login_required
@require_POST
def publish_framework(request):
    require_lead(request.user)
    draft = FrameworkDraft.objects.filter(scheme=AMBASSADOR).first()
    if draft is None:
        return redirect("certification:framework")
    try:
        version = FrameworkVersion.objects.publish(draft, request.user, timezone.now())
    except Conflict:
        return redirect("certification:framework")
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
        return draft_screen(request, draft, 422)
    sentence = _("Version %(number)d is published. Trainings that have started keep theirs.")
    messages.success(request, sentence % {"number": version.number})
    return redirect("certification:framework")
