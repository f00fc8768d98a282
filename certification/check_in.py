"""Someone says that they are there, on their own phone: the code is judged when it is opened, the signature when it
is sent. In between they hold a receipt, valid ten minutes, so that nobody is refused for a slow network."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from courses.models import Enrolment
from events.models import Session, Slot
from events.moments import clock

from . import projection
from .models import AttendanceMark, expected_in
from .refusals import Refused

BEFORE = AFTER = timedelta(minutes=30)
# In windows of thirty seconds: the one before still opens; an older one is known for a code that has changed.
FORGIVEN, REMEMBERED = 1, 20
RECEIPT = timedelta(minutes=10)
SALT = "certification.check_in"
UNHELD = (Session.Status.DRAFT, Session.Status.CANCELLED)


@dataclass(frozen=True)
class Receipt:
    """Its holder opened the code of this half-day in time. `person` is empty until they sign in."""

    slot: str
    person: str
    opened_at: int

    @classmethod
    def of(cls, slot, person, now):
        """`person` may be a visitor."""
        return cls(str(slot.code), str(getattr(person, "code", "")), int(now.timestamp()))

    @classmethod
    def read(cls, text):
        """Raises Refused when it was not signed here."""
        try:
            return cls(**signing.loads(text, salt=SALT))
        except (signing.BadSignature, TypeError) as error:
            raise Refused("receipt") from error

    @property
    def text(self):
        return signing.dumps(vars(self), salt=SALT)

    def held_by(self, person):
        return self.person in ("", str(person.code))

    def given_to(self, person):
        return Receipt(self.slot, str(person.code), self.opened_at)

    def refuse_old(self, now):
        if now.timestamp() - self.opened_at > RECEIPT.total_seconds():
            raise Refused("receipt_old")


def open_code(typed, now):
    """The half-day for which this code is projected now. Refused with the reason otherwise."""
    code = projection.normalised(typed)
    for slot in near(now):
        age = projection.age_of(code, slot.code, now, REMEMBERED)
        if age is not None:
            refuse_outside(slot, now)
            if age > FORGIVEN:
                raise Refused("code_changed")
            return slot
    raise Refused("code_unknown")


def near(now, margin=timedelta(days=1)):
    """The half-days of about this day, whose codes can be told from a mistake."""
    slots = Slot.objects.filter(starts_at__lte=now + margin, ends_at__gte=now - margin)
    return slots.exclude(session__status__in=UNHELD).select_related("session__edition")


def refuse_outside(slot, now):
    if now < slot.starts_at - BEFORE:
        raise Refused("check_in_early", time=clock(slot.starts_at - BEFORE))
    if now > slot.ends_at + AFTER:
        raise Refused("check_in_late", time=clock(slot.ends_at + AFTER))


def is_open(slot, now):
    return slot.starts_at - BEFORE <= now <= slot.ends_at + AFTER


def refuse_person(slot, person, now):
    """Only those expected, and once. Whoever is expected elsewhere is told so."""
    if not is_expected(slot, person):
        raise Refused(why_not_expected(slot, person, now))
    if AttendanceMark.objects.signed(slot).filter(learner=person).exists():
        raise Refused("already_signed")


def is_expected(slot, person):
    return expected_in(slot).filter(pk=person.pk).exists()


def why_not_expected(slot, person, now):
    others = [other for other in near(now) if other.pk != slot.pk and is_open(other, now)]
    if any(is_expected(other, person) for other in others):
        return "wrong_session"
    edition = slot.session.edition
    if edition and Enrolment.objects.filter(learner=person, edition__course=edition.course_id).exists():
        return "wrong_group"
    return "not_registered"


def slot_of(receipt):
    return Slot.objects.select_related("session__edition").get(code=receipt.slot)
