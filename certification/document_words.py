"""A document in words: its facts, its text and one language give every string that it prints."""

import datetime

from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from events.models import Slot
from home.interface import spoken_in
from home.typography import duration

from .attainment import Attainment
from .document_kinds import Kind, filled
from .documents.document import DocumentText
from .models import Exchange
from .rules import ONLINE
from .sentences import METHOD

MODALITIES = {**dict(Slot.Modality.choices), ONLINE: gettext_lazy("online work")}
ATTAINED = {
    Attainment.ACQUIRED: pgettext_lazy("objective", "acquired"),
    Attainment.IN_PROGRESS: pgettext_lazy("objective", "in progress"),
    Attainment.NOT_ACQUIRED: pgettext_lazy("objective", "not acquired"),
    Attainment.NOT_ASSESSED: pgettext_lazy("objective", "not assessed"),
}
MENTIONS = {
    Kind.END: gettext_lazy("This attestation is not a certification."),
    Kind.PARTICIPATION: gettext_lazy(
        "This attestation is not the official attestation of civic integration (inburgeringsattest), nor a "
        "certification."
    ),
}
WORKS = {
    "image": gettext_lazy("photo"),
    "audio": gettext_lazy("voice"),
    "application": gettext_lazy("document"),
}


def document_text(kind, facts, template, number, replaced, site, day, language):
    """`template`: the words of this kind in this language. `replaced`: the number of the document before, or ""."""
    with spoken_in(language):
        values = {**facts, "start": dated(facts["start"]), "end": dated(facts["end"]), "hours": hours(facts)}
        place = template["place"] or site.city
        return DocumentText(
            lang=language,
            labels=labels(),
            provider=facts["provider"],
            declared=" · ".join(declared(facts)),
            number=number,
            title=template["title"],
            subtitle=numbered(number, replaced),
            intro=filled(template["intro"], values),
            facts=list(SAID[kind](facts)),
            tables=[table for make in TABLES[kind] if (table := make(facts))["rows"]],
            notes=[str(METHOD)] if ONLINE in facts["minutes"] or kind == Kind.ACTIVITIES else [],
            closing=filled(template["closing"], values),
            mention=str(MENTIONS.get(kind, "")),
            place_and_date=_("Made in %(place)s, on %(day)s.") % {"place": place, "day": written(day)},
            signatory=[facts["signatory"], facts["role"]] if facts["signatory"] else [],
            eu=site.funding_sentence if site.funding else "",
            programme=site.programme if site.funding else "",
        )


def numbered(number, replaced):
    if replaced:
        return _("No. %(number)s. It replaces no. %(before)s.") % {"number": number, "before": replaced}
    return _("No. %(number)s") % {"number": number}


def declared(facts):
    if facts["siret"]:
        yield f"SIRET {facts['siret']}"
    if facts["nda"]:
        yield f"{_('Activity declaration number')} {facts['nda']}"


def of_everyone(facts):
    yield _("Name of the person"), facts["holder"]
    if facts.get("employer"):
        yield _("Employer"), facts["employer"]
    yield _("Training"), facts["course"]


def of_training(facts):
    """What the law asks for of a training."""
    yield from of_everyone(facts)
    yield _("Nature of the action (article L6313-1 of the French labour code)"), _("training action")
    yield _("Dates"), period(facts)
    yield _("Duration followed"), in_hours(facts)
    if "planned" in facts:
        yield _("Duration planned"), planned(facts["planned"])


def of_participation(facts):
    yield from of_everyone(facts)
    yield _("Organiser"), facts["provider"]
    if facts["trainers"]:
        yield _("Trainers"), ", ".join(facts["trainers"])
    yield _("Dates"), period(facts)
    yield _("Hours of presence"), in_hours(facts)
    yield _("In a Dutch-speaking context"), _("yes / no (whoever signs strikes out one)")


def of_activities(facts):
    yield from of_everyone(facts)
    yield _("Period"), period(facts)
    yield _("Hours that are credited"), in_hours(facts)


def planned(found):
    said = _("%(time)s of presence") % {"time": duration(found["presence"])}
    if not found[ONLINE]:
        return said
    return _("%(presence)s, %(online)s of online work") % {"presence": said, "online": duration(found[ONLINE])}


