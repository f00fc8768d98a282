"""The demo's juries: one that decided and signed, one to come, as content/jury.yaml tells it."""

import datetime

from django.utils import timezone

from certification import deliberating
from certification.convoking import convoke
from certification.jury import Decision, Seat
from certification.models import JuryMember

from .blocks import key_of
from .cast import at
from .reader import ROOT, read

SIGNATURE = [[12, 60, 24, 28, 38, 62, 52, 30, 66, 60, 80, 34], [92, 40, 110, 58, 128, 36, 146, 54, 170, 44]]


def load_juries(users, edition):
    for number, row in enumerate(read(ROOT / "jury.yaml").entries("juries")):
        load_jury(row, key_of("jury", number), users, edition)


def load_jury(row, code, users, edition):
    when = at(timezone.localdate() + datetime.timedelta(days=row.integer("days", -90, 90)), row.raw("hour", str))
    decisions = list(row.entries("decisions")) if row.has("decisions") else []
    names = [one.data["learner"] for one in decisions] or row.names("candidates")
    asked = min(when, timezone.now()) - datetime.timedelta(days=20)
    author, values = users["coordinateur"], {"code": code, "at": when, "place": row.raw("place", str)}
    jury = deliberating.open_jury(edition, [users[name] for name in names], author, asked, **values)
    conflicts, members = row.raw("conflicts", dict), []
    for username, seat in row.raw("seats", dict).items():
        member = deliberating.name_member(jury, users[username], Seat(seat), author, asked)
        members.append(member)
        if username in conflicts:
            deliberating.declare(fresh(member), [users[name] for name in conflicts[username]], asked)
    convoke(jury, "fr", asked)
    if decisions:
        deliberate(decisions, members, users, when)


def fresh(member):
    return JuryMember.objects.select_related("jury__edition", "jury__scheme", "person").get(pk=member.pk)


def deliberate(decisions, members, users, when):
    chair = fresh(members[0])
    for row in decisions:
        decision = row.one_of("decision", list(Decision))
        deliberating.decide(chair, users[row.raw("learner", str)], decision, when, row.raw("reason", str, ""))
    minutes = deliberating.draw_up(chair.jury, when)
    for number, member in enumerate(members):
        later = when + datetime.timedelta(minutes=40 + 3 * number)
        deliberating.sign(fresh(member), minutes.digest, SIGNATURE, later)
