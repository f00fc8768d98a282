"""What was observed of the learners of an edition, gathered for the screens and for a jury."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from certification import competence

from .models import Assessment, FrameworkVersion, JuryDecision, PortfolioItem, Recognition


@dataclass(frozen=True)
class Practice:
    """Everything that counts for one learner, by the version of the framework of their edition."""

    framework: competence.Framework
    assessments: list
    recognitions: list
    by_jury: tuple = ()

    @cached_property
    def observations(self):
        return [assessment.value for assessment in self.assessments]

    @cached_property
    def verdicts(self):
        recognised = [(recognition.block, recognition.kind) for recognition in self.recognitions]
        recognised += [(block, competence.Proof.JURY) for block in self.by_jury]
        return competence.judge(self.framework, self.observations, recognised)

    @property
    def validated(self):
        return [verdict.block for verdict in self.verdicts if verdict.validated]

    @property
    def agreements(self):
        return competence.agreements(self.observations)

    def curve(self, block):
        return competence.curve(block, self.observations)

    @cached_property
    def names(self):
        """{key of an assessor: name}."""
        return {str(assessment.author_id): str(assessment.author) for assessment in self.assessments}

    @property
    def assessors(self):
        return len(self.names)


def framework_of(edition):
    """The framework by which an edition is judged; an empty one while none is published."""
    version = FrameworkVersion.objects.of(edition) if edition else None
    return version.framework if version else competence.Framework()


def of(learner, edition):
    return practices([learner], edition)[learner.pk]


def practices(learners, edition):
    """The practice of each learner, by pk: the same number of queries, whatever their number."""
    framework = framework_of(edition)
    mine = {"learner__in": learners, "edition": edition}
    assessments = by_learner(Assessment.objects.filter(**mine).with_facts())
    recognitions = by_learner(Recognition.objects.standing().filter(**mine).select_related("author", "item"))
    validated = defaultdict(list)
    for learner, block in sorted(JuryDecision.objects.validated(learners, edition)):
        validated[learner].append(block)
    return {
        pk: Practice(framework, assessments[pk], recognitions[pk], validated[pk]) for pk in (one.pk for one in learners)
    }


def by_learner(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.learner_id].append(row)
    return found


def portfolio_of(learner):
    """The files of a learner, newest first: two queries."""
    return list(PortfolioItem.objects.filter(learner=learner).with_reviews())
