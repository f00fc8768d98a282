"""A jury for those who sit in it: they declare their conflicts, read the files, decide, and sign the minutes."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from certification import deliberating, dossier, jury_words, practice, sentences
from certification.access import own_seat
from certification.forms import ConflictForm, DecisionForm, MinutesForm
from certification.jury import Seat, faults, speakers
from certification.minutes import text_of
from certification.models import Jury
from certification.refusals import Conflict, Refused
from home.documents.fonts import MissingGlyph
from people.roles import Role


@login_required
@require_safe
def my_juries(request):
    found = list(Jury.objects.sat_in_by(request.user).with_state().order_by("-at"))
    if not found and not request.user.has_role(Role.JURY):
        raise PermissionDenied
    return render(request, "certification/my_juries.html", {"juries": found})


def names_of(sitting, learners):
    return {str(person.code): str(person) for person in [*(member.person for member in sitting), *learners]}


def declared(view):
    """Gives the seat of this person to the view. Before they declare their conflicts they read nothing."""

    @wraps(view)
    def seated(request, code):
        member = own_seat(request.user, code)
        if member.conflicts is None and not member.jury.is_closed:
            return redirect("certification:declare_conflicts", code)
        return view(request, member)

    return seated


@login_required
@require_safe
@declared
def sitting(request, member):
    """Whom the jury hears, what it decided of each, and what is still wrong."""
    members, standing, _facts = deliberating.state_of(member.jury)
    learners, wrong = member.jury.learners, list(faults(member.jury.values(members)))
    doubts = [one for one in deliberating.doubts_of(member.jury, members, standing) if one not in wrong]
    names = names_of(members, learners)
    context = {
        "jury": member.jury,
        "member": member,
        "members": members,
        "faults": [jury_words.fault(fault, names) for fault in wrong],
        "doubts": [jury_words.fault(fault, names) for fault in doubts],
        "rows": [(learner, standing.get(learner.pk), member.judges(learner)) for learner in learners],
        "left": sum(learner.pk not in standing for learner in learners),
        "minutes": member.jury.last_minutes,
    }
    return render(request, "certification/sitting.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def declare_conflicts(request, code):
    """Before they read anything. A tie that shows later is added; one that was declared stays."""
    member = own_seat(request.user, code)
    learners = member.jury.learners
    form = ConflictForm(member, learners, request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            form.save(timezone.now())
        except Refused as refused:
            messages.error(request, sentences.refusal(refused))
        else:
            messages.success(request, _("Your declaration is kept."))
        return redirect("certification:sitting", code)
    context = {
        "jury": member.jury,
        "form": form,
        "declared": [learner for learner in learners if str(learner.code) in (member.conflicts or ())],
    }
    return render(request, "certification/declare_conflicts.html", context, status=422 if form.is_bound else 200)


def heard_candidate(request, code, learner):
    """(member, candidate) for whoever may judge them, while the jury is open."""
    member = own_seat(request.user, code)
    person = get_object_or_404(member.jury.candidates.select_related("learner"), learner__code=learner).learner
    if not member.judges(person) or member.jury.is_closed:
        raise PermissionDenied
    return member, person


@login_required
@require_safe
def candidate(request, code, learner):
    return candidate_screen(request, *heard_candidate(request, code, learner))


def candidate_screen(request, member, person, form=None, status=200):
    jury, language = member.jury, get_language()
    members = jury.values(jury.sitting)
    speaks = str(member.person.code) in speakers(members, str(person.code))
    last = jury.standing().get(person.pk)
    if speaks and form is None:
        form = DecisionForm(jury, person, practice.framework_of(jury.edition), language, last=last)
    context = {
        "jury": jury,
        "person": person,
        "last": last,
        "form": form if speaks else None,
        "early": timezone.localdate() < timezone.localdate(jury.at),
        **dossier.of(person, jury.edition, language),
    }
    return render(request, "certification/candidate.html", context, status=status)


@login_required
@require_POST
def decide_candidate(request, code, learner):
    member, person = heard_candidate(request, code, learner)
    jury, now = member.jury, timezone.now()
    members = jury.sitting
    if str(member.person.code) not in speakers(jury.values(members), str(person.code)):
        raise PermissionDenied
    form = DecisionForm(jury, person, practice.framework_of(jury.edition), get_language(), request.POST)
    if form.is_valid():
        try:
            form.save(member, now)
        except deliberating.Objected as objected:
            form.object(objected.faults, names_of(members, jury.learners))
        except Refused as refused:
            form.add_error(None, sentences.refusal(refused))
        else:
            messages.success(request, _("The decision on %(name)s is written.") % {"name": person})
            return redirect("certification:sitting", jury.code)
    return candidate_screen(request, member, person, form, 422)


@login_required
@require_safe
@declared
def minutes(request, member):
    if member.jury.is_cancelled:
        return redirect("certification:sitting", member.jury.code)
    return minutes_screen(request, member)


def minutes_screen(request, member, form=None, status=200):
    """The minutes that stand, to be signed, or how they would be."""
    jury, language = member.jury, get_language()
    members, _standing, facts = deliberating.state_of(jury)
    last = jury.last_minutes
    current = last if last and (jury.is_closed or last.content["facts"] == facts) else None
    signatures = {one.member_id: one for one in current.signatures.all()} if current else {}
    signed = member.pk in signatures
    context = {
        "jury": jury,
        "member": member,
        "said": current.content[language] if current else text_of(jury, facts, language, timezone.now()),
        "minutes": current,
        "outdated": bool(last) and current is None,
        "signers": [(one, signatures.get(one.pk)) for one in members],
        "chairs": member.seat == Seat.CHAIR,
        "form": (form or MinutesForm(current)) if current and not signed and not jury.is_closed else None,
    }
    return render(request, "certification/minutes.html", context, status=status)


def say(request, objected, jury):
    names = names_of(jury.sitting, jury.learners)
    for fault in objected.faults:
        messages.error(request, jury_words.fault(fault, names))


@login_required
@require_POST
@declared
def draw_minutes(request, member):
    if member.seat != Seat.CHAIR:
        raise PermissionDenied
    try:
        deliberating.draw_up(member.jury, timezone.now())
    except deliberating.Objected as objected:
        say(request, objected, member.jury)
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
    except MissingGlyph as error:
        messages.error(request, sentences.unprintable(error))
    else:
        messages.success(request, _("The minutes are drawn up. Now each member signs them."))
    return redirect("certification:minutes", member.jury.code)


@login_required
@require_POST
@declared
def sign_minutes(request, member):
    last = member.jury.last_minutes
    if last is None:
        raise PermissionDenied
    form = MinutesForm(last, request.POST)
    if not form.is_valid():
        return minutes_screen(request, member, form, 422)
    try:
        form.save(member, timezone.now())
    except deliberating.Objected as objected:
        say(request, objected, member.jury)
        return minutes_screen(request, member, form, 422)
    except Refused as refused:
        messages.error(request, sentences.refusal(refused))
        fresh = own_seat(request.user, member.jury.code)
        return minutes_screen(request, fresh, status=409 if isinstance(refused, Conflict) else 422)
    messages.success(request, _("Your signature is under the minutes."))
    return redirect("certification:minutes", member.jury.code)
