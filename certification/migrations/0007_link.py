"""What was recorded before there was a register is linked in the order in which it was recorded."""

import secrets
from operator import attrgetter

from django.db import migrations

from certification import chain

MARK = {
    "slot": "slot.code",
    "learner": "learner.code",
    "author": "author.code",
    "status": "status",
    "minutes": "minutes",
    "source": "source",
    "late": "late",
    "uuid": "uuid",
    "device_at": "device_at",
    "recorded_at": "recorded_at",
    "line": "position",
    "seal": "detail_digest",
}
SAID = {
    "mark": MARK,
    "decision": {"mark": "mark.entry.position", "author": "author.code", "accepted": "accepted", "at": "at"},
    "lock": {
        "slot": "slot.code",
        "trainer": "trainer.code",
        "signed_at": "signed_at",
        "marks": "marks",
        "end": "digest",
        "seal": "detail_digest",
    },
    "paper": {
        "paper": "code",
        "slot": "slot.code",
        "author": "author.code",
        "file": "name",
        "content_type": "content_type",
        "sha256": "sha256",
        "size": "size",
        "added_at": "added_at",
    },
}


def recorded(slot, models):
    """Triples of a moment, a kind and a row. Within a half-day marks keep their order, a lock comes after the marks
    that it counted, a decision after its mark."""
    lock = models["SlotLock"].objects.filter(slot=slot).first()
    facts, latest, of_mark = [], None, {}

    def add(kind, moment, row):
        nonlocal latest
        latest = max(latest or moment, moment)
        facts.append((latest, kind, row))

    for number, mark in enumerate(models["AttendanceMark"].objects.filter(slot=slot).order_by("position")):
        if lock and number == lock.marks:
            add("lock", lock.signed_at, lock)
        add("mark", mark.recorded_at, mark)
        of_mark[mark.pk] = latest
    if lock and lock.marks >= len(facts):
        add("lock", lock.signed_at, lock)
    for decision in models["LateDecision"].objects.filter(mark__slot=slot).order_by("pk"):
        facts.append((max(decision.at, of_mark[decision.mark_id]), "decision", decision))
    facts.extend((paper.added_at, "paper", paper) for paper in models["PaperSheet"].objects.filter(slot=slot))
    return facts


def link(apps, schema_editor):
    names = ("AttendanceMark", "LateDecision", "SlotLock", "PaperSheet", "RegisterEntry", "LockDetail")
    models = {name: apps.get_model("certification", name) for name in names}
    session_model = apps.get_model("events", "Session")
    for session in session_model.objects.prefetch_related("slots").order_by("pk"):
        slots = sorted(session.slots.all(), key=lambda slot: (slot.starts_at, slot.pk))
        facts = sorted((fact for slot in slots for fact in recorded(slot, models)), key=lambda fact: fact[0])
        link_session(session, facts, models)


def link_session(session, facts, models):
    end = chain.START
    for position, (_moment, kind, row) in enumerate(facts, 1):
        if kind == "lock":
            seal_name(row, end, models)
        row.refresh_from_db()
        said = {key: attrgetter(path)(row) for key, path in SAID[kind].items()}
        values = {"session": session.code, "position": position, "kind": kind, **chain.stated(said)}
        body = chain.canonical(values)
        end = chain.digest(end, body)
        row.entry = models["RegisterEntry"].objects.create(
            session=session, position=position, kind=kind, body=body, digest=end
        )
        row.save(update_fields=["entry"])


def seal_name(lock, end, models):
    salt = secrets.token_hex(16)
    models["LockDetail"].objects.create(lock=lock, printed_name=lock.printed_name, salt=salt)
    lock.digest, lock.detail_digest = end, chain.sealed(salt, {"printed_name": lock.printed_name})
    lock.save(update_fields=["digest", "detail_digest"])


class Migration(migrations.Migration):
    dependencies = [("certification", "0006_register")]

    operations = [migrations.RunPython(link, migrations.RunPython.noop)]
