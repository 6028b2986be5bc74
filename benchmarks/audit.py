# ruff: noqa: PLC0415  # what needs Django is imported when Django is ready
"""What a browser's own audit says of every page of golden path 1, on a telephone and on a desk.

    .venv/bin/python -m benchmarks.audit --lighthouse PATH [--runs 3] [--only NAME ...] [--data FOLDER]

PATH is the `lighthouse` of a folder of your own (version 12, run by node; STYRFART_LIGHTHOUSE also names it),
never of this repository. The server runs as in production on the demonstration, a browser without a cache
opens each page signed in as the head of the office, and the median of the runs counts: scores of performance,
accessibility and best practice, cumulative layout shift, kilobytes. Speed (as the audit measures it,
1000 to 3000 on a quiet machine) and load of the machine stand beside them: a telephone is imitated by slowing
the processor down, so a busy machine makes a page look slow.
The targets: 100 for accessibility and best practice, at least 95 for performance, no shift, under 100 kB.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

from benchmarks.pages import WHO, session_of, surroundings
from benchmarks.pages import prepare as prepare_data
from benchmarks.server import granian

PERFORMANCE, ACCESSIBILITY, PRACTICE, SHIFT, KILOBYTES = 95.0, 100.0, 100.0, 0.0, 100.0
HEADINGS = "  perf  a11y    bp   shift     kB  speed  load  each run"
ATTEMPTS = 3  # a browser on a busy machine sometimes records nothing at all
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-sync"
PAGES = {
    "signing in": "/konto/inloggning/",
    "the door": "/demo/",
    "home": "/",
    "home, English": "/",
    "all that waits": "/vantar/",
    "team room": "/lg/uk/",
    "handing in": "/lg/uk/arenden/nytt/",
    "receipt": "/lg/uk/arenden/{matter}/inlamnat/",
    "matter queue": "/lg/uk/arenden/",
    "one matter": "/lg/uk/arenden/{matter}/",
    "deciding": "/lg/uk/arenden/{matter}/besluta/",
    "a decision": "{decision}",
    "decision log": "/lg/uk/beslut/",
    "actions": "/lg/uk/atgarder/",
    "mandate": "/lg/uk/mandat/",
    "mirror": "/lg/uk/spegel/",
    "meetings": "/lg/uk/moten/",
    "planning": "/lg/uk/moten/nytt/",
    "annual wheel": "/lg/uk/arshjul/",
    "agenda": "/lg/uk/moten/{meeting}/",
    "draft agenda": "/lg/uk/moten/{meeting}/forslag/",
    "open meeting": "/lg/uk/moten/{open}/nu/",
    "minutes": "/lg/uk/moten/{minutes}/anteckningar/",
    "meeting log": "/lg/uk/moten/logg/",
    "search": "/sok/?q=projekt",
    "help": "/hjalp/",
}
WITHOUT_SESSION = {"signing in", "the door"}


@dataclass(frozen=True)
class Audited:
    """What one run said of one page; `remarks` are the audits that cost points."""

    performance: float
    accessibility: float
    practice: float
    shift: float
    kilobytes: float
    speed: float  # of the machine just then, as the audit measures it
    remarks: frozenset[str]


def main() -> int:
    """Audit, print, and exit 1 when a target is missed, 2 when there is nothing to audit with."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--lighthouse", default=os.environ.get("STYRFART_LIGHTHOUSE", "lighthouse"))
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--only", nargs="+", choices=PAGES, default=list(PAGES), metavar="NAME")
    options.add_argument("--screen", nargs="+", choices=["mobile", "desktop"], default=["mobile", "desktop"])
    options.add_argument("--data", type=Path, help="keep the data here, and use it again")
    options.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.inside:
        print(json.dumps(prepare()))
        return 0
    missing = [tool for tool in ("node", "chromium", chosen.lighthouse) if not shutil.which(tool)]
    if missing:
        print(
            f"Cannot audit: {', '.join(missing)} not found. Install lighthouse 12 in a folder of your own "
            "and give its path with --lighthouse; it needs node and chromium.",
            file=sys.stderr,
        )
        return 2
    with tempfile.TemporaryDirectory() as folder:
        return measure(Auditor(chosen.lighthouse, Path(folder)), chosen, chosen.data or Path(folder))


def measure(auditor: "Auditor", chosen: argparse.Namespace, data: Path) -> int:
    environment = surroundings(data / "office")
    known = prepared(environment)
    missed: list[str] = []
    with granian("styrfart.config.wsgi:application", environment) as (port, _pid):
        for screen in chosen.screen:
            print(f"{screen:16}{HEADINGS}")
            for name in chosen.only:
                address = f"http://127.0.0.1:{port}{PAGES[name].format(**known)}"
                cookie = cookie_for(name, known)
                warm(address, cookie)
                runs = [auditor.audit(address, cookie, screen) for _run in range(chosen.runs)]
                print(row(name, runs), flush=True)
                missed += [f"{screen}, {fault}" for fault in faults(name, runs)]
    for line in missed:
        print(f"MISSED: {line}")
    return 1 if missed else 0


def warm(address: str, cookie: str) -> None:
    """Ask once beforehand: the browser's visit is its first, the server's is not."""
    with urlopen(Request(address, headers={"Cookie": cookie}), timeout=60) as answer:
        answer.read()


def cookie_for(name: str, known: Mapping[str, str]) -> str:
    if name in WITHOUT_SESSION:
        return ""
    return known["english" if name.endswith("English") else "cookie"]


def median(runs: list[Audited], what: str) -> float:
    return statistics.median(float(getattr(run, what)) for run in runs)