def period(facts):
    return _("from %(start)s to %(end)s") % {"start": dated(facts["start"]), "end": dated(facts["end"])}


def total(facts):
    return sum(facts["minutes"].values())


def hours(facts):
    return duration(total(facts))


def in_hours(facts):
    """In hours and minutes, then in hours alone as funders add them."""
    decimal = number_format(round(total(facts) / 60, 2), 2, use_l10n=True)
    return _("%(time)s (%(decimal)s hours)") % {"time": hours(facts), "decimal": decimal}


def minutes_table(facts):
    rows = [[capfirst(str(MODALITIES[modality])), duration(minutes)] for modality, minutes in facts["minutes"].items()]
    whole = [_("All together"), hours(facts)]
    head = [_("Modality"), _("Duration")]
    return {"heading": _("Duration by modality"), "shares": [3, 2], "head": head, "rows": [*rows, whole]}


def objectives_table(facts):
    rows = [
        ["\n".join([title, *inside]), str(ATTAINED[Attainment(attained)])]
        for title, inside, attained in facts["objectives"]
    ]
    head = [_("Objective"), _("Result")]
    return {"heading": _("Objectives and results"), "shares": [4, 1.4], "head": head, "rows": rows}


def meetings_table(facts):
    periods = dict(Slot.Period.choices)
    rows = [
        [f"{short(day)}\n{periods[half]}", title, capfirst(str(MODALITIES[modality])), duration(minutes)]
        for day, title, half, modality, minutes in facts["meetings"]
    ]
    head = [_("Date"), _("Meeting"), _("Modality"), _("Presence")]
    return {"heading": _("Meetings"), "shares": [1.5, 3, 1.7, 1.2], "head": head, "rows": rows}


def lessons_table(facts):
    rows = [[title, duration(minutes), short(done)] for title, minutes, done in facts["lessons"]]
    head = [_("Lesson"), _("Declared duration"), _("Finished")]
    return {"heading": _("Lessons"), "shares": [3.4, 1.6, 1.4], "head": head, "rows": rows}


def quizzes_table(facts):
    rows = [
        [title, "—" if score is None else f"{score} %", str(attempts), short(begun), short(done)]
        for title, score, attempts, begun, done in facts["quizzes"]
    ]
    head = [_("Quiz"), _("Best score"), _("Attempts"), _("Begun"), _("Passed")]
    return {"heading": _("Quizzes"), "shares": [2.8, 1.3, 1.2, 1.4, 1.4], "head": head, "rows": rows}


def works_table(facts):
    rows = [[short(day), str(WORKS[kind]), short(answered)] for day, kind, answered in facts["works"]]
    head = [_("Handed in on"), _("Form"), _("Answered on")]
    return {"heading": _("Works handed in"), "shares": [1, 1, 1], "head": head, "rows": rows}


def exchanges_table(facts):
    channels, subjects = dict(Exchange.Channel.choices), dict(Exchange.Subject.choices)
    rows = [
        [short(day), str(channels[channel]), str(subjects[subject]), "—" if delay is None else duration(delay)]
        for day, channel, subject, delay in facts["exchanges"]
    ]
    head = [_("Date"), _("Channel"), _("Subject"), _("Delay of the answer")]
    return {"heading": _("Exchanges with a tutor"), "shares": [1.2, 1.6, 2.4, 1.6], "head": head, "rows": rows}


def dated(iso):
    return written(datetime.date.fromisoformat(iso)) if iso else "—"


def written(day):
    return date_format(day, "DATE_FORMAT")


def short(iso):
    return date_format(datetime.date.fromisoformat(iso), "SHORT_DATE_FORMAT") if iso else "—"


def labels():
    return {
        "page": _("Page {page} of {pages}"),
        "flag": _("Flag of the European Union"),
        "signature": _("Signature and stamp"),
    }


SAID = {
    Kind.REALISATION: of_training,
    Kind.END: of_training,
    Kind.PARTICIPATION: of_participation,
    Kind.ACTIVITIES: of_activities,
}
TABLES = {
    Kind.REALISATION: [minutes_table],
    Kind.END: [minutes_table, objectives_table],
    Kind.PARTICIPATION: [meetings_table],
    Kind.ACTIVITIES: [minutes_table, lessons_table, quizzes_table, meetings_table, works_table, exchanges_table],
}
