"""The practice of one learner as a page shows it: by block, in words, with its curve and its grids."""

from dataclasses import dataclass

from . import practice_words
from .competence import Moment

# The frame of a curve, in units of its drawing.
LEFT, STEP, TOP, HEIGHT = 50, 100, 26, 64


@dataclass(frozen=True)
class Dot:
    label: str
    x: int
    y: int
    percent: int | None
    criteria: int
    assessors: int


@dataclass(frozen=True)
class BlockBoard:
    block: object
    verdict: object
    proofs: list
    to_do: list
    dots: list
    sentence: str
    grids: list

    @property
    def line(self):
        """The points of the curve, for a polyline."""
        return " ".join(f"{dot.x},{dot.y}" for dot in self.seen)

    @property
    def seen(self):
        return [dot for dot in self.dots if dot.percent is not None]


@dataclass(frozen=True)
class Board:
    blocks: list
    agreements: list
    recognitions: list
    validated: int

    @property
    def grids(self):
        return [grid for block in self.blocks for grid in block.grids]


@dataclass(frozen=True)
class Grid:
    """An assessment with its criteria in words."""

    assessment: object
    moment: str
    rows: list


def board_of(practice, language):
    texts = {
        criterion.code: criterion.text[language] for block in practice.framework.blocks for criterion in block.criteria
    }
    blocks = [
        block_board(practice, block, verdict, texts, language)
        for block, verdict in zip(practice.framework.blocks, practice.verdicts, strict=True)
    ]
    agreements = [practice_words.agreed(agreement, practice.names) for agreement in practice.agreements]
    return Board(blocks, agreements, practice.recognitions, len(practice.validated))


def block_board(practice, block, verdict, texts, language):
    points = practice.curve(block)
    return BlockBoard(
        block=block,
        verdict=verdict,
        proofs=[practice_words.PROOFS[proof] for proof in verdict.proofs],
        to_do=practice_words.to_do(verdict, texts, practice.names),
        dots=[dot(place, moment, points[moment]) for place, moment in enumerate(Moment)],
        sentence=practice_words.risen(points),
        grids=[grid(one, language) for one in practice.assessments if one.block == block.code],
    )


def dot(place, moment, point):
    percent = point.percent if point else 0
    return Dot(
        label=practice_words.MOMENTS[moment],
        x=LEFT + STEP * place,
        y=TOP + HEIGHT - HEIGHT * percent // 100,
        percent=point and point.percent,
        criteria=point.criteria if point else 0,
        assessors=point.assessors if point else 0,
    )


def grid(assessment, language):
    """In the words of the version that it was assessed by."""
    block = assessment.version.framework.block(assessment.block)
    comments = assessment.detail.comments if hasattr(assessment, "detail") else {}
    rows = [
        (criterion, criterion.text[language], assessment.marks.get(criterion.code), comments.get(criterion.code, ""))
        for criterion in block.criteria
    ]
    return Grid(assessment, practice_words.MOMENTS[assessment.moment], rows)
