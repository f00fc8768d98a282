from django import template
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from certification import drawing, presence, sentences, verdicts
from certification.deadlines import alert
from certification.models import AttendanceMark, Certificate, Credential, Passage, State
from certification.pages import module_titles
from certification.practice import framework_of
from courses.models import Enrolment
from events import moments
from home.typography import NO_BREAK, duration

register = template.Library()
# A declaration that waits for the civil status, or for its correction.
ASKS = Q(answer=Passage.Answer.KO) | Q(file=None, certificate__learner__civil_status=None)


@register.inclusion_tag("certification/progress.html", takes_context=True)
def certificate_progress(context, user, language):
    """What the learner has, and lacks, for the certificate of the last edition: always the same number of queries."""
    if "enrolment" in context:
        enrolment = context["enrolment"]
    else:
        enrolment = Enrolment.objects.latest_of(user) if user.is_authenticated else None
    if enrolment is None or enrolment.edition.asked is None:
        return {"enrolment": enrolment}
    edition, asked = enrolment.edition, enrolment.edition.asked
    judged, titles = verdicts.of(user, edition), module_titles(asked, language)
    facts, verdict = judged.record, judged.verdict
    if facts.blocks:
        titles |= {block.code: block.title[language] for block in framework_of(edition).blocks}
    modules = [(module.number, titles[module.key], module.key in facts.modules) for module in asked.modules]
    return {
        "enrolment": enrolment,
        "edition": edition,
        "modules": modules,
        "done": len(facts.modules),
        "facts": facts,
        "sentences": sentences.to_learner(verdict, titles),
        "ready": verdict.ready and not Certificate.objects.filter(learner=user, edition=edition).exists(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("certification/passages_alert.html")
def passages_alert(user):
    """What a coordinator may not forget: one query, none for others."""
    return {"alert": alert(user, timezone.localdate()) if user.is_coordinator else None}


@register.filter
def passage_state(state):
    return capfirst(State(state).label)


@register.inclusion_tag("certification/mine.html", takes_context=True)
def my_certificates(context, user, language):
    """Two queries."""
    made = Exists(Credential.objects.filter(certificate=OuterRef("pk")))
    mine = Certificate.objects.with_facts().annotate(has_badges=made).filter(replacement=None)
    held = mine.filter(learner=user) if user.is_authenticated else []
    today = timezone.localdate()
    return {
        "certificates": [
            (certificate, certificate.printed[f"title_{language}"], certificate.status(today)) for certificate in held
        ],
        "to_declare": bool(held) and Passage.objects.of(user).open().filter(ASKS).exists(),
        "csrf_token": context.get("csrf_token"),
    }


@register.inclusion_tag("certification/drawn_signature.html")
def drawn_signature(mark):
    """The drawing of a signature, or whose account stands for it. Erased, nothing is left of it."""
    strokes = mark.detail.signature if hasattr(mark, "detail") else None
    if not strokes:
        return {"mark": mark, "by_account": strokes is not None}
    left, top, width, height = drawing.box_of(strokes)
    return {"mark": mark, "path": drawing.path_of(strokes), "box": f"{left - 4} {top - 4} {width + 8} {height + 8}"}


@register.filter
def totals(record):
    return sentences.totals(record)


@register.filter
def assiduity(record, edition):
    return presence.percent(record.presence_minutes, edition.planned_minutes)


@register.filter
def half_day(slot):
    """“Morning · 9 h to 12 h”."""
    return f"{capfirst(slot.get_period_display())}{NO_BREAK}· {moments.hours(slot.starts_at, slot.ends_at)}"


@register.filter
def day(slot):
    return moments.day(slot.starts_at)


@register.filter
def moment(value):
    return _("%(day)s, %(time)s") % {"day": moments.day(value), "time": moments.clock(value)}


@register.filter
def said(mark):
    """A standing mark in words: its status, and its minutes when they are not the whole half-day."""
    status = capfirst(str(dict(AttendanceMark.STATUSES)[mark.status]))
    return f"{status} · {duration(mark.minutes)}" if presence.Status(mark.status).attended else status
