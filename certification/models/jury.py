"""A jury: who sits, whom it hears, what each member declared, what it decided, and the minutes that all sign."""

import uuid

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import chain
from certification.jury import Decision, Member, Proposal, Seat
from certification.jury_words import DECISIONS, SEATS
from courses.models import Edition
from events.models.posts import Post
from people.names import by_name
from people.roles import Role

from .practice import in_the_path
from .schemes import Scheme

PERSON = settings.AUTH_USER_MODEL


def possible_members(edition):
    """Jury members, assessors and trainers of any partner, but nobody who learns in this training."""
    people = get_user_model().objects.filter(groups__name__in=[Role.JURY, Role.ASSESSOR, Role.TRAINER])
    people = people.exclude(pk__in=edition.enrolments.values("learner"))
    return people.filter(is_active=True, erased_at=None).distinct().order_by("printed_name", "pk")


class JuryQuerySet(models.QuerySet):
    def sat_in_by(self, user):
        return self.filter(members__person=user, members__ended_at=None)

    def with_state(self):
        """All that a list says of each."""
        return self.select_related("edition__cohort", "scheme", "closing__file")


class Jury(models.Model):
    """It meets at a place and a time for some of the learners of an edition. Its closing ends it, or cancels it."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="juries")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="juries")
    at = models.DateTimeField()
    place = models.CharField(max_length=200)
    opened_by = models.ForeignKey(PERSON, models.PROTECT, related_name="juries_opened")
    opened_at = models.DateTimeField()

    objects = JuryQuerySet.as_manager()

    class Meta:
        verbose_name = _("jury")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.edition.cohort} · {self.at:%Y-%m-%d}"

    @property
    def is_closed(self):
        return hasattr(self, "closing")

    @property
    def is_cancelled(self):
        return self.is_closed and self.closing.minutes_id is None

    @property
    def learners(self):
        """In the order of their names."""
        found = [candidate.learner for candidate in self.candidates.select_related("learner")]
        return sorted(found, key=by_name)

    @property
    def sitting(self):
        """The members who sit, with what they declared."""
        return list(self.members.standing().select_related("person__organisation").prefetch_related("declarations"))

    def values(self, sitting):
        """The same as plain values."""
        inside = set(in_the_path(self.edition).values_list("pk", flat=True))
        return [member.value(member.person_id in inside) for member in sitting]

    def standing(self):
        """{pk of a learner: their last decision}."""
        rows = self.decisions.select_related("author").order_by("at", "pk")
        return {decision.learner_id: decision for decision in rows}

    @property
    def last_minutes(self):
        return self.minutes.order_by("number").last()


class JuryCandidate(models.Model):
    """A learner whom a jury hears."""

    jury = models.ForeignKey(Jury, models.PROTECT, related_name="candidates")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="candidacies")

    class Meta:
        verbose_name = _("candidate of a jury")
        constraints = [models.UniqueConstraint(fields=["jury", "learner"], name="candidate_once")]

    def __str__(self):
        return f"{self.jury} · {self.learner}"


class MemberQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(ended_at=None)


class JuryMember(models.Model):
    """Somebody who sits in a jury. Whoever is withdrawn keeps what they declared."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jury = models.ForeignKey(Jury, models.PROTECT, related_name="members")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="seats")
    seat = models.CharField(max_length=12, choices=[(str(seat), SEATS[seat]) for seat in Seat])
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("jury member")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["jury", "person"], condition=Q(ended_at=None), name="member_named_once"),
            models.UniqueConstraint(
                fields=["jury"], condition=Q(ended_at=None, seat="chair"), name="jury_chaired_by_one"
            ),
        ]

    def __str__(self):
        return f"{self.person} · {self.get_seat_display()}"

    @property
    def conflicts(self):
        """The codes of the learners of whom they declared a conflict, once for all; None before they declared."""
        declared = [declaration.candidates for declaration in self.declarations.all()]
        return frozenset(code for codes in declared for code in codes) if declared else None

    def value(self, inside):
        return Member(str(self.person.code), Seat(self.seat), self.conflicts, inside)

    def judges(self, learner):
        return self.value(False).judges(str(learner.code))


