"""Each kind of file as the fields of its page, in the language of the reading."""

from courses.models import Question
from courses.scoring import Kind
from guides.models import Cost, Level, Place, Reading

from .blocks import HATS, body, key_of, lines, sources, stream
from .replays import replay

NUMBERS = range(1, 6)


def common(entry):
    return {"slug": entry.text("slug", limit=100), "title": entry.text("title", limit=150)}


def home(entry, place, given):
    headline = entry.texts("headline", limit=80)
    if len(headline) != 2:
        raise entry.wrong("headline", "“headline” should be two lines.")
    steps = [
        ("step", {"title": step.text("title", limit=80), "text": step.text("text")}) for step in entry.entries("how")
    ]
    names = ("modules_title", "modules_note", "events_title", "how_title", "guides_title", "guides_note")
    return {
        **common(entry),
        "headline": headline[0],
        "headline_end": headline[1],
        "intro": entry.text("intro", limit=300),
        "how": stream(f"{place}/how", steps),
        **{name: entry.text(name, default="") for name in names},
    }


def standard(entry, place, given):
    return {
        **common(entry),
        "intro": entry.text("intro", default="", limit=300),
        "body": body(entry, place, given.contacts),
        "sources": sources(entry, place),
        "verified_on": entry.date("verified_on", default=None),
    }


def listing(entry, place, given):
    return {**common(entry), "intro": entry.text("intro", default="", limit=300)}


def course(entry, place, given):
    return {**common(entry), "summary": entry.text("summary", limit=300)}


def module(entry, place, given):
    return {
        **common(entry),
        "number": entry.integer("number", 1, 5),
        "summary": entry.text("summary", limit=300),
        "objectives": lines(entry, "objectives", place),
        "before": lines(entry, "before", place, default=[]),
        "sensitive": entry.text("sensitive", default=""),
        "certificate_line": entry.text("certificate_line", limit=60),
    }


def lesson(entry, place, given):
    return {
        **common(entry),
        "summary": entry.text("summary", limit=300),
        "minutes": entry.integer("minutes", 5, 10),
        "tags": [given.topic(entry, tag) for tag in entry.names("tags")],
        "sensitive": entry.text("sensitive", default=""),
        "hat": entry.one_of("hat", HATS, default=""),
        "body": body(entry, place, given.contacts),
        "sources": sources(entry, place),
        "verified_on": entry.date("verified_on", default=None),
    }


def quiz(entry, place, given):
    questions = entry.entries("questions")
    return {
        **common(entry),
        "intro": entry.text("intro", default=""),
        "minutes": entry.integer("minutes", 1, 60),
        "pass_percent": entry.integer("pass_percent", 1, 100),
        "questions": [question(row, f"{place}/{number}", number, given) for number, row in enumerate(questions)],
    }


def question(entry, place, number, given):
    kind = entry.one_of("kind", [str(kind) for kind in Kind])
    review = entry.raw("review", str, None)
    lesson_page = given.page(key_of(place.split("/quiz")[0], review)) if review else None
    if review and lesson_page is None:
        raise entry.wrong("review", f"“{review}” is not a lesson of this module.")
    choices = [choice(row, kind) for row in entry.entries("choices")]
    refuse_impossible(entry, kind, choices)
    value = Question(
        translation_key=key_of(place, "question"),
        sort_order=number,
        kind=kind,
        text=entry.text("text", limit=300),
        review_id=lesson_page and lesson_page.pk,
        choices=stream(f"{place}/choices", [("choice", value) for value in choices]),
    )
    entry.finish()
    return value


def choice(entry, kind):
    value = {
        "text": entry.text("text", limit=250),
        "match": entry.text("match", limit=250) if kind == Kind.MATCHING else "",
        "correct": entry.raw("correct", bool, False),
        "feedback": entry.text("feedback"),
    }
    entry.finish()
    return value