def row(name: str, runs: list[Audited]) -> str:
    each = " ".join(f"{run.performance:.0f}" for run in runs)
    return (
        f"{name:16}{median(runs, 'performance'):6.0f}{median(runs, 'accessibility'):6.0f}"
        f"{median(runs, 'practice'):6.0f}{median(runs, 'shift'):8.3f}{median(runs, 'kilobytes'):7.1f}"
        f"{median(runs, 'speed'):7.0f}{os.getloadavg()[0]:6.1f}  {each}"
    )


def faults(name: str, runs: list[Audited]) -> Iterable[str]:
    """Which targets the page missed, and the audits that say why."""
    remarks = ", ".join(sorted(frozenset().union(*(run.remarks for run in runs)))) or "no audit says why"
    for what, least in (
        ("performance", PERFORMANCE),
        ("accessibility", ACCESSIBILITY),
        ("practice", PRACTICE),
    ):
        if (found := median(runs, what)) < least:
            yield f"{name}: {what} {found:.0f}, at least {least:.0f} ({remarks})"
    if (shift := median(runs, "shift")) > SHIFT:
        yield f"{name}: shifts by {shift:.3f}"
    if (weight := median(runs, "kilobytes")) >= KILOBYTES:
        yield f"{name}: {weight:.0f} kB, under {KILOBYTES:.0f}"


@dataclass(frozen=True)
class Auditor:
    """Lighthouse, and a folder for what it reads and writes."""

    program: str
    folder: Path

    def audit(self, address: str, cookie: str, screen: str) -> Audited:
        """One run in a new browser; SystemExit when the page was not audited."""
        headers, answer = self.folder / "headers.json", self.folder / "answer.json"
        headers.write_text(json.dumps({"Cookie": cookie} if cookie else {}))
        command = [self.program, address, "--quiet", "--output=json", f"--output-path={answer}"]
        command += [f"--extra-headers={headers}", f"--chrome-flags={FLAGS}", "--no-enable-error-reporting"]
        command += ["--only-categories=performance,accessibility,best-practices"]
        command += ["--preset=desktop"] if screen == "desktop" else []
        surrounded = {**os.environ, "CHROME_PATH": shutil.which("chromium") or ""}
        for _attempt in range(ATTEMPTS):
            ran = subprocess.run(
                command, env=surrounded, capture_output=True, text=True, check=False, timeout=180
            )
            if not ran.returncode:
                return read(json.loads(answer.read_text()), address)
        raise SystemExit(f"{address}: {ran.stderr or ran.stdout}")


def read(answer: Mapping[str, Any], address: str) -> Audited:
    """The figures of one answer; SystemExit when another page than `address` was audited."""
    if answer["finalDisplayedUrl"] != address:
        raise SystemExit(f"{address}: led to {answer['finalDisplayedUrl']}")
    audits, categories = answer["audits"], answer["categories"]
    return Audited(
        performance=categories["performance"]["score"] * 100,
        accessibility=categories["accessibility"]["score"] * 100,
        practice=categories["best-practices"]["score"] * 100,
        shift=audits["cumulative-layout-shift"]["numericValue"],
        kilobytes=audits["total-byte-weight"]["numericValue"] / 1000,
        speed=answer["environment"]["benchmarkIndex"],
        remarks=frozenset(costly(answer)),
    )


def costly(answer: Mapping[str, Any]) -> Iterator[str]:
    for category in answer["categories"].values():
        for reference in category["auditRefs"]:
            score = answer["audits"][reference["id"]]["score"]
            if reference["weight"] and score is not None and score < 1:
                yield f"{reference['id']} {score:.2f}"


def prepared(environment: Mapping[str, str]) -> dict[str, str]:
    """Prepare in a process of its own, with those surroundings."""
    command = [sys.executable, "-m", "benchmarks.audit", "--inside"]
    answer = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        raise SystemExit(answer.stderr)
    found: dict[str, str] = json.loads(answer.stdout.splitlines()[-1])
    return found


def prepare() -> dict[str, str]:
    """Data, a matter, a decision on its way, and two sessions: the head of the office, and one in English."""
    known = prepare_data("office")
    from styrfart.decisions.models import Decision
    from styrfart.people.models import Person, TeamMember, TeamRole

    chairs = TeamMember.objects.filter(role=TeamRole.CHAIR, valid_to=None).exclude(person__email=WHO)
    english = Person.objects.filter(pk__in=chairs.values("person_id")).order_by("pk")[0]
    english.language = "en"
    english.save(update_fields=["language"])
    decision = Decision.objects.filter(team__slug="uk").order_by("-decided_at", "-pk")[0]
    return {
        "cookie": str(known["cookie"]),
        "english": session_of(english),
        "matter": str(known["matter"]),
        "decision": decision.get_absolute_url(),
        "meeting": str(known["meeting"]),
        "minutes": str(known["minutes"]),
        "open": opened(),
    }


def opened() -> str:
    """The address of a meeting that goes on, led by the head of the office."""
    from django.utils import timezone

    from styrfart.meetings import actions
    from styrfart.meetings.models import Meeting, MeetingState
    from styrfart.people.models import Person

    today = Meeting.objects.filter(team__slug="uk", held_on=timezone.localdate())
    meeting = today.filter(state=MeetingState.OPEN).first()
    if meeting is None:
        meeting = today.filter(state__in=[MeetingState.PLANNED, MeetingState.CALLED])[0]
        actions.open_meeting(meeting=meeting, actor=Person.objects.get(email=WHO))
    return meeting.slug


if __name__ == "__main__":
    sys.exit(main())
