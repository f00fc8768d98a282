"""Activities and exchanges as the rows of a spreadsheet: ISO moments in the site's zone, minutes as numbers."""

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from .sentences import METHOD, totals


def of_activities(activities):
    yield [_("Name"), str(activities.learner)]
    yield [_("Training"), activities.course]
    yield [_("Period"), activities.edition.starts_on.isoformat(), activities.edition.ends_on.isoformat()]
    yield []
    yield [_("Lesson or quiz"), _("Declared minutes"), _("Begun"), _("Finished"), _("Best score (%)"), _("Attempts")]
    for step in (*activities.lessons, *activities.quizzes):
        score = "" if step.score is None else step.score
        yield [step.title, step.minutes, written(step.begun), written(step.done), score, step.attempts or ""]
    yield []
    yield [_("Meeting"), _("Modality"), _("Starts"), _("Ends"), _("Minutes of presence")]
    for live in activities.live:
        minutes = _("not signed yet") if live.minutes is None else live.minutes
        slot = live.slot
        yield [live.title, slot.get_modality_display(), written(slot.starts_at), written(slot.ends_at), minutes]
    yield []
    yield exchange_head()
    yield from map(of_exchange, activities.exchanges)
    yield []
    for label, minutes in totals(activities.record):
        yield [capfirst(str(label)), minutes]
    yield [_("All together"), activities.record.total_minutes]
    yield [_("Method"), str(METHOD)]


def exchange_head():
    names = (_("Name"), _("Tutor"), _("Channel"), _("Subject"), _("Asked"), _("Answered"), _("Delay (minutes)"))
    return [*names, _("In one line")]


def of_exchange(exchange):
    return [
        str(exchange.learner),
        str(exchange.tutor),
        exchange.get_channel_display(),
        exchange.get_subject_display(),
        written(exchange.asked_at),
        written(exchange.answered_at),
        "" if exchange.delay is None else exchange.delay,
        exchange.line,
    ]


def written(moment):
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""
