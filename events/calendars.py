"""The calendar file of a session: values in, iCalendar bytes out, one entry for each half-day."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

PRODUCT = "-//Ambassadeurs//Agenda//{language}"


@dataclass(frozen=True)
class HalfDay:
    """`uid` never changes, so that a file taken again replaces the entry instead of doubling it."""

    uid: str
    start: datetime.datetime
    end: datetime.datetime


@dataclass(frozen=True)
class Meeting:
    """`sequence` grows with each change."""

    title: str
    description: str
    place: str
    url: str
    language: str
    zone: str
    half_days: list[HalfDay]
    sequence: int = 0
    cancelled: bool = False


def calendar(meeting, now):
    result = Calendar()
    result.add("prodid", PRODUCT.format(language=meeting.language.upper()))
    result.add("version", "2.0")
    result.add("method", "PUBLISH")
    for half_day in meeting.half_days:
        result.add_component(entry(meeting, half_day, now))
    result.add_missing_timezones()
    return result.to_ical()


def entry(meeting, half_day, now):
    zone, language = ZoneInfo(meeting.zone), {"language": meeting.language}
    result = Event()
    result.add("uid", half_day.uid)
    result.add("dtstamp", now.astimezone(datetime.UTC))
    result.add("dtstart", half_day.start.astimezone(zone))
    result.add("dtend", half_day.end.astimezone(zone))
    result.add("sequence", meeting.sequence)
    result.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    result.add("summary", meeting.title, parameters=language)
    result.add("description", meeting.description, parameters=language)
    result.add("location", meeting.place, parameters=language)
    result.add("url", meeting.url)
    return result
