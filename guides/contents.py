"""What the PDF of a guide says: pages in, plain values out. Sentences are in the active language."""

from functools import lru_cache

from bs4 import BeautifulSoup
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.documents.booklet import Imprint
from home.typography import duration

from .documents.guide import Activity, GuideText


def guide_text(page, language, activities, provider):
    """`provider` is the row of site settings; `activities` are in the language of `page`."""
    return GuideText(
        lang=language,
        title=page.title,
        subtitle=page.summary,
        eyebrow=_("Guide · %(levels)s") % {"levels": levels(page)},
        intro=[*paragraphs(page.intro), *advice(page)],
        activities=[activity_text(activity) for activity in activities],
        labels=labels(),
        imprint=imprint(provider),
        module=page.number,
    )


def advice(page):
    texts = paragraphs(page.advice)
    return [f"**{_('Advice')}**", *texts] if texts else []


def activity_text(activity):
    return Activity(
        title=activity.title,
        facts=facts(activity),
        intro=[activity.summary],
        goals=[activity.goal_language, activity.goal_social],
        material=lines(activity.material),
        steps=lines(activity.steps),
        sentences=lines(activity.sentences),
        variants=paragraphs(activity.variants),
        tips=paragraphs(activity.tips),
        safety=paragraphs(activity.safety),
    )


def labels():
    return {
        "contents": _("In this guide"),
        "goals": _("Goals"),
        "material": _("What you need"),
        "steps": _("Step by step"),
        "sentences": _("Useful sentences"),
        "variants": _("Other ways to do it"),
        "tips": _("Tips for the volunteer"),
        "safety": _("Take care"),
    }


def imprint(provider):
    return Imprint(
        provider=provider.provider,
        provider_sub=_("Training of integration ambassadors"),
        eu=provider.funding_sentence if provider.funding else "",
        programme=provider.programme if provider.funding else "",
        licence=_("Licence CC BY-SA 4.0: copy, change, share."),
        flag=_("Flag of the European Union"),
        page=_("Page {page} of {pages}"),
    )


def facts(activity):
    """Level, time, people, place and cost, each in a few words."""
    return [
        levels(activity),
        duration(activity.duration),
        people(activity),
        activity.get_place_display(),
        activity.get_cost_display(),
    ]


def levels(page):
    low, high = page.get_level_min_display(), page.get_level_max_display()
    return low if low == high else _("%(low)s to %(high)s") % {"low": low, "high": high}


def people(activity):
    fewest, most = activity.group_min, activity.group_max
    if fewest == most:
        return ngettext("%(count)d person", "%(count)d people", most) % {"count": most}
    return _("%(fewest)d to %(most)d people") % {"fewest": fewest, "most": most}


def lines(stream):
    return [block.value for block in stream]


@lru_cache(maxsize=512)
def paragraphs(html):
    """Rich text as plain paragraphs: headings and strong words are **bold**, list items keep their mark."""
    soup = BeautifulSoup(html, "html.parser")
    for strong in soup.select("h2, b:not(h2 b), strong:not(h2 strong)"):
        strong.insert(0, "**")
        strong.append("**")
    return [mark(block) + words(block) for block in soup.select("h2, p:not(li p), li") if words(block)]


def mark(block):
    if block.name != "li":
        return ""
    return f"{len(block.find_previous_siblings('li')) + 1}. " if block.parent.name == "ol" else "• "


def words(block):
    """The text of a block without the list inside it, whose items are blocks of their own."""
    return " ".join("".join(part for part in block.strings if part.find_parent(block.name) is block).split())
