"""The attendance sheet of a session: facts to the strings that are printed, in one language."""

from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from courses.models import Enrolment
from events.models import Slot
from events.moments import clock, day, hours
from home.interface import spoken_in
from home.models import SiteSettings
from home.typography import duration
from people.names import by_name

from . import drawing, presence
from .codes import row_code
from .documents.sheet import SheetMark, SheetRow, SheetSignature, SheetSlot, SheetText
from .models import AttendanceMark, GuestPresence, PaperSheet, RegisterEntry, guests_of, roster_of
from .pages import course_titles, events_of, module_titles


def sheet_text(session, language, now, by_hand=False):
    """`by_hand`: to be printed before, and signed on paper."""
    with spoken_in(language):
        return Sheet(session, language).text(now, by_hand)


class Sheet:
    def __init__(self, session, language):
        self.session, self.language = session, language

    @cached_property
    def slots(self):
        return list(
            Slot.objects.filter(session=self.session).select_related("lock__detail", "session").order_by("starts_at")
        )

    @cached_property
    def marks(self):
        marks = AttendanceMark.objects.filter(slot__in=self.slots).order_by("slot__starts_at", "position")
        return list(marks.select_related("slot", "decision__author", "learner", "author", "detail"))

    @cached_property
    def standing(self):
        return {slot.pk: presence.standing(mark.value for mark in self.of(slot)) for slot in self.slots}

    @cached_property
    def signatures(self):
        """The mark that each learner signed first in each half-day."""
        signed = [mark for mark in reversed(self.marks) if mark.source == presence.Source.SIGNATURE and mark.counts]
        return {(mark.slot_id, mark.learner_id): mark for mark in signed}

    @cached_property
    def trainers(self):
        return ", ".join(str(trainer) for trainer in self.session.trainers.order_by("printed_name", "pk"))

    @cached_property
    def employers(self):
        enrolments = Enrolment.objects.filter(edition=self.session.edition_id, employer__isnull=False)
        return dict(enrolments.values_list("learner", "employer__name"))

    @cached_property
    def guests(self):
        return GuestPresence.objects.by_slot(self.slots)

    def of(self, slot):
        return [mark for mark in self.marks if mark.slot_id == slot.pk]

    def text(self, now, by_hand):
        site = SiteSettings.load()
        event = events_of([self.session], self.language).get(self.session.key)
        name = event.title if event else self.place
        return SheetText(
            lang=self.language,
            labels=labels(),
            provider=site.provider,
            nda=site.nda,
            title=self.course or name,
            session=name,
            module=self.module(event),
            date=", ".join(dict.fromkeys(day(slot.starts_at) for slot in self.slots)),
            place=self.place,
            modality=", ".join(dict.fromkeys(slot.get_modality_display() for slot in self.slots)),
            slots=[SheetSlot(name_of(slot), hours(slot.starts_at, slot.ends_at), self.trainers) for slot in self.slots],
            rows=self.rows(),
            countersigns=[countersign(slot) for slot in self.slots],
            eu=site.funding_sentence if site.funding else "",
            programme=site.programme if site.funding else "",
            fingerprint=self.fingerprint(),
            corrections=[correction(mark) for mark in self.marks if mark.source == presence.Source.CORRECTION],
            observations=self.observations(),
            by_hand=by_hand,
            remarks=[_("Printed on %(day)s.") % {"day": day(now)}],
        )

    @property
    def course(self):
        edition = self.session.edition
        return course_titles([edition], self.language).get(edition.course_id, "") if edition else ""

    def module(self, event):
        """The module that the page names, with its title in this edition."""
        asked = self.session.edition.asked if self.session.edition else None
        if event is None:
            return ""
        titles = module_titles(asked, self.language) if asked else {}
        named = [titles[module.key] for module in asked.modules if module.number == event.number] if asked else []
        return " · ".join([str(event.number), *named])

    @property
    def place(self):
        where = [self.session.place, self.session.address, self.session.city]
        return ", ".join(part for part in where if part) or _("online")

    def rows(self):
        people = {person.pk: person for slot in self.slots for person in roster_of(slot)}
        ordered = sorted(people.values(), key=by_name)
        return [*map(self.row, ordered), *map(self.guest_row, guests_of(self.session))]

    def row(self, person):
        code = row_code(self.session.code, person.code)
        return SheetRow(self.named(person), self.employers.get(person.pk, ""), self.said(person), code)

    def guest_row(self, guest):
        """Somebody without an account: their name stays as long as what they told for this session."""
        marks = [guest_mark(guest.pk in self.guests[slot.pk]) for slot in self.slots]
        return SheetRow(guest.name, _("without an account"), marks, row_code(self.session.code, guest.code))

    def named(self, person):
        """Somebody who was erased keeps on the sheet the name that was printed there, for the time of proof."""
        kept = [mark.detail.printed_name for mark in self.marks if mark.learner_id == person.pk and is_detailed(mark)]
        return kept[-1] if person.erased_at and kept else str(person)

    def said(self, person):
        return [
            printed(self.standing[slot.pk].get(str(person.pk)), self.signatures.get((slot.pk, person.pk)))
            for slot in self.slots
        ]

    def observations(self):
        """What somebody who reads the table would ask: marks that came late, and the sheets signed on paper."""
        papers = PaperSheet.objects.filter(slot__in=self.slots).select_related("slot").order_by("slot__starts_at", "pk")
        return [*map(late, (mark for mark in self.marks if mark.late)), *map(on_paper, papers)]

    def fingerprint(self):
        """The last digest of the register of the session: whoever holds the sheet sees what came after it."""
        return RegisterEntry.objects.end_of(self.session)


