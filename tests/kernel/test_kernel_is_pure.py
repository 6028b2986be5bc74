"""The kernel imports what is on the list and nothing else, and asks neither clock, nor chance, nor files."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

KERNEL = Path(__file__).parents[2] / "src" / "styrfart" / "kernel"
MODULES = sorted(KERNEL.rglob("*.py"))
ALLOWED = frozenset(
    {
        "bisect",
        "collections",
        "collections.abc",
        "dataclasses",
        "enum",
        "fractions",
        "functools",
        "hashlib",
        "heapq",
        "itertools",
        "json",
        "math",
        "numpy",
        "numpy.typing",
        "operator",
        "re",
        "scipy",
        "scipy.optimize",
        "scipy.sparse",
        "scipy.sparse.csgraph",
        "scipy.special",
        "scipy.stats",
        "snowballstemmer",
        "struct",
        "types",
        "typing",
        "unicodedata",
        "zlib",
    }
)
# Extras, each in one file: without it the same answer comes slower, or without a proof.
EXTRAS = {
    "groups/compiled.py": frozenset({"numba"}),
    "forecast/solver.py": frozenset({"ortools.sat.python"}),
}
CLOCK_CHANCE_FILES = frozenset(
    {
        "now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "process_time", "sleep",
        "random", "rand", "randn", "seed", "shuffle", "urandom", "uuid4",
        "open", "print", "input", "exec", "eval", "__import__", "breakpoint",
        "load", "save", "savez", "loadtxt", "savetxt", "fromfile", "tofile", "memmap", "genfromtxt",
    }
)  # fmt: skip


def imports(source: str) -> Iterator[str]:
    """What a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def is_allowed(module: str) -> bool:
    return module in ALLOWED or module == "styrfart.kernel" or module.startswith("styrfart.kernel.")


def impure_calls(source: str) -> Iterator[str]:
    """Calls by a name that means clock, chance or files; a generator without a seed is chance."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in CLOCK_CHANCE_FILES or (name == "default_rng" and not (node.args or node.keywords)):
            yield name


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(KERNEL)))
def test_a_module_imports_only_what_is_on_the_list(module: Path) -> None:
    extra = EXTRAS.get(str(module.relative_to(KERNEL)), frozenset())

    assert [name for name in imports(module.read_text()) if not is_allowed(name) and name not in extra] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: str(module.relative_to(KERNEL)))
def test_a_module_asks_neither_clock_nor_chance_nor_files(module: Path) -> None:
    assert list(impure_calls(module.read_text())) == []


def test_there_are_modules_to_look_at() -> None:
    assert {"triage", "similarity"} <= {module.parent.name for module in MODULES}


@pytest.mark.parametrize(
    "source",
    [
        "import django",
        "from django.db import models",
        "def f():\n    import os",
        "from . import x",
        "import time",
    ],
)
def test_the_guard_sees_an_import(source: str) -> None:
    assert not all(is_allowed(name) for name in imports(source))


@pytest.mark.parametrize(
    "source",
    ["datetime.now()", "date.today()", "open('x')", "np.random.default_rng()", "random.random()", "print(1)"],
)
def test_the_guard_sees_a_call(source: str) -> None:
    assert list(impure_calls(source))


def test_a_seeded_generator_is_no_chance() -> None:
    assert not list(impure_calls("np.random.default_rng(seed)"))


@pytest.mark.parametrize(
    ("module", "kept_out"),
    [
        ("styrfart.kernel", ("numpy", "scipy", "django")),
        ("styrfart.kernel.triage", ("numpy", "scipy", "django")),
        ("styrfart.kernel.similarity", ("scipy", "django")),
    ],
)
def test_importing_a_module_brings_in_nothing_heavier_than_it_needs(
    module: str, kept_out: tuple[str, ...]
) -> None:
    code = f"import sys, {module}; print([name for name in {kept_out!r} if name in sys.modules])"
    path = f"import sys; sys.path[:0] = [{str(KERNEL.parents[1])!r}]; "

    done = subprocess.run([sys.executable, "-c", path + code], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"
