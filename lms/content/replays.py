"""The replay of an event, made from content/media/: its parts as blocks, its files as documents."""

from .blocks import inner, listed, resources, stream
from .reader import ROOT, read

FILES = ("slides", "transcript", "summary")


def replay(entry, place, given):
    """The blocks of the media file that “replay” names; none without one."""
    if not entry.has("replay"):
        return stream(f"{place}/replay", [])
    name = entry.raw("replay", str)
    path = ROOT / "media" / f"{name}.yaml"
    if not path.exists():
        raise entry.wrong("replay", f"content/media/{name}.yaml is not there.")
    told = read(path).spoken(entry.language, entry.links)
    told.text("title")
    titles = inner(told, "files")
    files = {kind: given.document(entry, name, kind, titles.text(kind, limit=150)) for kind in FILES}
    blocks = [
        *chapters(told, place),
        ("slides", {"document": files["slides"]}),
        *slides(told),
        ("transcript", {"text": transcript(told), "document": files["transcript"]}),
        ("summary", {"text": told.rich("summary").replace("h2>", "h3>"), "document": files["summary"]}),
        *sketchnote(told, name, given),
        *questions(told, place),
        *further(told, place),
    ]
    told.finish()
    return stream(f"{place}/replay", blocks)


def chapters(told, place):
    rows = []
    for row in told.entries("chapters", default=[]):
        rows.append({"time": row.raw("time", str), "title": row.text("title", limit=150)})
        row.finish()
    return [("chapters", {"chapters": listed(f"{place}/chapters", rows)})] if rows else []


def slides(told):
    for slide in told.entries("slides"):
        points = "".join(f"<li>{point}</li>" for point in slide.texts("points"))
        yield "slide", {"title": slide.text("title", limit=150), "text": f"<ul>{points}</ul>", "image": None}


def transcript(told):
    said = inner(told, "transcript")
    turns = [
        f"<h3>{turn.raw('speaker', str)}, {turn.text('role')}</h3>{turn.rich('text')}" for turn in said.entries("turns")
    ]
    return said.rich("note") + "".join(turns)


def sketchnote(told, name, given):
    if not told.has("sketchnote"):
        return []
    image = given.image(told, f"{name}-sketchnote-{told.language}.webp", told.text("title"))
    return [("sketchnote", {"image": image, "text": told.rich("sketchnote")})]


def questions(told, place):
    rows = []
    for row in told.entries("questions", default=[]):
        rows.append({"question": row.text("question", limit=300), "answer": row.text("answer")})
        row.finish()
    return [("questions", {"questions": listed(f"{place}/questions", rows)})] if rows else []


def further(told, place):
    return [("resources", resources(told, f"{place}/further", None))] if told.has("resources") else []
