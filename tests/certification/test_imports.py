"""Reports of virtual classes, in the layouts that platforms export. The people in them are invented."""

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from certification.imports import Unreadable, by_participant, minutes_in, read
from certification.imports.matching import proposed
from certification.imports.stays import merged

PARIS = ZoneInfo("Europe/Paris")
NEAR = datetime(2026, 12, 8, 9, 0, tzinfo=PARIS)

# Layout: a report of 7/20/23 quoted in a public meeting cost calculator (src/App.jsx), and README of
# POWRFULCOW89/mlsa-cert-gen ("First join", day first, 24 hours).
TEAMS = """1. Summary
Meeting title\tInterculturalité
Attended participants\t3
Start time\t12/8/26, 8:55:02 AM
End time\t12/8/26, 12:01:40 PM
Meeting duration\t3h 6m 38s
Average attendance time\t2h 40m 12s

2. Participants
Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole
Dubois, Claire\t12/8/26, 8:55:02 AM\t12/8/26, 12:01:40 PM\t3h 6m 38s\tclaire@example.org\tclaire@example.org\tOrganizer
Amina Diallo\t12/8/26, 9:00:00 AM\t12/8/26, 12:00:00 PM\t2h 30m\tamina@example.org\tamina@example.org\tPresenter
Tesfay G. (Guest)\t12/8/26, 9:20:30 AM\t12/8/26, 11:00:10 AM\t1h 39m 40s\t\t\tPresenter

3. In-Meeting Activities
Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole
Dubois, Claire\t12/8/26, 8:55:02 AM\t12/8/26, 12:01:40 PM\t3h 6m 38s\tclaire@example.org\tOrganizer
Amina Diallo\t12/8/26, 9:00:00 AM\t12/8/26, 10:30:00 AM\t1h 30m\tamina@example.org\tPresenter
Amina Diallo\t12/8/26, 11:00:00 AM\t12/8/26, 12:00:00 PM\t1h\tamina@example.org\tPresenter
Tesfay G. (Guest)\t12/8/26, 9:20:30 AM\t12/8/26, 11:00:10 AM\t1h 39m 40s\t\tPresenter
"""
TEAMS_OTHER_CASE = TEAMS.replace("First Join", "First join").replace("Organizer", "Organiser")
TEAMS_24H = """1. Résumé
Titre de la réunion\tInterculturalité

2. Participants
Nom\tPremière participation\tDernier départ\tDurée\tE-mail\tID de participant (UPN)\tRôle
Amina Diallo\t08/12/2026 09:00:00\t08/12/2026 12:00:00\t3 h\tamina@example.org\t\tOrganisateur
"""
# Layout: columns asked for by a public class register (utf-16, tabs, dayfirst=True) that names them.
TEAMS_BEFORE = """Full Name\tUser Action\tTimestamp
Claire Dubois\tJoined\t08/12/2026, 08:55:00
Amina Diallo\tJoined before\t08/12/2026, 09:00:00
Amina Diallo\tLeft\t08/12/2026, 10:30:00
Amina Diallo\tJoined\t08/12/2026, 11:00:00
Tesfay\tLeft\t08/12/2026, 11:10:00
Claire Dubois\tLeft\t08/12/2026, 12:00:00
"""
# Layout: README of a public lab attendance project (01/21/2021 08:58:30 PM) and of a course that describes the
# preamble (Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,).
ZOOM = """Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,
812 3456 7890,"Interculturalité, matin",12/08/2026 08:55:02 AM,12/08/2026 12:01:40 PM,claire@example.org,187,3,

Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,Recording Consent
"Dubois, Claire",claire@example.org,12/08/2026 08:55:02 AM,12/08/2026 12:01:40 PM,187,No,
Amina (Amina Diallo),,12/08/2026 09:00:00 AM,12/08/2026 10:30:00 AM,90,Yes,Y
Amina (Amina Diallo),,12/08/2026 10:15:00 AM,12/08/2026 12:00:00 PM,105,Yes,Y
"""
ZOOM_BARE = """Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes)
Amina Diallo,amina@example.org,2026-12-08 09:00:00,2026-12-08 12:00:00,180
"""
ZOOM_SHORT = """Name (Original Name),User Email, Total Durection(Minutes),Guest
Amina Diallo,amina@example.org,65,No
"""


def thousandths(hour, minute):
    return int(NEAR.replace(hour=hour, minute=minute).timestamp() * 1000)


