from django import template
from django.utils import timezone

from events import listing, shelf
from events.forms import EventFilter
from events.meetings import meeting_of
from events.models import Event
from events.replays import Replay

register = template.Library()


@register.inclusion_tag("events/coming_events.html", takes_context=True)
def coming_events(context, language, limit=3):
    request = context["request"]
    return {"rows": listing.coming(listing.pages_in(language), reader(request, request.user), limit)}


@register.inclusion_tag("events/my_events.html", takes_context=True)
def my_events(context, user, language):
    return {"rows": listing.mine(listing.pages_in(language), reader(context["request"], user))}


@register.inclusion_tag("events/agenda.html", takes_context=True)
def agenda(context, index):
    """The filters, then the events that they leave: those to come, then the past ones."""
    request = context["request"]
    wanted, who = EventFilter(request.GET), reader(request, request.user)
    pages = wanted.events(Event.objects.child_of(index).live())
    return {"form": wanted, "coming": listing.coming(pages, who), "past": listing.past(pages, who)}


@register.simple_tag(takes_context=True)
def meeting(context, event):
    return meeting_of(event.session, context["request"].user, timezone.now())


def reader(request, user):
    return listing.reader_of(request, user, timezone.now())


@register.inclusion_tag("events/replay.html", takes_context=True)
def replay(context, page):
    """The player first or, for a reader whose browser saves data, the light version."""
    request = context["request"]
    shown = Replay(page, saves_data=request.headers.get("Save-Data") == "on")
    parts = {name: shown.first(name) for name in shown.parts}
    return {**parts, "replay": shown, "slide_list": shown.parts.get("slide", []), "request": request}


@register.simple_tag(takes_context=True)
def materials_of(context, page):
    """What trainers published for this course, module or event, and this reader may have."""
    return shelf.at_page(context["request"].user, page.translation_key)


@register.inclusion_tag("events/page_materials.html", takes_context=True)
def page_materials(context, page):
    return {"materials": shelf.at_page(context["request"].user, page.translation_key)}


@register.inclusion_tag("events/library_materials.html", takes_context=True)
def library_materials(context):
    return {"materials": shelf.in_library(context["request"].user)}


@register.inclusion_tag("events/group_materials.html")
def group_materials(user):
    return {"materials": shelf.of_groups(user)}
