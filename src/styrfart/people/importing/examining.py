"""An upload from end to end without writing: read it, check it, see what it would change."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from styrfart.people.importing.checking import check
from styrfart.people.importing.files import Upload
from styrfart.people.importing.planning import Plan, plan
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.reading import Contents, read
from styrfart.people.importing.snapshot import Snapshot, take
from styrfart.people.models import ImportLine

# More than anybody will read; a file with one fault in every cell must not fill the database.
MAX_LINES = 20_000


@dataclass(frozen=True)
class Examined:
    """What an upload holds, against the organisation as it was at that moment."""

    problems: list[Problem]
    plan: Plan | None  # None: there are errors, so nothing is planned
    snapshot: Snapshot

    @property
    def has_errors(self) -> bool:
        """Whether something must be put right first."""
        return self.plan is None

    @property
    def digest(self) -> str:
        """What was shown to the reader; empty when nothing can be applied."""
        return self.plan.digest() if self.plan else ""

    def counts(self) -> dict[str, int]:
        """How many differences of each kind, errors and warnings."""
        errors = sum(not problem.is_warning for problem in self.problems)
        counts = {"error": errors, "warning": len(self.problems) - errors}
        return counts | (self.plan.counts() if self.plan else {})

    def lines(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        """Section, kind and content of every line to show."""
        for problem in self.problems[:MAX_LINES]:
            yield ("warning" if problem.is_warning else "error"), "", problem.as_json()
        for each in self.plan.differences if self.plan else ():
            content = {"label": each.label, "note": each.note, "changes": [list(c) for c in each.changes]}
            yield each.section, each.kind, content


def read_uploads(uploads: Sequence[tuple[str, bytes]]) -> Contents:
    """The tables of the files, given as names and bytes."""
    return read([Upload(name, content) for name, content in uploads])


def examine(contents: Contents, *, day: dt.date, is_whole: bool) -> Examined:
    """Check and plan against the organisation as it is now."""
    today = timezone.localdate()
    snapshot = take(day)
    register, problems = check(contents, snapshot, is_whole=is_whole)
    if day > today:
        problems.append(Problem("future_day"))
    if any(not problem.is_warning for problem in problems):
        return Examined(problems, None, snapshot)
    made = plan(register, snapshot, day=day, today=today, is_whole=is_whole)
    problems += made.problems
    has_errors = any(not problem.is_warning for problem in problems)
    return Examined(problems, None if has_errors else made, snapshot)


def as_import_lines(run_id: int, examined: Examined) -> Iterator[ImportLine]:
    """The lines as they are kept, each at its place within its section and kind."""
    places: dict[tuple[str, str], int] = {}
    for section, kind, content in examined.lines():
        position = places[section, kind] = places.get((section, kind), 0) + 1
        yield ImportLine(run_id=run_id, section=section, kind=kind, position=position, content=content)