# Layout: bigbluebutton/bigbluebutton, bbb-learning-dashboard/src (users, intIds, sessions; before, intIds alone).
BBB = json.dumps(
    {
        "intId": "a1",
        "extId": "b2",
        "name": "Interculturalité",
        "users": {
            "u1": {
                "userKey": "u1",
                "extId": "x1",
                "name": "Amina Diallo",
                "isModerator": False,
                "intIds": {
                    "w_1": {"intId": "w_1", "sessions": [
                        {"registeredOn": thousandths(9, 0), "leftOn": thousandths(10, 30)},
                        {"registeredOn": thousandths(10, 0), "leftOn": thousandths(11, 0)},
                    ]},
                    "w_2": {"intId": "w_2", "sessions": [{"registeredOn": thousandths(11, 30), "leftOn": 0}]},
                },
                "talk": {"totalTime": 1000, "lastTalkStartedOn": 0},
            },
            "u2": {
                "userKey": "u2",
                "name": "Tesfay",
                "intIds": {"w_3": {"intId": "w_3", "registeredOn": thousandths(9, 30), "leftOn": thousandths(10, 0)}},
            },
        },
        "polls": {},
        "createdOn": thousandths(8, 50),
        "endedOn": thousandths(12, 0),
    }
)  # fmt: skip
# Layout: README of a public tool for reports of live events (…, UtcEventTimestamp, Action, Role).
TEAMS_LIVE = """SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role
518ca2fd-1,amina@example.org,Amina Diallo,"Mozilla/5.0 (X11, Linux)",12/8/2026 7:50:00 AM,Joined,Attendee
39f73ed2-2,tesfay@example.org,Tesfay,SignalR,12/8/2026 8:30:00 AM,Joined,Attendee
77aa0000-3,amina@example.org,Amina Diallo,Mozilla/5.0,12/8/2026 9:00:00 AM,Joined,Attendee
518ca2fd-1,amina@example.org,Amina Diallo,"Mozilla/5.0 (X11, Linux)",12/8/2026 9:30:00 AM,Left,Attendee
39f73ed2-2,tesfay@example.org,Tesfay,SignalR,12/8/2026 9:00:00 AM,Left,Attendee
77aa0000-3,amina@example.org,Amina Diallo,Mozilla/5.0,12/8/2026 10:00:00 AM,Left,Attendee
5d5d0000-4,00000000-aaaa,,Mozilla/5.0,12/8/2026 10:50:00 AM,Joined,Attendee
5d5d0000-4,00000000-aaaa,,Mozilla/5.0,12/8/2026 11:00:00 AM,Left,Attendee
"""
TEAMS_POLISH = """1. Podsumowanie
Tytuł spotkania\tInterculturalité

2. Uczestnicy
Imię i nazwisko\tPierwsze dołączenie\tOstatnie opuszczenie\tCzas trwania\tE-mail\tID\tRola
Amina Diallo\t08.12.2026, 09:00:00\t08.12.2026, 12:00:00\t3 godz. 0 min 0 sek.\t\t\tPrezenter

3. Działania podczas spotkania
Imię i nazwisko\tGodzina dołączenia\tGodzina opuszczenia\tCzas trwania\tE-mail\tRola
Amina Diallo\t08.12.2026, 09:00:00\t08.12.2026, 12:00:00\t3 godz. 0 min 0 sek.\t\tPrezenter
"""
# Layout: bigbluebutton/bigbluebutton, bbb-learning-dashboard/src/services/UserService.js (makeUserCSVData).
BBB_TABLE = (
    "Nom,Modérateur,Score d’activité,Temps de parole,Temps webcam,Messages,Réactions,Votes,Mains levées,Entrée,Sortie,"
    "Durée,Avez-vous compris, oui ou non ?\r\n"
    '"Claire Dubois","TRUE","0","00:10:00","-","3","0","0","0","08/12/2026 08:50:00","08/12/2026 12:00:10",'
    '"03:10:09","-"'
    "\r\n"
    '"Amina Diallo","FALSE","7,5","-","-","0","0","1","0","08/12/2026 09:00:00","08/12/2026 12:00:00","02:30:00","oui"'
    "\r\n"
    '"Tesfay","FALSE","0","-","-","0","0","0","0","08/12/2026 11:00:00","-","09:59:59","-"\r\n'
    '"Anonyme","","","","","","","","","","","","oui\r\nnon"'
)
MORNING = (NEAR, NEAR + timedelta(hours=3))


def minutes(content):
    content = content.encode() if isinstance(content, str) else content
    groups = by_participant(read(content, NEAR))
    return {
        name: minutes_in([(stay.start, stay.end) for stay in stays], *MORNING) for (name, _), stays in groups.items()
    }


