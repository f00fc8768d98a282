from django import template

from certification.models import Assignment
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
    return {"asked": Assignment.objects.asked_of(user).count()}


@register.simple_tag
def assesses(user):
    return user.has_role(Role.ASSESSOR) or user.takes_attendance
