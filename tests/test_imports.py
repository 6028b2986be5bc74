"""An import inside a function says why it is there."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def test_no_import_is_hidden_in_a_function_without_a_reason() -> None:
    """Ruff forbids it; this sees that each exception says why."""
    bare = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted((ROOT / "src").rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), start=1)
        if "noqa: PLC0415" in line and "#" not in line.split("noqa: PLC0415", 1)[1]
    ]
    assert bare == []
