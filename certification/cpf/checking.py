"""Whether a file keeps to its schema: read as it is written, never held whole."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from .writing import CPF, tag, write

PUBLISHED = Path(__file__).with_name("cpf-1.1.2.xsd")


@dataclass(frozen=True)
class Checked:
    sha256: str
    size: int
    fault: str = ""


@dataclass(frozen=True)
class Fault:
    """`id` is that of the passage at fault, or "" when it is the head of the file."""

    id: str
    message: str


def check(chunks, xsd=PUBLISHED):
    """The digest and the size of a file, with what its schema refuses. The schema tells no line: see `culprit`."""
    parser = etree.XMLPullParser(events=("end",), tag=tag("passageCertification"), schema=schema_of(xsd))
    digest, size = hashlib.sha256(), 0
    try:
        for chunk in chunks:
            digest.update(chunk)
            size += len(chunk)
            parser.feed(chunk)
            forget(parser)
        parser.close()
    except etree.XMLSyntaxError as error:
        return Checked(digest.hexdigest(), size, plain(error.msg))
    return Checked(digest.hexdigest(), size)


def schema_of(xsd):
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.XMLSchema(etree.parse(str(xsd), parser))


def forget(parser):
    """Frees the passages that were read."""
    for _event, element in parser.read_events():
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]


def culprit(flux, certifications, xsd=PUBLISHED):
    """The first passage that the schema refuses, each looked at in a file of its own; None when all are accepted."""
    schema = schema_of(xsd)
    for certification in certifications:
        for passage in certification.passages:
            alone = write(flux, [replace(certification, passages=[passage])])
            if not schema.validate(etree.fromstring(b"".join(alone))):
                error = schema.error_log[0]
                return Fault(passage.id if "passageCertification" in error.path else "", plain(error.message))
    return None


def plain(message):
    return message.replace(f"{{{CPF}}}", "")
