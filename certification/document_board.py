"""The documents of the learners of an edition, as those who follow them see them."""

from collections import defaultdict
from dataclasses import dataclass

from courses.models import Enrolment
from people.names import by_name

from .document_kinds import LANGUAGES, Kind
from .models import IssuedDocument


@dataclass(frozen=True)
class Row:
    """One kind of document of one learner: the ones that stand, by language."""

    kind: Kind
    issued: list


@dataclass(frozen=True)
class Board:
    learners: list
    batches: list
    """(kind, [(language, how many)]) of what can be made and taken away together."""


def standing(edition):
    return IssuedDocument.objects.standing().filter(edition=edition)


def of(edition):
    """Two queries, whatever the number of learners."""
    enrolments = Enrolment.objects.filter(edition=edition).select_related("learner")
    learners = sorted((one.learner for one in enrolments), key=by_name)
    found, counts = defaultdict(list), defaultdict(int)
    for issued in standing(edition).filter(body__isnull=False):
        found[issued.learner_id].append(issued)
        counts[issued.kind, issued.language] += 1
    batches = [(kind, [(language, counts[kind, language]) for language in LANGUAGES]) for kind in Kind]
    return Board([(person, rows(found[person.pk])) for person in learners], batches)


def of_one(learner, edition):
    """One query."""
    return rows(standing(edition).filter(learner=learner, body__isnull=False))


def rows(documents):
    by_kind = defaultdict(list)
    for issued in documents:
        by_kind[issued.kind].append(issued)
    return [Row(kind, sorted(by_kind[kind], key=lambda issued: issued.language)) for kind in Kind]


def of_learner(learner):
    """{pk of an edition: documents}: one query."""
    found = defaultdict(list)
    for issued in IssuedDocument.objects.standing().filter(learner=learner, body__isnull=False):
        found[issued.edition_id].append(issued)
    return found
