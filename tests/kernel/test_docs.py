"""The worked examples of docs/kernel.md run, and there is one for each module."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "kernel.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## (\w+):.*?$(.*?)(?=^## |\Z)", TEXT, flags=re.MULTILINE | re.DOTALL))
MODULES = (
    "indices",
    "release",
    "groups",
    "matching",
    "effects",
    "charts",
    "evidence",
    "load",
    "forecast",
    "cooperation",
)


def examples(section: str) -> list[str]:
    return re.findall(r"^```python\n(.*?)^```$", section, flags=re.MULTILINE | re.DOTALL)


def test_every_module_has_an_example() -> None:
    assert [name for name in MODULES if not examples(SECTIONS.get(name, ""))] == []


@pytest.mark.parametrize("name", MODULES)
def test_an_example_runs_and_says_what_comes_out(name: str) -> None:
    for code in examples(SECTIONS[name]):
        assert "assert " in code
        exec(compile(code, f"docs/kernel.md, {name}", "exec"), {})  # noqa: S102  # our own text
