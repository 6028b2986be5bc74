"""The kernel calculates and does nothing else: what it may import is listed, and it has no clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
KERNEL = ROOT / "src" / "styrfart" / "kernel"

ALLOWED = {
    "__future__", "abc", "bisect", "collections", "dataclasses", "enum", "fractions", "functools", "heapq",
    "itertools", "math", "numpy", "operator", "re", "scipy", "snowballstemmer", "statistics",
    "styrfart.kernel", "types", "typing", "unicodedata",
    "json", "struct", "zlib",  # bytes in, bytes out
}  # fmt: skip
CLOCKS = {"now", "today", "utcnow", "time", "perf_counter", "monotonic"}


def sources() -> list[Path]:
    return sorted(KERNEL.rglob("*.py"))


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


def is_allowed(name: str) -> bool:
    return name.split(".")[0] in ALLOWED or any(name == one or name.startswith(f"{one}.") for one in ALLOWED)


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(KERNEL)))
def test_the_kernel_imports_what_is_listed_and_has_no_clock(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert [name for name in imported(tree) if not is_allowed(name)] == []
    called = {
        node.func.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert called & CLOCKS == set()


def test_no_import_is_hidden_in_a_function_without_a_reason() -> None:
    """Ruff forbids it; this sees that each exception says why."""
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if "noqa: PLC0415" in line and "#" not in line.split("noqa: PLC0415", 1)[1]
    ]
    assert bare == []
