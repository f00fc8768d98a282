from django import template
from django.utils import timezone

from certification import jury_words
from certification.models import Assignment, Jury, JuryCandidate, JuryConvocation, JuryDecision
from certification.practice import framework_of
from people.roles import Role

register = template.Library()


@register.filter
def spoken(pair, language):
    """One of the two texts of a pair."""
    return pair.get(language) or pair.get("fr", "")


@register.inclusion_tag("certification/mark_chip.html")
def mark_chip(mark):
    return {"mark": mark}


@register.inclusion_tag("certification/item_chip.html")
def item_chip(item):
    return {"item": item}


@register.inclusion_tag("certification/practice_links.html")
def practice_links(user, enrolment):
    """The way to one's own practice or, for whoever learns nothing here, to the people whom one is asked to assess."""
    if enrolment:
        return {"enrolled": True}
    return {"asked": Assignment.objects.asked_of(user).count(), "judges": judges(user)}


@register.simple_tag
def assesses(user):
    return user.has_role(Role.ASSESSOR) or user.takes_attendance


@register.simple_tag
def judges(user):
    return user.has_role(Role.JURY) or Jury.objects.sat_in_by(user).exists()


@register.inclusion_tag("certification/my_jury.html")
def my_jury(user, language):
    """When a jury hears the learner, and what the last one decided: one query while there is none."""
    heard = JuryCandidate.objects.filter(learner=user).select_related("jury__closing").order_by("jury__at")
    juries, today = [candidate.jury for candidate in heard], timezone.localdate()
    if not juries:
        return {}
    decision = JuryDecision.objects.signed().filter(learner=user).select_related("jury__edition").last()
    titles = (
        {block.code: block.title[language] for block in framework_of(decision.jury.edition).blocks} if decision else {}
    )
    asked = {one.jury_id: one for one in JuryConvocation.objects.filter(person=user).order_by("at")}
    ahead = [jury for jury in juries if timezone.localdate(jury.at) >= today]
    return {
        "coming": [(jury, asked.get(jury.pk)) for jury in ahead if not jury.is_closed],
        "cancelled": [jury for jury in ahead if jury.is_cancelled],
        "decision": decision,
        "said": jury_words.TO_LEARNER[decision.decision] if decision else None,
        "blocks": [(code, titles.get(code, "")) for code in decision.blocks] if decision else [],
    }