class JuryConvocation(Post):
    """Somebody is asked to come, or told not to any more: once for each date and place."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("convocation")
        OFF = "off", _("cancellation")

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jury = models.ForeignKey(Jury, models.PROTECT, related_name="convocations")
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="convocations")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200)
    kind = models.CharField(max_length=5, choices=Kind, default=Kind.ASKED)
    language = models.CharField(max_length=2)
    address = models.CharField(max_length=254, blank=True)
    at = models.DateTimeField()

    class Meta(Post.Meta):
        verbose_name = _("convocation to a jury")
        ordering = ["at", "pk"]
        constraints = [
            *Post.Meta.constraints,
            models.UniqueConstraint(fields=["jury", "person", "starts_at", "place", "kind"], name="convoked_once"),
        ]

    def __str__(self):
        return f"{self.jury} · {self.person}"

    @property
    def is_expected(self):
        """Whether the person still sits in the jury or is heard by it."""
        if self.kind == self.Kind.OFF or self.jury.is_cancelled:
            return False
        sits = self.jury.members.standing().filter(person=self.person_id).exists()
        return sits or self.jury.candidates.filter(learner=self.person_id).exists()

    def stands_at(self, now):
        """Whether it is still true, and of use, on this day: the jury meets then and there with this person, or it
        was to meet and does not any more."""
        if timezone.localdate(self.starts_at) < timezone.localdate(now):
            return False
        meets = (self.starts_at, self.place) == (self.jury.at, self.jury.place)
        return self.kind == self.Kind.OFF or (meets and self.is_expected)


class ConflictDeclaration(models.Model):
    """What a member declares before they read anything: the codes of the candidates whom they may not judge."""

    member = models.ForeignKey(JuryMember, models.PROTECT, related_name="declarations")
    candidates = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("declaration of conflicts of interest")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.member} · {len(self.candidates)}"


class DecisionQuerySet(models.QuerySet):
    def signed(self):
        """Of the juries whose minutes everybody signed, oldest first."""
        return self.filter(jury__closing__isnull=False).order_by("jury__closing__at", "at", "pk")

    def latest(self, learners, edition):
        """{pk of a learner: the decision of the latest signed minutes}, in this edition."""
        rows = self.signed().filter(learner__in=learners, jury__edition=edition).select_related("jury")
        return {decision.learner_id: decision for decision in rows}

    def validated(self, learners, edition):
        """(pk of a learner, block) of each block that a jury of the same title validated for good."""
        rows = self.signed().filter(learner__in=learners, jury__scheme__in=Scheme.objects.leading(edition))
        last = {(row.jury_id, row.learner_id): row for row in rows}.values()
        return {(row.learner_id, block) for row in last for block in row.blocks}


class JuryDecision(models.Model):
    """What a jury decided of a candidate. Until the minutes are signed another row may follow: the last one counts."""

    code = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    jury = models.ForeignKey(Jury, models.PROTECT, related_name="decisions")
    learner = models.ForeignKey(PERSON, models.PROTECT, related_name="jury_decisions")
    decision = models.CharField(max_length=20, choices=[(str(one), DECISIONS[one]) for one in Decision])
    reason = models.CharField(max_length=1000, blank=True)
    blocks = models.JSONField(default=list)
    author = models.ForeignKey(PERSON, models.PROTECT, related_name="jury_decisions_written")
    at = models.DateTimeField()

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision of a jury")
        constraints = [
            models.CheckConstraint(
                name="jury_gives_its_reason", condition=Q(decision=str(Decision.ADMITTED)) | ~Q(reason="")
            ),
            models.CheckConstraint(name="nobody_decides_of_themselves", condition=~Q(learner=F("author"))),
        ]

    def __str__(self):
        return f"{self.learner} · {self.decision}"

    @property
    def body(self):
        return self.decision, self.reason, self.blocks

    def proposal(self, candidate):
        return Proposal(candidate, Decision(self.decision), self.reason, frozenset(self.blocks))


class JuryMinutes(models.Model):
    """The minutes, frozen in both languages. A decision that changes before all have signed asks for a next number."""

    jury = models.ForeignKey(Jury, models.PROTECT, related_name="minutes")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("minutes of a jury")
        constraints = [models.UniqueConstraint(fields=["jury", "number"], name="minutes_numbered_once")]

    def __str__(self):
        return f"{self.jury} · {self.number}"

    @property
    def is_whole(self):
        return chain.hashed(chain.canonical(self.content)) == self.digest


class JurySignature(models.Model):
    """A member signs the minutes, and no other text: `digest` is that of the minutes."""

    minutes = models.ForeignKey(JuryMinutes, models.PROTECT, related_name="signatures")
    member = models.ForeignKey(JuryMember, models.PROTECT, related_name="signatures")
    strokes = models.JSONField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("signature of the minutes")
        ordering = ["at", "pk"]
        constraints = [models.UniqueConstraint(fields=["minutes", "member"], name="minutes_signed_once")]

    def __str__(self):
        return f"{self.minutes} · {self.member}"


class JuryClosing(models.Model):
    """All have signed its minutes or, before it decided anything, it was cancelled for a reason: from here on the
    database takes no decision, no minutes and no member of this jury."""

    jury = models.OneToOneField(Jury, models.PROTECT, related_name="closing")
    minutes = models.OneToOneField(JuryMinutes, models.PROTECT, null=True, related_name="closing")
    reason = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("closing of a jury")
        constraints = [
            models.CheckConstraint(
                name="jury_signed_or_cancelled",
                condition=Q(minutes__isnull=False, reason="") | Q(minutes=None) & ~Q(reason=""),
            )
        ]

    def __str__(self):
        return f"{self.jury}"


class MinutesFile(models.Model):
    """The PDF of the minutes, written once when all have signed."""

    closing = models.OneToOneField(JuryClosing, models.PROTECT, related_name="file")
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name = _("file of the minutes")

    def __str__(self):
        return self.name