@pytest.mark.parametrize(
    ("report", "found"),
    [
        (TEAMS, {"Dubois, Claire": 180, "Amina Diallo": 150, "Tesfay G. (Guest)": 99}),
        (TEAMS_24H, {"Amina Diallo": 180}),
        (TEAMS_BEFORE, {"Claire Dubois": 180, "Amina Diallo": 150}),
        (ZOOM, {"Dubois, Claire": 180, "Amina (Amina Diallo)": 180}),
        (ZOOM_BARE, {"Amina Diallo": 180}),
        (BBB, {"Amina Diallo": 150, "Tesfay": 30}),
        (TEAMS_LIVE, {"Amina Diallo": 120, "Tesfay": 30, "00000000-aaaa": 10}),
        (TEAMS_POLISH, {"Amina Diallo": 180}),
        (
            TEAMS_OTHER_CASE,
            {
                "Dubois, Claire": 180,
                "Amina Diallo": 150,
                "Tesfay G. (Guest)": 99,
            },
        ),
        (BBB_TABLE, {"Claire Dubois": 180, "Amina Diallo": 150, "Tesfay": 60}),
    ],
    ids=[
        "teams",
        "teams in French",
        "teams before",
        "zoom",
        "zoom bare",
        "bigbluebutton",
        "teams live event",
        "teams in Polish",
        "teams with other capitals",
        "bigbluebutton table",
    ],
)
def test_the_minutes_are_exact(report, found):
    assert minutes(report) == found


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("report", [TEAMS, TEAMS_BEFORE, TEAMS_LIVE, ZOOM])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_in_every_encoding(report, encoding, end):
    assert minutes(report.replace("\n", end).encode(encoding)) == minutes(report)


def changed(report, old, new):
    assert old in report
    return report.replace(old, new, 1)


@pytest.mark.parametrize(
    ("report", "reason", "line"),
    [
        ("", "empty", 0),
        ("\n\n", "empty", 0),
        (changed(TEAMS, "12/8/26, 10:30:00 AM", "yesterday"), "moment", 18),
        (changed(TEAMS, "12/8/26, 10:30:00 AM", "12/8/26, 8:30:00 AM"), "order", 18),
        (TEAMS.partition("2. Part")[0], "empty", 0),
        (changed(TEAMS_24H, "\t3 h\tamina@example.org\t\tOrganisateur", ""), "columns", 6),
        (changed(TEAMS_BEFORE, "\tLeft\t", "\tPoussé\t"), "action", 4),
        (changed(TEAMS_LIVE, ",Left,", ",Kicked,"), "action", 5),
        (changed(TEAMS_LIVE, "12/8/2026 8:30:00 AM,Joined,Attendee", ""), "columns", 3),
        (changed(TEAMS_LIVE, "12/8/2026 8:30:00 AM", "soon"), "moment", 3),
        (changed(BBB_TABLE, "08/12/2026 09:00:00", "hier"), "moment", 3),
        (changed(BBB_TABLE, "02:30:00", "long"), "moment", 3),
        (changed(BBB_TABLE, ',"02:30:00","oui"', ""), "columns", 3),
        (changed(BBB_TABLE, '"08/12/2026 12:00:00"', '"08/12/2026 08:00:00"'), "order", 3),
        (BBB_TABLE.partition("\r\n")[0], "empty", 0),
        (ZOOM_SHORT, "no_times", 1),
        (changed(ZOOM, "12/08/2026 10:15:00 AM", "13/13/2026 10:15"), "moment", 7),
        ("Name,Email\na,b\n", "columns", 1),
        ('Name,Email,In,Out,Minutes\n"a,b\n', "columns", 2),
        ("{", "json", 0),
        ('{"users": {}}', "empty", 0),
        ('{"users": {"u": {"name": "A", "intIds": {"w": {"registeredOn": 1e30}}}}}', "json", 0),
        ('{"users": ' + "[" * 100_000, "json", 0),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "encoding", 0),
        (b"caf\xe9,\xe9", "encoding", 0),
        (b"x" * (2 * 1024**2 + 1), "size", 0),
    ],
)
def test_what_cannot_be_trusted_is_refused_with_its_line(report, reason, line):
    with pytest.raises(Unreadable) as refused:
        minutes(report)
    assert (refused.value.reason, refused.value.line) == (reason, line)


@pytest.mark.parametrize(("day", "first"), [("04/05/2026", 4), ("05/04/2026", 5)])
def test_the_day_and_the_month_are_those_of_the_session(day, first):
    near = datetime(2026, 5, 4, 9, tzinfo=PARIS)
    report = changed(ZOOM_BARE, "2026-12-08 09:00:00", f"{day} 9:00:00 AM")
    report = changed(report, "2026-12-08 12:00:00", f"{day} 12:00")
    stay = read(report.encode(), near)[0]
    assert (stay.start, stay.end) == (near, near + timedelta(hours=3))


