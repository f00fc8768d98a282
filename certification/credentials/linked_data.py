"""JSON-LD without the network: vendored contexts, one loader that refuses all else, a bounded canonical form.

What a signature covers is the canonical form. A term that no context knows would be dropped from it and stay unsigned,
so it is refused instead.
"""

import json
import re
from functools import cache
from math import factorial
from pathlib import Path
from threading import Lock

from pyld import jsonld
from pyld.canon import URDNA2015

FOLDER = Path(__file__).parent / "contexts"
CREDENTIALS = "https://www.w3.org/ns/credentials/v2"
OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
CONTEXTS = {
    CREDENTIALS: "credentials-v2.json",
    OPEN_BADGES: "ob-v3p0-context-3.0.3.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json": "ob-v3p0-context-3.0.2.json",
    "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json": "ob-v3p0-context-3.0.1.json",
    "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
}
# Beyond these a document is refused before anything is computed: the canonical form of a few kilobytes that were made
# to be slow takes minutes.
VALUES, DEPTH, STEPS = 1000, 20, 2000
ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+|_:\w+")
# PyLD keeps contexts for the whole process, in a cache that two threads at once break.
ONE_AT_A_TIME = Lock()
KEYWORDS = {"@context", "@id", "@type", "@value", "@language", "@direction"}


class Unreadable(ValueError):
    """Not a document that we can canonicalise; says why."""


class Bounded(URDNA2015):
    """Counts the permutations that blank nodes of the same shape ask for."""

    def __init__(self):
        super().__init__()
        self.steps = 0

    def create_hash_to_related(self, id_, issuer):
        related = super().create_hash_to_related(id_, issuer)
        self.steps += 1 + sum(factorial(min(len(nodes), 12)) for nodes in related.values())
        if self.steps > STEPS:
            raise Unreadable("too many nodes of the same shape")
        return related


@cache
def vendored(url):
    name = CONTEXTS.get(url)
    if name is None:
        raise Unreadable(f"unknown context: {url}")
    return json.loads((FOLDER / name).read_text())


def load(url, options=None):
    return {"contextUrl": None, "contentType": "application/ld+json", "documentUrl": url, "document": vendored(url)}


def canonical(document):
    """The canonical N-Quads. Raises Unreadable."""
    screen(document)
    with ONE_AT_A_TIME:
        return normalised(document)


def normalised(document):
    options = {"documentLoader": load, "base": None}
    try:
        expanded = jsonld.expand(document, options, on_property_dropped=refuse_term)
        refuse_relative(expanded)
        dataset = jsonld.to_rdf(expanded, {**options, "rdfDirection": None})
        return Bounded().main(dataset, {"format": "application/n-quads"})
    except jsonld.JsonLdError as error:
        raise Unreadable(str(error.code or error.type)) from error
    except (RecursionError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise Unreadable("not JSON-LD") from error


def screen(document):
    """Only our contexts, named once at the top, and a size that takes no time."""
    if not isinstance(document, dict):
        raise Unreadable("not an object")
    contexts = document.get("@context")
    if not isinstance(contexts, list) or not all(isinstance(url, str) and url in CONTEXTS for url in contexts):
        raise Unreadable("unknown context")
    waiting, seen = [({**document, "@context": None}, 0)], 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if seen > VALUES or depth > DEPTH:
            raise Unreadable("too large")
        if isinstance(value, dict):
            refuse_keywords(value, depth)
            waiting += [(inner, depth + 1) for inner in value.values()]
        elif isinstance(value, list):
            waiting += [(inner, depth + 1) for inner in value]


def refuse_keywords(value, depth):
    for key in value:
        if key.startswith("@") and (key not in KEYWORDS or (key == "@context" and depth)):
            raise Unreadable(f"unexpected keyword: {key}")


def refuse_term(term):
    raise Unreadable(f"unknown term: {term}")


def refuse_relative(value):
    """A type or an identifier that is no full address would be dropped."""
    if isinstance(value, list):
        for inner in value:
            refuse_relative(inner)
    elif isinstance(value, dict):
        names = [value["@id"]] if "@id" in value else []
        if "@value" not in value:
            names += value.get("@type", [])
        if not all(isinstance(name, str) and ADDRESS.fullmatch(name) for name in names):
            raise Unreadable("unknown term or relative address")
        for key, inner in value.items():
            if key not in ("@id", "@type", "@value"):
                refuse_relative(inner)
