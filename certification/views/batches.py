"""The certificates of a whole group: asked for, then watched."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certification import batching, sentences
from certification.access import led_batch, led_edition
from certification.models import Certificate
from certification.refusals import Refused, given_back
from people import limits


@login_required
@require_POST
def issue_ready(request, code):
    """Begins to issue to everyone who has no certificate yet, or leads to the batch that already runs."""
    edition = led_edition(request.user, code)
    try:
        batch = batching.begin(edition, request.user, timezone.now())
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
        return redirect("certification:cohort", edition.code)
    return redirect("certification:batch", batch.code)


@login_required
@require_safe
def batch(request, code):
    """How far it is, and why who was refused was."""
    found = led_batch(request.user, code)
    refused = found.items.refused().select_related("learner")
    context = {
        "batch": found,
        "lost": found.is_lost(timezone.now()),
        "refused": [(item.learner, sentences.why_not(given_back(item.refusal))) for item in refused],
        "in_preparation": Certificate.objects.filter(edition=found.edition, file=None).count(),
    }
    return render(request, "certification/batch.html", context)


@login_required
@require_POST
def resume_batch(request, code):
    """Asks again for a worker, for the case where the one before was stopped."""
    found = led_batch(request.user, code)
    if not limits.allow("resume_batch", f"{request.user.pk} {found.code}", 5, 600):
        return limits.too_many(request)
    if found.finished_at is None:
        batching.carry_on.enqueue(found.pk)
        messages.info(request, _("It goes on. Look again in a minute."))
    return redirect("certification:batch", found.code)
