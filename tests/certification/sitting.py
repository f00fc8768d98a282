"""A jury of three, from its opening to its last signature, for the tests of juries."""

import datetime
from dataclasses import dataclass
from uuid import uuid4

from django.utils import timezone

from certification import deliberating
from certification.jury import Decision, Seat
from certification.models import Jury, JuryMember
from certification.tasks import make_minutes
from people.models import User
from people.roles import Role
from tests.certification.facts import STROKES
from tests.certification.practising import make_assessor

ADMITTED, PARTIAL, POSTPONED = Decision.ADMITTED, Decision.PARTIAL, Decision.POSTPONED


@dataclass
class Sitting:
    jury: Jury
    chair: JuryMember
    professional: JuryMember
    trainer: JuryMember

    @property
    def members(self):
        return [self.chair, self.professional, self.trainer]

    def fresh(self, member):
        return JuryMember.objects.select_related("jury__edition", "jury__scheme", "person").get(pk=member.pk)

    def declare(self, **conflicts):
        """`chair=[learner]`: of whom the chair declares a conflict."""
        for name in ("chair", "professional", "trainer"):
            deliberating.declare(self.fresh(getattr(self, name)), conflicts.get(name, []), timezone.now())
        return self

    def decide(self, learner, decision=ADMITTED, reason="", blocks=(), by=None):
        member = self.fresh(by or self.chair)
        return deliberating.decide(member, learner, decision, timezone.now(), reason, blocks)

    def admit_all(self):
        for learner in self.jury.learners:
            self.decide(learner)
        return self

    def draw_up(self):
        return deliberating.draw_up(self.jury, timezone.now())

    def sign(self, member, minutes=None):
        digest = (minutes or self.draw_up()).digest
        return deliberating.sign(self.fresh(member), digest, STROKES, timezone.now())

    def sign_all(self):
        """And the PDF is made, as the worker does."""
        minutes = self.draw_up()
        for member in self.members:
            self.sign(member, minutes)
        self.jury = Jury.objects.select_related("closing", "edition", "scheme").get(pk=self.jury.pk)
        make_minutes.call(self.jury.closing.pk)
        return self


def make_jury(edition, coordinator, *learners, days=0):
    """Two people from outside and the trainer of the group; nobody declared anything yet."""
    now = timezone.now()
    at = now + datetime.timedelta(days=days)
    values = {"code": uuid4(), "at": at, "place": "Salle des Tilleuls, Lille"}
    jury = deliberating.open_jury(edition, learners, coordinator, now, **values)
    people = [
        (found("chair", "Marc Wattrelot"), Seat.CHAIR),
        (found("professional", "Hanne De Smet"), Seat.PROFESSIONAL),
        (edition.cohort.trainers.first(), Seat.TRAINER),
    ]
    members = [deliberating.name_member(jury, person, seat, coordinator, now) for person, seat in people]
    return Sitting(jury, *members)


def found(username, name):
    known = User.objects.filter(username=username).first()
    return known or make_assessor(username, name, Role.JURY)
