"""The end of the legal time of a session: its register goes, and a signed tombstone stays in its place."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.files.storage import storages
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef

from events.models import Session
from people.append_only import purging
from people.models import TrailEntry
from people.models.trail import note

from . import keys
from .models import (
    AttendanceMark,
    LateDecision,
    LockDetail,
    MarkDetail,
    PaperSheet,
    RegisterEntry,
    RegisterLeaf,
    SlotLock,
    Tombstone,
    tombstone_line,
    verify,
)
from .models.register import hold
from .refusals import Refused

# Rows that hang from others come first.
GOING = {
    LateDecision: "mark__slot__session",
    AttendanceMark: "slot__session",
    SlotLock: "slot__session",
    PaperSheet: "slot__session",
}
BESIDE = {MarkDetail: "mark__slot__session", LockDetail: "lock__slot__session"}
Kind = RegisterEntry.Kind


@dataclass(frozen=True)
class Purged:
    links: int
    root: str


def due_sessions(now):
    """Those whose proof is older than its legal time, and of which something is left."""
    limit = now - timedelta(days=settings.RETENTION_DAYS["proof"])
    kept = RegisterEntry.objects.filter(session=OuterRef("pk")).exclude(kind=Kind.TOMBSTONE)
    return Session.objects.annotate(end=Max("slots__ends_at")).filter(Exists(kept), end__lt=limit).order_by("end")


@transaction.atomic
def purge(session, now):
    """Deletes all that the register of a session holds. Raises Refused for a session that is not due, for a register
    that is broken, and for one whose last link is not yet in a root that went outside."""
    session = hold(session.pk)
    if not due_sessions(now).filter(pk=session.pk).exists():
        raise Refused("not_due")
    if verify(session).broken:
        raise Refused("broken")
    last = RegisterEntry.objects.filter(session=session).order_by("position").last()
    if not RegisterLeaf.objects.filter(session=session, position=last.position).exists():
        raise Refused("no_root")
    bury(session, last, now)
    note(TrailEntry.Action.PURGED, None, now, subject=str(session.code), after={"links": last.position})
    return Purged(last.position, last.digest)


def bury(session, last, now):
    files = list(PaperSheet.objects.filter(slot__session=session).values_list("name", flat=True))
    said = {"links": last.position, "end": last.digest, "at": now}
    stone = RegisterEntry.objects.append(session, Kind.TOMBSTONE, said)
    kid, signature = keys.sign(tombstone_line(session.code, stone.digest))
    Tombstone.objects.create(entry=stone, kid=kid, signature=signature)
    for model, path in BESIDE.items():
        model.objects.filter(**{path: session}).delete()
    with purging(connection, *GOING, Tombstone, RegisterEntry):
        for model, path in GOING.items():
            model.objects.filter(**{path: session}).delete()
        gone = RegisterEntry.objects.filter(session=session, position__lte=last.position)
        Tombstone.objects.filter(entry__in=gone).delete()
        gone.delete()
    for name in files:
        transaction.on_commit(partial(storages["private"].delete, name))
