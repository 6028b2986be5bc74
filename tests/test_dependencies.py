"""What we build on is pinned, and no file names a host, a registry or somebody's machine."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# Addresses that are names, law, licence or an example; nothing is ever fetched from them.
ALLOWED = re.compile(
    r"""https?://(
        127\.0\.0\.1 | localhost | \[::1\] | testserver
      | \$host | styrfart;  # the proxy's own variable and its name for us
      | [\w.-]*\.example(?![\w-]) | example\.(com|org|net)(?![\w-])
      | www\.w3\.org/ | schemas\.xmlsoap\.org/ | schemas\.openxmlformats\.org/
      | www\.loc\.gov/ | dilcis\.eu/ | DILCIS\.eu/
      | schemas\.auth0\.com/
      | earksip\.dilcis\.eu/ | www\.digg\.se/
      | www\.riksdagen\.se/ | lagen\.nu/ | eur-lex\.europa\.eu/
      | creativecommons\.org/ | opensource\.org/ | joinup\.ec\.europa\.eu/
    )""",
    re.VERBOSE,
)
ADDRESS = re.compile(r"https?://[^\s\"'<>)`]+")
# Taken from where the repository happens to lie, so that no machine is named here either.
TOO_COMMON = {Path("/"), Path("/tmp"), Path("/var"), Path("/opt"), Path("/srv"), Path("/home"), Path("/root")}  # noqa: S108  # not used as a path


def tracked() -> Iterator[tuple[str, str]]:
    """Every text file of the repository and what it says."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    names = listed.stdout.decode().split("\0") if listed.returncode == 0 else []
    if not any(names):
        # Not a repository: a copy, as in an archive. Then everything but what is made is looked at.
        made = {".venv", "var", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__"}
        names = [
            str(path.relative_to(ROOT))
            for path in ROOT.rglob("*")
            if path.is_file() and not made & set(path.relative_to(ROOT).parts)
        ]
    for name in filter(None, names):
        try:
            yield name, (ROOT / name).read_text()
        except (UnicodeDecodeError, FileNotFoundError):
            continue  # a picture or a workbook; or removed and not yet committed


@pytest.mark.parametrize("name", ["requirements.lock", "production.lock", "bootstrap.lock"])
def test_every_dependency_is_pinned_with_hashes_and_no_host(name: str) -> None:
    text = (ROOT / name).read_text()
    assert ADDRESS.search(text) is None
    assert "--index" not in text
    assert "--find-links" not in text
    entries = re.split(r"\n(?=\S)", text.strip())
    for entry in entries:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==\S+( ; .*)? \\\n", entry), entry[:80]
        assert "--hash=sha256:" in entry, entry[:80]


def test_no_file_holds_an_address_that_is_not_a_name_a_law_or_an_example() -> None:
    found = [
        f"{name}: {address}"
        for name, text in tracked()
        for address in ADDRESS.findall(text)
        if not ALLOWED.match(address) and name != "tests/test_dependencies.py"
    ]
    assert found == []


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    places = [place for place in (ROOT, ROOT.parent, Path.home()) if place not in TOO_COMMON]
    found = [
        f"{name}: {place}"
        for name, text in tracked()
        for place in places
        if re.search(rf"{re.escape(str(place))}(/|\b)", text)
    ]
    assert found == []


def test_the_locks_of_other_tools_are_not_kept() -> None:
    names = {name for name, _text in tracked()}
    assert not names & {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}


def test_production_installs_the_same_versions_as_the_tests() -> None:
    def versions(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==(\S+)", (ROOT / name).read_text(), re.MULTILINE))

    tested, installed = versions("requirements.lock"), versions("production.lock")
    assert installed.items() <= tested.items()
    assert not {"pytest", "mypy", "playwright"} & set(installed)
