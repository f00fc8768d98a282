"""Calendar files of sessions: values in, iCalendar bytes out, one entry for each half-day."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone

# Rules, not the list of dates that icalendar writes by itself: readers made with dateutil misread the list and come
# one hour late in summer. Belgium keeps the same hours.
PARIS = ZoneInfo("Europe/Paris")
PARIS_RULES = """\
BEGIN:VTIMEZONE
TZID:Europe/Paris
BEGIN:STANDARD
DTSTART:19961027T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19970330T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
END:DAYLIGHT
END:VTIMEZONE
"""
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
    half_days: list[HalfDay]
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True)
class Party:
    """Between whom an invitation goes. Both addresses are e-mail addresses."""

    organiser: str
    organiser_name: str
    guest: str


def calendar(meetings, language, now):
    """A file to keep or to follow."""
    result = opened(language, "PUBLISH")
    for meeting in meetings:
        for half_day in meeting.half_days:
            result.add_component(entry(meeting, half_day, now))
    return result.to_ical()


def invitations(meeting, party, now):
    """One file for each half-day, since all entries of an invitation share one UID: it is put in the calendar, changed
    there when `sequence` grew, or taken out when the meeting is cancelled."""
    return [invitation(meeting, half_day, party, now) for half_day in meeting.half_days]


def invitation(meeting, half_day, party, now):
    result = opened(meeting.language, "CANCEL" if meeting.cancelled else "REQUEST")
    event = entry(meeting, half_day, now)
    event.add("organizer", f"mailto:{party.organiser}", parameters={"CN": party.organiser_name})
    guest = {"ROLE": "REQ-PARTICIPANT", "PARTSTAT": "ACCEPTED", "RSVP": "FALSE"}
    event.add("attendee", f"mailto:{party.guest}", parameters=guest)
    result.add_component(event)
    return result.to_ical()


def opened(language, method):
    result = Calendar()
    result.add("prodid", PRODUCT.format(language=language.upper()))
    result.add("version", "2.0")
    result.add("method", method)
    result.add_component(Timezone.from_ical(PARIS_RULES))
    return result


def entry(meeting, half_day, now):
    language = {"language": meeting.language}
    result = Event()
    result.add("uid", half_day.uid)
    result.add("dtstamp", now.astimezone(datetime.UTC))
    result.add("dtstart", half_day.start.astimezone(PARIS))
    result.add("dtend", half_day.end.astimezone(PARIS))
    result.add("sequence", meeting.sequence)
    result.add("status", "CANCELLED" if meeting.cancelled else "CONFIRMED")
    result.add("summary", meeting.title, parameters=language)
    result.add("description", meeting.description, parameters=language)
    result.add("location", meeting.place, parameters=language)
    result.add("url", meeting.url)
    return result
