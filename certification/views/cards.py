from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from certification.cards import cards_text
from certification.documents.cards import cards as draw_cards
from people import limits
from people.access import managed_members, seen_cohort
from people.downloads import private_file
from people.inviting import may_invite
from people.staff_forms import ChooseForm


@login_required
@require_http_methods(["GET", "POST"])
def cards(request, code):
    """Shows whose cards are printed, then makes them: those who never came in enter with theirs."""
    cohort = seen_cohort(request.user, code)
    members = managed_members(request.user, cohort).select_related("organisation")
    form = ChooseForm(members, request.POST if request.method == "POST" else None, initial=members)
    if not form.is_bound or not form.is_valid():
        context = {"cohort": cohort, "form": form, "members": bool(members)}
        return render(request, "certification/cards.html", context, status=422 if form.is_bound else 200)
    people = list(form.cleaned_data["people"])
    if not may_invite(request.user, len(people)):
        return limits.too_many(request)
    content = draw_cards(cards_text(people, request.user, timezone.now()))
    return private_file(content, f"{_('Cards')} {cohort}.pdf")
