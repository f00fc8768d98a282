from django import template
from django.db.models import Count

from guides import contents, files
from guides.forms import LibraryFilter
from guides.models import Activity, Guide

register = template.Library()


def guide_rows(pages):
    return pages.live().select_related("locale").annotate(chapter_count=Count("chapters")).order_by("path")


@register.inclusion_tag("guides/guide_cards.html", takes_context=True)
def guide_cards(context, language, limit=3):
    """The first guides in `language`, for the home page: one query."""
    guides = guide_rows(Guide.objects.filter(locale__language_code=language))[:limit]
    return {"request": context.get("request"), "guides": guides}


@register.inclusion_tag("guides/library_results.html", takes_context=True)
def library_results(context, library):
    """The filters, then what they leave: three queries, however many guides."""
    request = context["request"]
    wanted = LibraryFilter(request.GET)
    return {
        "request": request,
        "form": wanted,
        "guides": wanted.guides(guide_rows(Guide.objects.child_of(library))),
        "activities": wanted.activities(Activity.objects.child_of(library).live().order_by("path")),
    }


@register.simple_tag
def inside(guide):
    """The activities of a guide, and how many sentences they teach."""
    activities = guide.activities
    return {"activities": activities, "sentences": sum(len(activity.sentences) for activity in activities)}


@register.simple_tag
def pdf_size(guide, size):
    return files.stored_size(guide, size)


@register.filter
def levels(page):
    return contents.levels(page)


@register.filter
def people(activity):
    return contents.people(activity)
