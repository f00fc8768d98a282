"""Computes the register again: every link, every row behind it, every seal, every root. The first break is named."""

import json
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from django.core.files.storage import storages
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from certification import chain, keys

from .attendance import AttendanceMark
from .paper import PaperSheet
from .register import RegisterEntry, link_body
from .roots import RegisterLeaf, RegisterRoot
from .signatures import LateDecision, SlotLock

FACTS = {model.LINK_KIND.value: model for model in (AttendanceMark, LateDecision, SlotLock, PaperSheet)}
TOMBSTONE = RegisterEntry.Kind.TOMBSTONE.value
AT_ONCE = 2000
LINK = ("pk", "session__code", "position", "kind", "body", "digest", "tombstone__kid", "tombstone__signature")


class Break(Exception):
    """Where the register is broken first: the code of the session, the position of the link, and what differs."""

    def __init__(self, session, position, what):
        self.session, self.position, self.what = str(session), position, what
        super().__init__(f"session {session}, link {position}: {what}" if position else f"{session}: {what}")


@dataclass
class Report:
    sessions: int = 0
    links: int = 0
    erased: int = 0
    purged: int = 0
    roots: int = 0
    broken: Break | None = None


def verify(session=None, *, files=True):
    """Of one session, or of all of them with their roots. In constant memory, whatever the number of links. Without
    `files`, the scans of paper are not read again."""
    report = Report()
    try:
        seen = follow_links(session, report, files)
        look_for_strays(session, seen)
        follow_roots(session, report)
    except Break as broken:
        report.broken = broken
    return report


def is_whole(slot):
    """Whether all that was recorded in the session of a half-day still says what it said. For a page: the scans of
    paper are compared once a day."""
    return verify(slot.session, files=False).broken is None


def follow_links(session, report, files):
    """How many links of each kind there are. Raises Break."""
    links = RegisterEntry.objects.filter(session=session) if session else RegisterEntry.objects.all()
    links = links.order_by("session_id", "position").values_list(*LINK).iterator(chunk_size=AT_ONCE)
    chain_of, seen = None, Counter()
    while batch := list(islice(links, AT_ONCE)):
        facts = facts_behind(batch)
        for code, group in groupby(batch, itemgetter(1)):
            if chain_of is None or chain_of.code != code:
                chain_of = Chain(code, report, files)
            for link in group:
                chain_of.follow(link, facts.get(link[0]))
                seen[link[3]] += 1
    return seen


def facts_behind(batch):
    """What the rows behind some links say, and what was sealed beside them, by the pk of the link."""
    facts = {}
    for kind, model in FACTS.items():
        links = [link[0] for link in batch if link[3] == kind]
        salt = ["detail__salt"] if model.SEALED else []
        rows = model.objects.filter(entry__in=links).order_by()
        for pk, *values in rows.values_list("entry_id", *model.SAID.values(), *salt, *model.SEALED.values()):
            end = len(model.SAID)
            said = dict(zip(model.SAID, values[:end], strict=True))
            facts[pk] = said, dict(zip(["salt", *model.SEALED] if salt else [], values[end:], strict=True))
    return facts


