"""The return file of the register: for each passage, accepted or why not.

Its tags are read whatever their prefix and their capitals, since the files seen differ: `passagesOK` holds either
`passage/idTechnique` or `idTechnique` alone. What is not understood is refused with its line.
"""

from dataclasses import dataclass, field

from lxml import etree

LARGEST = 100 * 1024**2
LONGEST = 255
ROOT = "rapport"


class Unreadable(Exception):
    """`reason` is a code of certification.sentences."""

    def __init__(self, reason, line=0):
        super().__init__(reason)
        self.reason = reason
        self.line = line


@dataclass(frozen=True)
class Answer:
    """`reason` is empty for a passage that was accepted."""

    reason: str
    line: int


@dataclass
class Report:
    """`answers` by idTechnique; `errors` are those of a file refused as a whole, as (line, message)."""

    flux: str = ""
    file: str = ""
    treatment: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    errors: list[tuple[str, str]] = field(default_factory=list)


def read(file):
    """The report in a binary file; Unreadable with a reason and a line."""
    report = Report()
    try:
        walk(report, file)
    except etree.XMLSyntaxError as error:
        raise Unreadable("xml", error.lineno or 0) from None
    if not report.answers and not report.errors:
        raise Unreadable("no_answer")
    return report


def walk(report, file):
    events = etree.iterparse(file, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False)
    part = None
    for event, element in events:
        name = name_of(element)
        if event == "start" and element.getparent() is None:
            check_root(element, name)
        elif event == "start" and name in ("passagesok", "passagesko"):
            part = name
        elif event == "end":
            take(report, element, name, part)
            if name in ("passagesok", "passagesko"):
                part = None


def check_root(element, name):
    if element.getroottree().docinfo.doctype:
        raise Unreadable("doctype", element.sourceline)
    if name != ROOT:
        raise Unreadable("root", element.sourceline)


def take(report, element, name, part):
    if part and name == "passage":
        keep(report, element, part)
    elif part and name == "idtechnique" and name_of(element.getparent()) == part:
        keep(report, element.getparent(), part, element)
    elif name == "erreur":
        said = children(element)
        report.errors.append((said.get("ligne", ""), said.get("message", "") or said.get("type", "")))
        element.clear()
    elif not part and name in HEAD:
        setattr(report, HEAD[name], text_of(element))


HEAD = {"idflux": "flux", "nomfichier": "file", "idtraitement": "treatment"}


def keep(report, parent, part, alone=None):
    """One answer. `alone` is an idTechnique without a passage around it."""
    line = (parent if alone is None else alone).sourceline
    said = children(parent) if alone is None else {"idtechnique": text_of(alone)}
    key = said.get("idtechnique", "")
    reason = said.get("messageerreur", "") if part == "passagesko" else ""
    if not key or len(key) > LONGEST:
        raise Unreadable("no_id", line)
    if part == "passagesko" and not reason:
        raise Unreadable("no_reason", line)
    if key in report.answers:
        raise Unreadable("twice", line)
    report.answers[key] = Answer(reason, line)
    (parent if alone is None else alone).clear()


def children(element):
    """Texts by tag; several messages of one passage make one."""
    found = {}
    for child in element:
        name = name_of(child)
        found[name] = f"{found[name]} · {text_of(child)}" if name in found else text_of(child)
    return found


def name_of(element):
    return etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""


def text_of(element):
    return " ".join((element.text or "").split())
