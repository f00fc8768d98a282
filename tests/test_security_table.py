"""docs/security.md says nothing that is not there: each requirement once, each file and each test by its name."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`([\w./-]+\.(?:py|md|html|js))(?:::(\w+))?`")
STATES = {"met", "partly", "not met", "n/a", "server"}
# OWASP ASVS 5.0.0: the requirements of level 1, then those of level 2 in the chapters that docs/security.md names.
FIRST = """
1.2.1-5 1.3.1-2 1.5.1 2.1.1 2.2.1-2 2.3.1 3.2.1-2 3.3.1 3.4.1-2 3.5.1-3 4.1.1 4.4.1 5.2.1-2 5.3.1-2 6.1.1 6.2.1-8
6.3.1-2 6.4.1-2 7.2.1-4 7.4.1-2 8.1.1 8.2.1-2 8.3.1 9.1.1-3 9.2.1 10.4.1-5 11.3.1-2 11.4.1 12.1.1 12.2.1-2 13.4.1
14.2.1 14.3.1 15.1.1 15.2.1 15.3.1
"""
SECOND = """
5.1.1 5.2.3 5.4.1-3 6.1.2-3 6.2.9-12 6.3.3-4 6.4.3-4 6.5.1-5 6.6.1-3 6.8.1-4 7.1.1-3 7.3.1-2 7.4.3-5 7.5.1-2 7.6.1-2
8.1.2 8.2.3 8.4.1 14.1.1-2 14.2.2-4 14.3.2-3 16.1.1 16.2.1-5 16.3.1-4 16.4.1-3 16.5.1-3
"""
ROWS = ROW.findall((ROOT / "docs/security.md").read_text())


def numbers(text):
    """“5.4.1-3” is 5.4.1, 5.4.2 and 5.4.3."""
    for said in text.split():
        section, _dot, last = said.rpartition(".")
        start, _dash, end = last.partition("-")
        yield from (f"{section}.{number}" for number in range(int(start), int(end or start) + 1))


def names_in(path):
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_requirement_is_there_once():
    assert len(list(numbers(FIRST))) == 70 and len(list(numbers(SECOND))) == 65
    assert [number for number, level, *_rest in ROWS if level == "1"] == list(numbers(FIRST))
    assert [number for number, level, *_rest in ROWS if level == "2"] == list(numbers(SECOND))


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_says_its_state_and_names_what_exists(row):
    _number, _level, _asked, state, where, test = row
    assert state in STATES and len(where) > 3
    for path, name in NAMED.findall(f"{where} {test}"):
        assert (ROOT / path).exists(), path
        assert not name or name in names_in(ROOT / path), name
    assert test == "—" or NAMED.fullmatch(test)


def test_what_is_met_is_shown_by_a_test_or_said_in_a_document():
    bare = [row[0] for row in ROWS if row[3] == "met" and row[5] == "—" and "docs/" not in row[4]]
    assert bare == ["6.2.10", "6.4.2", "16.2.3"]


MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function")
KEPT = re.compile(r"localStorage|sessionStorage|indexedDB|document\.cookie(?! = `theme=)")


@pytest.mark.parametrize(
    "script", [*sorted((ROOT / "static/js").glob("*.js")), ROOT / "home/worker.js"], ids=lambda path: path.name
)
def test_scripts_write_no_markup_and_keep_the_theme_alone(script):
    """What waits to be sent is kept too, and a grid that an assessor fills on their own phone."""
    kept, may = set(KEPT.findall(script.read_text())), {"outbox.js": {"indexedDB"}, "draft.js": {"localStorage"}}
    assert not MARKUP.search(script.read_text()) and kept <= may.get(script.name, set())


def test_no_room_starts_a_process():
    rooms = ["people", "home", "courses", "events", "guides", "certification", "lms"]
    starting = {
        str(path.relative_to(ROOT))
        for room in rooms
        for path in (ROOT / room).rglob("*.py")
        if re.search(r"\bsubprocess\b|os\.system|os\.popen", path.read_text())
    }
    assert starting == {"lms/management/commands/serve_demo.py"}
