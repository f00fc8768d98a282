"""A rule tried on the people of the trainings that run, before it is published: nothing is written."""

from dataclasses import dataclass

from django.db.models import Q

from courses.models import Edition, Enrolment
from people.names import by_name

from . import sentences, verdicts
from .models import RuleVersion, SchemeEdition
from .models.schemes import DEFAULT
from .rules import Verdict, judge, lost


@dataclass(frozen=True)
class Tried:
    """`gains`, `loses`: whether the certificate is within reach. `more`, `less`: what would be missing, or no more."""

    learner: object
    edition: Edition
    before: Verdict
    after: Verdict

    @property
    def gains(self):
        return self.after.ready and not self.before.ready

    @property
    def loses(self):
        return self.before.ready and not self.after.ready

    @property
    def more(self):
        return sentences.to_staff(Verdict(lost(self.before, self.after), ()))

    @property
    def less(self):
        return sentences.to_staff(Verdict(lost(self.after, self.before), ()))


def running(scheme, user, today):
    """The trainings of a scheme that run today, of those that this person sees."""
    mine = Q(scheme_chosen__scheme=scheme)
    if scheme.key == DEFAULT:
        mine |= ~Q(pk__in=SchemeEdition.objects.values("edition"))
    editions = Edition.objects.seen_by(user).filter(mine, started_at__isnull=False, ends_on__gte=today)
    return editions.select_related("cohort").distinct()


def tried(rule_set, editions):
    """Everyone of these trainings by the rule that stands and by the one that is tried: those who lose, those who
    gain, then the others by name."""
    rows = [row for edition in editions for row in tried_in(rule_set, edition)]
    return sorted(rows, key=lambda row: (not row.loses, not row.gains, *by_name(row.learner)))


def tried_in(rule_set, edition):
    learners = [one.learner for one in Enrolment.objects.filter(edition=edition).select_related("learner")]
    records, stands = verdicts.gathered(learners, edition), RuleVersion.objects.asked_by(edition)
    for learner in learners:
        found = records[learner.pk]
        before, after = judge(found, edition.asked, stands), judge(found, edition.asked, rule_set)
        yield Tried(learner, edition, before, after)
