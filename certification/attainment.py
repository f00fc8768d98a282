"""What an attestation says of each objective, from what assessors saw: values in, values out."""

from enum import StrEnum

from .competence import Mark, Moment, judge, standing


class Attainment(StrEnum):
    ACQUIRED = "acquired"
    IN_PROGRESS = "in_progress"
    NOT_ACQUIRED = "not_acquired"
    NOT_ASSESSED = "not_assessed"


def attainments(framework, observations, recognised=()):
    """{code of a block: Attainment}."""
    verdicts = judge(framework, observations, recognised)
    return {
        block.code: attained(block, verdict, [seen for seen in observations if seen.block == block.code])
        for block, verdict in zip(framework.blocks, verdicts, strict=True)
    }


def attained(block, verdict, seen):
    """Acquired is what the framework calls validated. Not acquired: after the training, somebody saw that a critical
    criterion was not reached. Nobody looked: not assessed, whatever the person knows."""
    if verdict.validated:
        return Attainment.ACQUIRED
    if not any(one.marks for one in seen):
        return Attainment.NOT_ASSESSED
    after = standing(seen, Moment.AFTER)
    missed = any(Mark.NOT_REACHED in after.get(criterion.code, {}).values() for criterion in block.critical)
    return Attainment.NOT_ACQUIRED if missed else Attainment.IN_PROGRESS
