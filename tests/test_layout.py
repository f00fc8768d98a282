"""The house keeps its shape: who may import whom, and how long a function or a file may grow."""

import ast
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "people": set(),
    "home": {"people"},
    "guides": {"home", "people"},
    "courses": {"home", "people"},
    "events": {"courses", "home", "people"},
    "certification": {"events", "courses", "home", "people"},
    "lms": {"certification", "events", "courses", "guides", "home", "people"},
}
FOLDERS = {*ALLOWED, "templates", "static", "content", "locale", "tests", "docs", "var"}
# Inside a room, a file may import only files with a lower or equal rank; a file that is not named here is pure.
RANKS = {"blocks": 1, "models": 2, "record": 3, "forms": 4, "documents": 5, "views": 6, "urls": 7, "wagtail_hooks": 7}
LONGEST_FUNCTION, LONGEST_FILE = 50, 500

SOURCES = [path for room in [*ALLOWED, "tests"] for path in sorted((ROOT / room).rglob("*.py"))]
SOURCES = [path for path in SOURCES if not {"migrations", "node_modules"} & set(path.parts)]
TREES = {path.relative_to(ROOT): ast.parse(path.read_text()) for path in SOURCES}
IN_ROOMS = {path: tree for path, tree in TREES.items() if path.parts[0] in ALLOWED}
REQUIREMENTS = (ROOT / "requirements.txt").read_text().splitlines()
CHECKS = {Path("lms/content/checks.py"), Path("lms/management/commands/check_content.py")}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def imports(path, tree):
    """Each imported module as a tuple of names, with its line: relative ones are made absolute."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((tuple(alias.name.split(".")), node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            package = path.parts[: len(path.parts) - node.level] if node.level else ()
            module = (*package, *(node.module.split(".") if node.module else ()))
            yield from (((*module, alias.name), node.lineno) for alias in node.names)


def rank(parts):
    return RANKS.get(Path(parts[1]).stem, 0) if len(parts) > 1 else 0


@pytest.mark.parametrize("room", ALLOWED)
def test_a_room_imports_only_the_rooms_below_it(room):
    files = {path: tree for path, tree in IN_ROOMS.items() if path.parts[0] == room}
    wrong = [
        f"{path}:{line} imports {'.'.join(module)}"
        for path, tree in files.items()
        for module, line in imports(path, tree)
        if module[0] in ALLOWED and module[0] not in {room, *ALLOWED[room]}
    ]
    assert not wrong


def test_the_product_needs_only_what_it_installs():
    """`make run` installs requirements.txt alone. The checks of the content are run by whoever writes it."""
    installed = {line.partition("==")[0].partition("[")[0].lower() for line in REQUIREMENTS if "==" in line}
    known = {name: {dist.lower() for dist in dists} for name, dists in packages_distributions().items()}
    needed = {
        f"{path}:{line} imports {module[0]}"
        for path, tree in IN_ROOMS.items()
        for module, line in imports(path, tree)
        if path not in CHECKS and (known.get(module[0], set()) - installed and not known[module[0]] & installed)
    }
    importing_checks = {
        str(path) for path, tree in IN_ROOMS.items() if path not in CHECKS and imports_checks(path, tree)
    }
    assert not needed | importing_checks


def imports_checks(path, tree):
    return any(module[:3] == ("lms", "content", "checks") for module, _line in imports(path, tree))


def test_inside_a_room_imports_point_one_way():
    wrong = [
        f"{path}:{line} imports {'.'.join(module)}"
        for path, tree in IN_ROOMS.items()
        for module, line in imports(path, tree)
        if module[0] == path.parts[0] and 0 < rank(path.parts) < rank(module)
    ]
    assert not wrong


def test_no_import_hides_in_a_function():
    hidden = [
        f"{path}:{inner.lineno}"
        for path, tree in TREES.items()
        for function in ast.walk(tree)
        if isinstance(function, FUNCTIONS)
        for inner in ast.walk(function)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_functions_and_files_stay_short():
    functions = [
        f"{path}:{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, FUNCTIONS) and node.end_lineno - node.lineno >= LONGEST_FUNCTION
    ]
    files = [str(path) for path in TREES if len((ROOT / path).read_text().splitlines()) > LONGEST_FILE]
    assert not functions + files


def test_the_top_folders_are_those_of_the_architecture():
    found = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert found <= FOLDERS