def is_detailed(mark):
    return hasattr(mark, "detail")


def name_of(slot):
    return capfirst(slot.get_period_display())


def printed(mark, signature):
    """What stands, who says so, and the drawing of whoever signed: it stays beside a correction."""
    if mark is None:
        return SheetMark("—")
    statuses = dict(AttendanceMark.STATUSES)
    minutes = duration(mark.minutes) if mark.status.attended else ""
    strokes = signature.detail.signature if signature and is_detailed(signature) else []
    how = SAYS[mark.source]() if strokes or mark.source != presence.Source.SIGNATURE else _("signed by account")
    drawn = [drawing.points_of(stroke) for stroke in strokes]
    return SheetMark(capfirst(str(statuses[mark.status])), minutes, how, drawn)


def guest_mark(present):
    return SheetMark(capfirst(_("present")), "", _("marked by the trainer")) if present else SheetMark("—")


SAYS = {
    presence.Source.IMPORT: lambda: _("imported"),
    presence.Source.TRAINER: lambda: _("marked by the trainer"),
    presence.Source.SIGNATURE: lambda: _("signed by the learner"),
    presence.Source.CORRECTION: lambda: _("corrected"),
    presence.Source.PAPER: lambda: _("copied from the paper sheet"),
}


def countersign(slot):
    lock = getattr(slot, "lock", None)
    if lock is None:
        return SheetSignature(name_of(slot), "—", _("not signed yet"))
    moment = {"day": day(lock.signed_at), "time": clock(lock.signed_at)}
    return SheetSignature(name_of(slot), lock.printed_name, _("signed on %(day)s at %(time)s") % moment)


def correction(mark):
    values = {
        "name": named(mark),
        "half_day": name_of(mark.slot),
        "status": mark.get_status_display(),
        "reason": mark.detail.reason if is_detailed(mark) else _("erased"),
        "author": mark.author,
        "day": day(timezone.localtime(mark.recorded_at)),
    }
    return _("%(name)s, %(half_day)s: %(status)s. %(reason)s (%(author)s, %(day)s)") % values


def late(mark):
    decision = getattr(mark, "decision", None)
    values = {"name": named(mark), "half_day": name_of(mark.slot), "status": mark.get_status_display()}
    if decision is None:
        return _("%(name)s, %(half_day)s: “%(status)s” came after the signature, and waits for a decision.") % values
    values["author"] = decision.author
    if decision.accepted:
        return _("%(name)s, %(half_day)s: “%(status)s” came after the signature, and counts (%(author)s).") % values
    return _("%(name)s, %(half_day)s: “%(status)s” came after the signature, and does not count (%(author)s).") % values


def on_paper(paper):
    values = {"half_day": name_of(paper.slot), "fingerprint": paper.sha256[:16]}
    return _("%(half_day)s: a sheet signed on paper is kept, fingerprint %(fingerprint)s…") % values


def named(mark):
    return mark.detail.printed_name if mark.learner.erased_at and is_detailed(mark) else mark.learner


def labels():
    return {
        "sheet": _("Attendance sheet"),
        "session": _("Session"),
        "module": _("Module"),
        "date": _("Date"),
        "place": _("Place"),
        "modality": _("Modality"),
        "hours": _("Hours"),
        "trainers": _("Trainers"),
        "learner": _("Name"),
        "employer": _("Employer"),
        "countersigned": _("Trainers’ signatures"),
        "corrections": _("Corrections"),
        "no_correction": _("No correction."),
        "observations": _("Observations"),
        "no_observation": _("No observation."),
        "nda": _("Activity declaration number"),
        "fingerprint": _("Fingerprint"),
        "page": _("Page {page} of {pages}"),
        "flag": _("Flag of the European Union"),
    }
