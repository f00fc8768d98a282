from django import template
from django.conf import settings

from people.listing import state_of
from people.models import News

register = template.Library()


LATEST = 5


@register.inclusion_tag("people/latest_news.html")
def latest_news(learner):
    return {"news": News.objects.of(learner)[:LATEST]}


@register.inclusion_tag("people/state.html")
def state(person, now):
    return {"state": state_of(person, now), "until": person.invited_until}


@register.filter
def in_own_words(code):
    """A language of the menus, in that language."""
    return dict(settings.INTERFACE_LANGUAGES).get(code, code)