@pytest.mark.parametrize(("day", "hours"), [(29, 2), (28, 3)])
def test_the_night_of_the_change_of_hour(day, hours):
    report = f"Name,E,In,Out,D\nA,,2026-03-{day} 01:00:00,2026-03-{day} 04:00:00,1\n"
    stay = read(report.encode(), datetime(2026, 3, day, 1, tzinfo=PARIS))[0]
    assert stay.end - stay.start == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("day", "month", "utc"), [(25, 10, 8), (28, 3, 7), (24, 10, 7)], ids=["in autumn", "in spring", "the day before"]
)
def test_the_day_of_the_change_of_hour_in_every_report(day, month, utc):
    """A morning of three hours on that day, whoever writes the hours: here, in UTC, or in thousandths."""
    start = datetime(2027 if month == 3 else 2026, month, day, 9, tzinfo=PARIS)
    end = start.replace(hour=12)
    assert start.astimezone(UTC).hour == utc
    local = [f"{moment:%Y-%m-%d %H:%M:%S}" for moment in (start, end)]
    universal = [f"{moment.astimezone(UTC):%m/%d/%Y %I:%M:%S %p}" for moment in (start, end)]
    stamps = [int(moment.timestamp() * 1000) for moment in (start, end)]
    session = {"registeredOn": stamps[0], "leftOn": stamps[1]}
    reports = [
        f"Name,Email,Join,Leave,Minutes\nA,,{local[0]},{local[1]},180\n",
        f"3. In\nName\tJoin\tLeave\tD\tEmail\nA\t{local[0]}\t{local[1]}\t3h\t\n",
        f"SessionId,P,F,U,T,Action,Role\n1,x,A,U,{universal[0]},Joined,R\n1,x,A,U,{universal[1]},Left,R\n",
        json.dumps({"users": {"u": {"name": "A", "intIds": {"w": {"sessions": [session]}}}}, "endedOn": stamps[1]}),
    ]
    for report in reports:
        (stay,) = read(report.encode(), start)
        assert minutes_in([(stay.start, stay.end)], start, end) == 180, report


SPANS = st.lists(
    st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)).map(
        lambda pair: tuple(datetime.fromtimestamp(at, UTC) for at in sorted(pair))
    )
)
BOUNDS = st.tuples(st.integers(0, 20_000), st.integers(0, 20_000)).map(
    lambda pair: tuple(datetime.fromtimestamp(at, UTC) for at in sorted(pair))
)


@settings(deadline=None)
@given(SPANS, BOUNDS, st.randoms())
def test_minutes_never_exceed_the_half_day_nor_depend_on_order(spans, bounds, random):
    start, end = bounds
    found = minutes_in(spans, start, end)
    assert 0 <= found <= (end - start).total_seconds() // 60
    shuffled = random.sample(spans, len(spans))
    assert minutes_in(shuffled + shuffled, start, end) == found
    seconds = {
        second for a, b in spans for second in range(int(max(a, start).timestamp()), int(min(b, end).timestamp()))
    }
    assert found == len(seconds) // 60
    kept = merged(spans, start, end)
    assert all(a < b for a, b in kept) and all(one[1] < two[0] for one, two in pairwise(kept))


@settings(deadline=None, max_examples=300)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_file_is_read_or_refused(content):
    try:
        stays = read(content, NEAR)
    except Unreadable:
        return
    assert all(stay.start <= stay.end for stay in stays)


@settings(deadline=None, max_examples=200)
@given(
    st.sampled_from([TEAMS, TEAMS_BEFORE, TEAMS_LIVE, ZOOM, BBB, BBB_TABLE]), st.integers(0, 900), st.text(max_size=4)
)
def test_a_damaged_file_is_read_or_refused(report, at, damage):
    with suppress(Unreadable):
        read((report[:at] + damage + report[at + 3 :]).encode(), NEAR)


PEOPLE = [
    ("a", "Amina Diallo", "amina@example.org"),
    ("t", "Tesfay Gebremedhin", ""),
    ("s", "Yusuf Şahin", ""),
    ("j1", "Jean Dupont", ""),
    ("j2", "Dupont, Jean", ""),
]


@pytest.mark.parametrize(
    ("name", "email", "who"),
    [
        ("Somebody", "AMINA@example.org", "a"),
        ("DIALLO, Amina (invitée)", "", "a"),
        ("  tesfay   GEBREMEDHIN ", "other@example.org", "t"),
        ("Yusuf Sahin", "", "s"),
        ("Jean Dupont", "", None),
        ("Tesfay", "", None),
        ("", "", None),
        ("()", "", None),
        ("Xavier", "nobody@example.org", None),
    ],
)
def test_a_participant_is_proposed_when_only_one_fits(name, email, who):
    assert proposed(name, email, PEOPLE) == who
