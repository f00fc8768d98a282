"""When people meet, in words: the active language, the hour of the site's time zone."""

from functools import reduce
from itertools import groupby

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from home.typography import NO_BREAK


def clock(moment):
    local = timezone.localtime(moment)
    sentence = _("%(hour)d:%(minute)02d") if local.minute else _("%(hour)d o’clock")
    return (sentence % {"hour": local.hour, "minute": local.minute}).replace(" ", NO_BREAK)


def hours(start, end):
    return _("%(start)s to %(end)s") % {"start": clock(start), "end": clock(end)}


def day(moment):
    return written(moment, "l j F Y")


def written(moment, pattern):
    return date_format(timezone.localtime(moment), pattern)


def days(half_days):
    """For each day: its date, then its hours in one sentence."""
    by_day = groupby(half_days, key=lambda half_day: timezone.localdate(half_day.starts_at))
    return [day_and_hours(list(of_day)) for _date, of_day in by_day]


def day_and_hours(half_days):
    spans = [hours(half_day.starts_at, half_day.ends_at) for half_day in half_days]
    then = _("%(first)s, then %(second)s")
    return capfirst(day(half_days[0].starts_at)), reduce(lambda a, b: then % {"first": a, "second": b}, spans)


def in_short(half_days):
    """One line for a list that shows the date of the first day beside it."""
    start, end = half_days[0].starts_at, half_days[-1].ends_at
    first, last = timezone.localdate(start), timezone.localdate(end)
    if first == last:
        return capfirst(_("%(day)s, %(hours)s") % {"day": written(start, "l"), "hours": hours(start, end)})
    span = {"first": written(start, "l j F"), "last": written(end, "l j F")}
    return capfirst(_("from %(first)s to %(last)s") % span)


def beginning(half_days):
    """The date and the hour of the first half-day, as short as can be."""
    start = half_days[0].starts_at
    return _("%(day)s, %(hours)s") % {"day": written(start, "j N"), "hours": clock(start)}
