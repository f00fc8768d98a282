"""What each scheme asks for: read in both languages; tried on those in training and published by a lead partner."""

from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from certification import rule_words, sentences, trial
from certification.forms import PublishForm, RuleForm
from certification.models import RuleVersion, Scheme
from certification.refusals import Conflict
from certification.rules import DEFAULT
from home.interface import spoken_in
from people.access import require_coordinator, require_lead


def scheme_or_404(user, key):
    require_coordinator(user)
    return get_object_or_404(Scheme, key=key)


def set_in(rule_set):
    """What a rule asks for, as the form writes it: the rest is empty."""
    return {name: value for name, value in rule_set.to_json().items() if value}


def in_both(rule_set):
    """(language, sentences) in each language of the site."""
    for language, _name in settings.LANGUAGES:
        with spoken_in(language):
            said = rule_words.asked(rule_set)
        yield language, said


@login_required
@require_safe
def rules(request):
    require_coordinator(request.user)
    schemes = [(scheme, RuleVersion.objects.latest_of(scheme)) for scheme in Scheme.objects.all()]
    return render(request, "certification/rules.html", {"schemes": schemes})


@login_required
@require_safe
def rule(request, key):
    """What stands, what stood before, and the form of the next version, as it was tried when one comes back to it."""
    scheme = scheme_or_404(request.user, key)
    last = RuleVersion.objects.latest_of(scheme)
    form = RuleForm(request.GET or None, initial=set_in(last.rule_set if last else DEFAULT))
    return rule_screen(request, scheme, form, 422 if form.errors else 200)


def rule_screen(request, scheme, form, status=200):
    versions = list(RuleVersion.objects.filter(scheme=scheme))
    context = {
        "scheme": scheme,
        "last": versions[0] if versions else None,
        "said": list(in_both(versions[0].rule_set if versions else DEFAULT)),
        "versions": [(version, rule_words.asked(version.rule_set)) for version in versions],
        "form": form,
    }
    return render(request, "certification/rule.html", context, status=status)


@login_required
@require_safe
def try_rule(request, key):
    """Who would gain and who would lose. Nothing is written."""
    require_lead(request.user)
    scheme = scheme_or_404(request.user, key)
    form = RuleForm(request.GET)
    if not form.is_valid():
        return rule_screen(request, scheme, form, 422)
    return trial_screen(request, scheme, form.rule_set)


def trial_screen(request, scheme, rule_set, status=200):
    last = RuleVersion.objects.latest_of(scheme)
    editions = list(trial.running(scheme, request.user, timezone.localdate()))
    rows = trial.tried(rule_set, editions)
    values = set_in(rule_set)
    context = {
        "scheme": scheme,
        "said": list(in_both(rule_set)),
        "editions": editions,
        "rows": [row for row in rows if row.more or row.less],
        "same": sum(not (row.more or row.less) for row in rows),
        "gaining": sum(row.gains for row in rows),
        "losing": sum(row.loses for row in rows),
        "changed": rule_set != (last.rule_set if last else DEFAULT),
        "number": last.number + 1 if last else 1,
        "values": values,
        "query": urlencode(values),
        "after": last.number if last else 0,
    }
    return render(request, "certification/rule_trial.html", context, status=status)


@login_required
@require_POST
def publish_rule(request, key):
    require_lead(request.user)
    scheme = scheme_or_404(request.user, key)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return rule_screen(request, scheme, form, 422)
    try:
        version, new = RuleVersion.objects.publish(
            scheme, form.rule_set, form.cleaned_data["after"], request.user, timezone.now()
        )
    except Conflict as conflict:
        messages.error(request, sentences.refusal(conflict))
        return trial_screen(request, scheme, form.rule_set, 409)
    if new:
        sentence = _("Version %(number)d is published. Trainings that have started keep theirs.")
        messages.success(request, sentence % {"number": version.number})
    else:
        messages.info(request, _("It already stands: nothing changed."))
    return redirect("certification:rule", scheme.key)
