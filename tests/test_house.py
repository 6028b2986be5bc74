"""The rules of the house that no tool knows: sizes, names, and what a view may not do."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "styrfart"
LONGEST_FILE, LONGEST_FUNCTION, LONGEST_VIEW = 500, 60, 25
RAW = {"request.GET", "request.POST"}
DRAWERS = {
    "utils",
    "util",
    "helpers",
    "common",
    "core",
    "misc",
    "services",
    "signals",
    "managers",
    "lib",
    "tools",
}


def python_files(*folders: Path) -> list[Path]:
    return [
        path for folder in folders for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts
    ]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def functions(path: Path, *, first: str = "") -> Iterator[tuple[str, int]]:
    """Each function (whose first parameter is `first`) and its lines, the docstring not counted."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and (
            not first or [a.arg for a in node.args.args][:1] == [first]
        ):
            opening = node.body[0]
            has_doc = ast.get_docstring(node) is not None
            doc = (opening.end_lineno or 0) - opening.lineno + 1 if has_doc else 0
            yield node.name, (node.end_lineno or 0) - node.lineno + 1 - doc


def views() -> list[Path]:
    return [path for path in python_files(SOURCE) if path.name == "views.py" or "views" in path.parts]


def test_no_file_is_longer_than_five_hundred_lines() -> None:
    files = [*python_files(ROOT / "src", ROOT / "tests", ROOT / "benchmarks"), *SOURCE.rglob("*.html")]
    long = {
        named(path): count for path in files if (count := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert long == {}


def test_nothing_is_called_a_drawer() -> None:
    drawers = [
        named(path)
        for path in python_files(SOURCE)
        if {path.stem, *path.relative_to(SOURCE).parent.parts} & DRAWERS
    ]
    assert drawers == []


def test_no_function_is_longer_than_sixty_lines() -> None:
    long = {
        f"{named(path)} {name}": length
        for path in python_files(SOURCE)
        for name, length in functions(path)
        if length > LONGEST_FUNCTION
    }
    assert long == {}


def test_no_view_is_longer_than_twenty_five_lines() -> None:
    long = {
        f"{named(path)} {name}": length
        for path in views()
        for name, length in functions(path, first="request")
        if length > LONGEST_VIEW
    }
    assert long == {}


@pytest.mark.parametrize("path", views(), ids=named)
def test_a_view_fetches_through_its_queries_and_reads_through_its_forms(path: Path) -> None:
    faults = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("get_object_or_404"):
            faults.append(f"{node.lineno}: fetch and authorise in queries.py, not {ast.unparse(node)}")
        if isinstance(node, ast.Subscript | ast.Attribute) and ast.unparse(node.value) in RAW:
            faults.append(f"{node.lineno}: read through a form, not {ast.unparse(node)}")
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            faults.append(f"{node.lineno}: no manager in a view: {ast.unparse(node)}")
    assert faults == []


def test_every_exception_to_a_rule_says_why() -> None:
    bare = [
        f"{named(path)}:{number}"
        for path in python_files(ROOT / "src", ROOT / "tests", ROOT / "benchmarks", ROOT / "tools")
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if (found := re.search(r"#\s*(noqa|type: ignore)(.*)$", line))
        and "#" not in found.group(2)
        and path.name != "test_house.py"
    ]
    assert bare == []


def test_every_room_says_what_it_is() -> None:
    rooms = [folder for folder in sorted(SOURCE.iterdir()) if (folder / "__init__.py").exists()]
    without = [
        folder.name for folder in rooms if not (folder / "README.md").exists() and folder.name != "config"
    ]
    assert without == []
