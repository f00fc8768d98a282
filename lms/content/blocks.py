"""Blocks of a YAML body as StreamField data. The ids depend on the place in the file only, so that both languages
and every loading share them."""

import uuid

from home.blocks import ContentLanguage, Hat, PlaceOfLaw, Tone

NAMESPACE = uuid.UUID("5b0c1c9e-3f5e-4f0e-9d52-6a1f4d4f6a10")
HATS = [hat for hat in Hat.values if hat]


def key_of(*parts):
    """The same UUID for the same place in the content."""
    return uuid.uuid5(NAMESPACE, "/".join(str(part) for part in parts))


def stream(place, blocks):
    return [
        {"type": kind, "value": value, "id": str(key_of(place, number, kind))}
        for number, (kind, value) in enumerate(blocks)
    ]


def listed(place, values):
    return [
        {"type": "item", "value": value, "id": str(key_of(place, "item", number))}
        for number, value in enumerate(values)
    ]


def lines(entry, key, place, limit=200, default=...):
    return stream(f"{place}/{key}", [("line", text) for text in entry.texts(key, default, limit)])


def body(entry, place, contacts):
    """The blocks of “body”. `contacts` maps a key to the primary key of a Contact."""
    blocks = []
    for number, holder in enumerate(entry.entries("body")):
        if len(holder.data) != 1:
            raise holder.wrong("", "One block, with one name, is expected here.")
        kind = next(iter(holder.data))
        if kind not in READERS:
            raise holder.wrong(kind, f"“{kind}” is not a block. Known: {', '.join(READERS)}.")
        blocks.append((kind, READERS[kind](holder, f"{place}/body/{number}", contacts)))
    return stream(f"{place}/body", blocks)


def inner(holder, kind):
    return holder.within(holder.raw(kind, dict))


def text(holder, place, contacts):
    return holder.rich("text")


def terms(holder, place, contacts):
    rows = []
    for entry in holder.entries("terms"):
        rows.append({"term": entry.text("term", limit=100), "meaning": entry.text("meaning")})
        entry.finish()
    return {"terms": listed(place, rows)}


def case(holder, place, contacts):
    entry = inner(holder, "case")
    value = {
        "title": entry.text("title", limit=150),
        "hat": entry.one_of("hat", HATS, default=""),
        "text": entry.rich("text"),
    }
    entry.finish()
    return value


def exercise(holder, place, contacts):
    entry = inner(holder, "exercise")
    value = {
        "title": entry.text("title", limit=150),
        "minutes": entry.integer("minutes", 1, 60) if entry.has("minutes") else None,
        "text": entry.rich("text"),
    }
    entry.finish()
    return value


def only_text(kind):
    def reader(holder, place, contacts):
        entry = inner(holder, kind)
        value = {"text": entry.rich("text")}
        entry.finish()
        return value

    return reader


def callout(holder, place, contacts):
    entry = inner(holder, "callout")
    value = {
        "tone": entry.one_of("tone", Tone.values),
        "title": entry.text("title", limit=150),
        "text": entry.rich("text"),
    }
    entry.finish()
    return value


def country(holder, place, contacts):
    entry = inner(holder, "country")
    value = {
        "title": entry.text("title", limit=150),
        "france": entry.rich("france"),
        "belgium": entry.rich("belgium"),
    }
    entry.finish()
    return value


def contact_list(holder, place, contacts):
    entry = inner(holder, "contacts")
    keys = entry.names("keys")
    for key in keys:
        if key not in contacts:
            raise entry.wrong("keys", f"“{key}” is not in contacts.yaml.")
    value = {"title": entry.text("title", limit=150), "contacts": listed(place, [contacts[key] for key in keys])}
    entry.finish()
    return value


def resources(holder, place, contacts):
    rows = []
    for entry in holder.entries("resources"):
        rows.append(
            {
                "title": entry.text("title", limit=200),
                "url": entry.raw("url", str, ""),
                "document": None,
                "language": entry.one_of("language", ContentLanguage.values),
                "checked_on": entry.date("checked_on").isoformat(),
            }
        )
        entry.finish()
    return {"resources": listed(place, rows)}


def sources(entry, place):
    values = []
    for source in entry.entries("sources", default=[]):
        values.append(
            {
                "title": source.text("title", limit=250),
                "url": source.raw("url", str, ""),
                "country": source.one_of("country", PlaceOfLaw.values),
            }
        )
        source.finish()
    if values and not entry.has("verified_on"):
        raise entry.wrong("sources", "Sources need a “verified_on” date.")
    return stream(f"{place}/sources", [("source", value) for value in values])


READERS = {
    "text": text,
    "terms": terms,
    "case": case,
    "exercise": exercise,
    "breathing": only_text("breathing"),
    "callout": callout,
    "country": country,
    "contacts": contact_list,
    "keep": only_text("keep"),
    "resources": resources,
}