def refuse_impossible(entry, kind, choices):
    """A question that nobody could answer, or everybody would, is a mistake."""
    right = sum(value["correct"] for value in choices)
    matches = {value["match"] for value in choices}
    refusals = {
        Kind.SINGLE: right != 1 or len(choices) < 3,
        Kind.BOOLEAN: right != 1 or len(choices) != 2,
        Kind.MULTIPLE: not 2 <= right < len(choices),
        Kind.ORDERING: len(choices) < 3,
        Kind.MATCHING: len(matches) != len(choices) or len(choices) < 3,
    }
    if refusals[Kind(kind)]:
        raise entry.wrong("choices", f"This “{kind}” question cannot be answered: see content/README.md.")


def activity(entry, place, given):
    levels = Level.values
    return {
        **common(entry),
        "summary": entry.text("summary", limit=300),
        "goal_language": entry.text("goal_language", limit=300),
        "goal_social": entry.text("goal_social", limit=300),
        "theme": given.topic(entry, entry.raw("theme", str)),
        "level_min": entry.one_of("level_min", levels),
        "level_max": entry.one_of("level_max", levels),
        "reading": entry.one_of("reading", Reading.values),
        "group_min": entry.integer("group_min", 1, 50),
        "group_max": entry.integer("group_max", 1, 50),
        "duration": entry.integer("duration", 5, 480),
        "preparation": entry.integer("preparation", 0, 240),
        "place": entry.one_of("place", Place.values),
        "cost": entry.one_of("cost", Cost.values),
        "material": lines(entry, "material", place, default=[]),
        "steps": lines(entry, "steps", place, limit=600),
        "sentences": lines(entry, "sentences", place),
        "variants": entry.rich("variants", default=""),
        "tips": entry.rich("tips", default=""),
        "safety": entry.rich("safety", default=""),
        "participation_hours": entry.raw("participation_hours", bool, False),
    }


def guide(entry, place, given):
    return {
        **common(entry),
        "summary": entry.text("summary", limit=300),
        "number": entry.integer("number", 1, 5),
        "level_min": entry.one_of("level_min", Level.values),
        "level_max": entry.one_of("level_max", Level.values),
        "place": entry.one_of("place", Place.values),
        "tags": [given.topic(entry, tag) for tag in entry.names("tags")],
        "intro": entry.rich("intro"),
        "advice": entry.rich("advice", default=""),
        "chapters": [given.activity(entry, name) for name in entry.names("activities")],
    }


def event(entry, place, given):
    people = []
    for row in entry.entries("speakers", default=[]):
        value = {
            "name": row.raw("name", str),
            "role": row.text("role", default=""),
            "organisation": row.raw("organisation", str, ""),
        }
        row.finish()
        people.append(("speaker", value))
    for name in ("days", "slots", "capacity", "place", "online"):
        entry.asked.add(name)
    return {
        **common(entry),
        "kind": entry.one_of("kind", ["webinar", "workshop"]),
        "number": entry.integer("module", 1, 5),
        "summary": entry.text("summary", limit=300),
        "objectives": lines(entry, "objectives", place, default=[]),
        "languages": entry.text("languages", default="", limit=150),
        "practical": entry.text("practical", default="", limit=300),
        "series": entry.text("series", default="", limit=100),
        "audience": entry.text("audience", default="", limit=150),
        "level": entry.text("level", default="", limit=100),
        "access": entry.text("access", default="", limit=300),
        "bring": entry.text("bring", default="", limit=200),
        "support": entry.text("support", default="", limit=200),
        "speakers": stream(f"{place}/speakers", people),
        "body": body(entry, place, given.contacts) if entry.has("body") else [],
        "materials": stream(f"{place}/materials", materials(entry, given)),
        "replay": replay(entry, place, given),
        "tags": [given.topic(entry, tag) for tag in entry.names("tags", [])],
    }


def materials(entry, given):
    found = []
    for row in entry.entries("materials", default=[]):
        kind = row.one_of("kind", ["slides", "transcript", "summary"])
        value = {"kind": kind, "title": row.text("title", limit=150), "url": ""}
        value["document"] = given.document(row, row.raw("file", str), kind, value["title"])
        row.finish()
        found.append(("material", value))
    return found
