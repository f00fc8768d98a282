"""The demo's competence framework and what the course covers of it; what the assessors saw of the demo's learners."""

import datetime

from django.utils import timezone

from certification.competence import Block, Competence, Criterion, Framework, Mark, Moment
from certification.models import (
    Assessment,
    AssessmentAnswer,
    Assignment,
    CoverageLink,
    FrameworkDraft,
    FrameworkVersion,
    PortfolioItem,
    Recognition,
)
from certification.models.framework import AMBASSADOR
from guides.contents import imprint
from home.documents.handout import HandoutSection, HandoutText, handout
from home.interface import spoken_in
from home.models import SiteSettings

from .blocks import key_of
from .cast import stages
from .reader import LANGUAGES, ROOT, read

PATH = ROOT / "framework.yaml"
LESSON, QUESTION = CoverageLink.Kind


def framework_of(entry):
    """The blocks of the file, their codes by their order."""
    blocks = tuple(block(row, f"B{number}") for number, row in enumerate(entry.entries("blocks"), 1))
    entry.finish()
    return Framework(blocks)


def block(entry, code):
    competences = tuple(
        competence(row, f"{code}.C{number}") for number, row in enumerate(entry.entries("competences"), 1)
    )
    texts = [pair(entry, name) for name in ("title", "activity", "assessment")]
    entry.finish()
    return Block(code, *texts, competences)


def competence(entry, code):
    criteria = []
    for number, row in enumerate(entry.entries("criteria"), 1):
        criteria.append(Criterion(f"{code}.K{number}", pair(row, "text"), row.raw("critical", bool, False)))
        row.finish()
    entry.asked |= {"lessons", "questions"}
    title = pair(entry, "title")
    entry.finish()
    return Competence(code, title, tuple(criteria))


def pair(entry, name):
    entry.text(name, limit=300)
    return {language: entry.data[name][language].strip() for language in LANGUAGES}


def links_of(entry):
    """{code of a competence: {kind: keys}}, each name checked against the files of the course."""
    return {
        f"B{number}.C{place}": {LESSON: lessons_of(row), QUESTION: questions_of(row)}
        for number, block_row in enumerate(entry.entries("blocks"), 1)
        for place, row in enumerate(block_row.entries("competences"), 1)
    }


def lessons_of(entry):
    names = entry.names("lessons", [])
    for name in names:
        if not (ROOT / "course" / f"{name}.yaml").exists():
            raise entry.wrong("lessons", f"“{name}” is not a lesson.")
    return {key_of(f"course/{name}") for name in names}


def questions_of(entry):
    found = set()
    for folder, numbers in entry.raw("questions", dict, {}).items():
        path = ROOT / "course" / folder / "quiz.yaml"
        count = len(read(path).data["questions"]) if path.exists() else 0
        for number in numbers:
            if not isinstance(number, int) or not 0 <= number < count:
                raise entry.wrong("questions", f"“{folder}” has no question {number}.")
            found.add(key_of(f"course/{folder}/quiz/{number}", "question"))
    return found


def load_framework(users):
    """Version 1, published before the demo's training started, and its links. What stands already is kept."""
    if FrameworkVersion.objects.filter(scheme=AMBASSADOR).exists():
        return False
    now, author = timezone.now(), users["coordinateur"]
    found = framework_of(read(PATH))
    draft = FrameworkDraft.objects.begin(author, now)
    FrameworkDraft.objects.change(draft, lambda _old, _used: found, author, now)
    FrameworkVersion.objects.publish(draft, author, now - datetime.timedelta(days=90))
    for code, keys in links_of(read(PATH)).items():
        CoverageLink.objects.choose(code, keys)
    return True


def load_practice(users, edition):
    """Who is asked to assess whom, and what they saw, as content/practice.yaml tells it."""
    entry, now = read(ROOT / "practice.yaml"), timezone.now()
    version, assignments = FrameworkVersion.objects.of(edition), {}
    for username, _modules, _hours in stages():
        for assessor in entry.names("assessors"):
            assignments[username, assessor] = Assignment.objects.ask(
                edition, users[username], users[assessor], users["coordinateur"], now - datetime.timedelta(days=55)
            )
    for number, row in enumerate(entry.entries("grids")):
        load_grid(row, number, version, assignments, now)
    for row in entry.entries("recognitions"):
        load_recognition(row, edition, users, now)
    for row in entry.entries("portfolio"):
        load_item(row, users, now)


def load_grid(row, number, version, assignments, now):
    at = now + datetime.timedelta(days=row.integer("days", -90, 0))
    criteria = version.framework.block(row.raw("block", str)).criteria
    given = row.raw("marks", str)
    if len(given) != len(criteria):
        raise row.wrong("marks", f"{len(criteria)} marks are expected.")
    marks = {criterion.code: Mark(int(mark)) for criterion, mark in zip(criteria, given, strict=True) if mark != "-"}
    learner, assessor = row.raw("learner", str), row.raw("assessor", str)
    assessment = Assessment.objects.record(
        assignment=assignments[learner, assessor],
        version=version,
        block=row.data["block"],
        moment=Moment(row.one_of("moment", list(Moment))),
        marks=marks,
        comments=row.raw("comments", dict, {}),
        remark=row.raw("remark", str, ""),
        observed_on=timezone.localdate(at),
        uuid=key_of("practice", number, learner, assessor),
        now=at,
    )
    if row.has("answer"):
        AssessmentAnswer.objects.give(assessment, row.raw("answer", str), at + datetime.timedelta(days=1))


def load_recognition(row, edition, users, now):
    learner = row.raw("learner", str)
    values = {name: row.raw(name, str, "") for name in ("block", "kind", "source_title", "source_block")}
    code = key_of("recognition", learner, values["block"])
    Recognition.objects.grant(edition, users[learner], users["coordinateur"], now, code=code, **values)


def load_item(row, users, now):
    """A document of one page, drawn from its text."""
    at = now + datetime.timedelta(days=row.integer("days", -90, 0))
    title = row.raw("title", str)
    with spoken_in("fr"):
        sections = [HandoutSection(part.raw("title", str), [part.raw("text", str)]) for part in row.entries("sections")]
        text = HandoutText("fr", title, "", "Portfolio", sections, imprint(SiteSettings.load()), 2)
        content = handout(text)
    item = PortfolioItem.objects.add(users[row.raw("learner", str)], title, content, "application/pdf", at)
    review = row.within(row.raw("review", dict))
    item.say(
        users[review.raw("author", str)],
        review.one_of("verdict", PortfolioItem.Status.values),
        at + datetime.timedelta(days=3),
        review.raw("block", str, ""),
        review.raw("reason", str, ""),
    )