class Chain:
    """The register of one session, link after link."""

    def __init__(self, code, report, files):
        self.code, self.report, self.files = code, report, files
        self.position, self.digest, self.marks = 0, chain.START, Counter()
        report.sessions += 1

    def follow(self, link, fact):
        _pk, _code, position, kind, body, digest, kid, signature = link
        if kind == TOMBSTONE and self.position == 0:
            self.pass_tombstone(body)
        if position != self.position + 1:
            raise Break(self.code, self.position + 1, "the link is missing")
        if chain.digest(self.digest, body) != digest:
            raise Break(self.code, position, "its digest does not follow from its text and from the link before")
        if kind == TOMBSTONE:
            self.read_tombstone(position, body, digest, kid, signature)
        else:
            self.compare(position, kind, body, fact)
        self.position, self.digest = position, digest
        self.report.links += 1

    def pass_tombstone(self, body):
        """The links before it are gone: it says how many there were, and the last digest."""
        said = read(body)
        self.position, self.digest = said.get("links", 0), said.get("end", "")

    def read_tombstone(self, position, body, digest, kid, signature):
        said = read(body)
        expected = (str(self.code), position, TOMBSTONE)
        if (said.get("session"), said.get("position"), said.get("kind")) != expected or position == 1:
            raise Break(self.code, position, "the tombstone is not the one of this session")
        if not keys.is_signed(kid, tombstone_line(self.code, digest), signature):
            raise Break(self.code, position, "the tombstone is not signed by one of our keys")
        self.report.purged += 1

    def compare(self, position, kind, body, fact):
        if fact is None:
            raise Break(self.code, position, "its row is missing")
        said, sealed = fact
        if chain.canonical(link_body(self.code, position, kind, said)) != body:
            values = json.loads(chain.canonical(link_body(self.code, position, kind, said)))
            raise Break(self.code, position, f"it does not say what its row says: {differing(read(body), values)}")
        if sealed:
            self.compare_seal(position, said["seal"], sealed)
        if kind == RegisterEntry.Kind.MARK:
            self.marks[said["slot"]] += 1
        elif kind == RegisterEntry.Kind.LOCK:
            self.compare_lock(position, said)
        elif kind == RegisterEntry.Kind.PAPER and self.files:
            self.compare_file(position, said)

    def compare_seal(self, position, seal, sealed):
        salt = sealed.pop("salt")
        if salt is None:
            self.report.erased += 1
        elif chain.sealed(salt, sealed) != seal:
            raise Break(self.code, position, "what stands beside it is not what was sealed")

    def compare_lock(self, position, said):
        if said["end"] != self.digest:
            raise Break(self.code, position, "the half-day was not locked at the link before")
        if said["marks"] != self.marks[said["slot"]]:
            raise Break(self.code, position, "the half-day was locked with another number of marks")

    def compare_file(self, position, said):
        if not storages["private"].exists(said["file"]):
            self.report.erased += 1
            return
        with storages["private"].open(said["file"]) as file:
            if chain.hashed_bytes(file.read()) != said["sha256"]:
                raise Break(self.code, position, "the file is not the one that was added")


def read(body):
    """The values of a text; none when it is no text of ours."""
    try:
        values = json.loads(body)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def differing(told, values):
    return ", ".join(sorted(key for key in {*told, *values} if told.get(key) != values.get(key))) or "spelling"


def look_for_strays(session, seen):
    """Each row has its link: as many of one as of the other."""
    for kind, model in FACTS.items():
        rows = model.objects.filter(**{model.SESSION: session}) if session else model.objects.all()
        if rows.count() != seen[kind]:
            raise Break(session.code if session else "register", 0, f"rows without a link, or links too many: {kind}")


def follow_roots(session, report):
    """Every root follows from the one before and from its ends, and every end is still in the register."""
    kept = RegisterEntry.objects.filter(session=OuterRef("session"))
    same = kept.filter(position=OuterRef("position"), digest=OuterRef("digest"))
    purged = kept.filter(position__gt=OuterRef("position"), kind=TOMBSTONE)
    ends = RegisterLeaf.objects.filter(session=session) if session else RegisterLeaf.objects.all()
    lost = ends.exclude(Exists(same)).exclude(Exists(purged)).select_related("session", "root").order_by("root__day")
    if end := lost.first():
        raise Break(end.session.code, end.position, f"it is not the link that the root of {end.root.day} covers")
    previous = chain.START
    for root in RegisterRoot.objects.order_by("day") if session is None else ():
        if root.previous != previous or not root.holds:
            raise Break(f"root of {root.day}", 0, "it does not follow, or its signature is not ours")
        previous = root.root
        report.roots += 1


def tombstone_line(code, digest):
    return f"register tombstone {code} {digest}"


class CheckQuerySet(models.QuerySet):
    def run(self, now):
        """Verifies the whole register, and writes down what was found."""
        report = verify()
        values = {name: getattr(report, name) for name in ("sessions", "links", "erased", "purged", "roots")}
        self.create(at=now, found=str(report.broken or "")[:300], **values)
        return report


class RegisterCheck(models.Model):
    """What a verification of the whole register found."""

    at = models.DateTimeField()
    sessions = models.PositiveIntegerField()
    links = models.PositiveIntegerField()
    erased = models.PositiveIntegerField()
    purged = models.PositiveIntegerField()
    roots = models.PositiveIntegerField()
    found = models.CharField(max_length=300, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("verification of the register")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return self.found or f"{self.links}"
