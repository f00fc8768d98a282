"""The facts that a document says, as plain values: the same facts give the same document."""

from django.utils import timezone

from courses.models import Enrolment
from home.interface import spoken_in
from home.models import SiteSettings

from . import practice
from .activities import activities_of
from .attainment import Attainment, attainments
from .document_kinds import SIGNED, Kind
from .models import FrameworkVersion
from .pages import module_objectives
from .rules import MODALITIES, ONLINE


def facts_of(kind, learner, edition, language):
    """Always the same number of queries for one kind."""
    with spoken_in(language):
        found = activities_of(learner, edition, language)
        return {**common(kind, found), **GATHERED[kind](found, language)}


def common(kind, found):
    site, days = SiteSettings.load(), days_of(kind, found)
    return {
        "holder": found.learner.printed_name.strip(),
        "course": found.course,
        "provider": site.provider,
        "siret": site.siret,
        "nda": site.nda,
        "signatory": site.signatory if kind in SIGNED else "",
        "role": site.signatory_role if kind in SIGNED else "",
        "start": days[0] if days else "",
        "end": days[-1] if days else "",
        "minutes": minutes_of(kind, found.record),
    }


def days_of(kind, found):
    """The days on which something counted, from the first to the last."""
    moments = [live.slot.starts_at for live in found.live if live.minutes]
    moments += [] if kind == Kind.PARTICIPATION else [step.done for step in found.lessons if step.done]
    return sorted(iso_day(moment) for moment in moments)


def minutes_of(kind, record):
    """{modality: minutes}, without those that were not used. Participation is to be there: no work online."""
    asked = [modality for modality in MODALITIES if modality != ONLINE or kind != Kind.PARTICIPATION]
    return {modality: minutes for modality in asked if (minutes := record.minutes_of(modality))}


def of_realisation(found, _language):
    enrolment = Enrolment.objects.select_related("employer").get(learner=found.learner, edition=found.edition)
    return {"employer": enrolment.employer.name if enrolment.employer else ""}


def of_end(found, language):
    planned = {"presence": found.edition.planned_minutes, ONLINE: sum(step.minutes for step in found.lessons)}
    return {"planned": planned, "objectives": objectives_of(found, language)}


def objectives_of(found, language):
    """(objective, what is in it, whether it is acquired). Without a framework nobody assessed anything."""
    if FrameworkVersion.objects.of(found.edition) is None:
        lines = module_objectives(found.edition.asked, language)
        return [[title, lines_in, Attainment.NOT_ASSESSED] for title, lines_in in lines]
    seen = practice.of(found.learner, found.edition)
    recognised = [(recognition.block, recognition.kind) for recognition in seen.recognitions]
    acquired = attainments(seen.framework, seen.observations, recognised)
    return [
        [block.title[language], [one.title[language] for one in block.competences], acquired[block.code]]
        for block in seen.framework.blocks
    ]


def of_participation(found, _language):
    attended = [live for live in found.live if live.minutes]
    sessions = {live.slot.session.pk: live.slot.session for live in attended}
    trainers = {str(trainer) for session in sessions.values() for trainer in session.trainers.all()}
    return {"meetings": [meeting(live) for live in attended], "trainers": sorted(trainers)}


def meeting(live):
    return [iso_day(live.slot.starts_at), live.title, live.slot.period, live.slot.modality, live.minutes]


def of_activities(found, _language):
    return {
        "lessons": [[step.title, step.minutes, iso_day(step.done)] for step in found.lessons],
        "quizzes": [
            [step.title, step.score, step.attempts, iso_day(step.begun), iso_day(step.done)] for step in found.quizzes
        ],
        "meetings": [meeting(live) for live in found.live if live.minutes],
        "works": works_of(found),
        "exchanges": [[iso_day(one.asked_at), one.channel, one.subject, one.delay] for one in found.exchanges],
    }


def works_of(found):
    """What was handed in during the training, and when it was answered: never what it is called, which is private."""
    items = practice.portfolio_of(found.learner)
    dated = [(iso_day(item.added_at), item) for item in reversed(items)]
    first, last = found.edition.starts_on.isoformat(), found.edition.ends_on.isoformat()
    return [
        [day, item.kind, iso_day(item.review.at) if item.review else ""] for day, item in dated if first <= day <= last
    ]


def iso_day(moment):
    return timezone.localdate(moment).isoformat() if moment else ""


GATHERED = {
    Kind.REALISATION: of_realisation,
    Kind.END: of_end,
    Kind.PARTICIPATION: of_participation,
    Kind.ACTIVITIES: of_activities,
}
