"""What has been shown: added and subtracted in every way, does it come down to fewer people than the limit?

Independent of how the release was made: rows are read from the database as sets of groups, and answers as
they were counted. Two attackers: subtraction of nested rows, which is exact and is tried for every question;
and the linear program of `kernel.release.attack_groups`, for any combination with any coefficients.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from django.utils.translation import gettext as _

from styrfart.climate.answering import SILENT
from styrfart.climate.attacks.findings import Finding
from styrfart.climate.models import Answer, Group, Release, Row

MOST_ROWS, SAMPLE = 300, 120  # more rows than this: the linear program attacks a sample, drawn with this seed
SEED = 20261122


@dataclass(frozen=True)
class Shown:
    """What one release shows: which groups each row counts, and how many in each answered each question.

    `people`: by group, how many answered anything; `by_question` the same for each question.
    """

    least: int
    rows: dict[int, frozenset[int]]
    items: dict[int, frozenset[str]]  # by row, the questions with a figure of their own
    names: tuple[str, ...]
    people: dict[int, int]
    by_question: dict[str, dict[int, int]]


def figures_cannot_be_taken_apart() -> Iterator[Finding]:
    """The smallest group of people that anybody can get at in each release."""
    for release in Release.objects.select_related("round").order_by("pk"):
        shown = read(release)
        found = [smallest_by_subtraction(list(shown.rows.values()), shown.people)]
        for name in shown.names:
            sets = [shown.rows[pk] for pk in shown.rows if name in shown.items[pk]]
            found.append(smallest_by_subtraction(sets, shown.by_question[name]))
        found.append(smallest_by_program(shown))
        reached = min((each for each in found if each is not None), default=None)
        is_safe = reached is None or reached >= shown.least
        said = _("%(round)s: den minsta grupp som går att räkna ut är %(people)s personer. Gränsen är %(k)s.")
        if reached is None:
            said = _("%(round)s: ingenting är visat, så ingenting går att räkna ut.")
        yield Finding(
            "smallest group",
            is_safe,
            said % {"round": release.round.title, "people": reached, "k": shown.least},
        )


def read(release: Release) -> Shown:
    """The rows of a release as sets of groups, and the answers behind them."""
    asked = release.round.asked
    names = tuple(f"{part.key}.{item.key}" for part in asked for item in part.items)
    below: dict[int | None, list[int]] = defaultdict(list)
    for pk, parent in release.round.groups.values_list("pk", "parent"):
        below[parent].append(pk)
    people: dict[int, int] = defaultdict(int)
    by_question: dict[str, dict[int, int]] = {name: defaultdict(int) for name in names}
    answers = Answer.objects.filter(group__round=release.round_id)
    for group, values, number in answers.values_list("group", "values", "number"):
        people[group] += number if values.strip(SILENT) else 0
        for name, sign in zip(names, values, strict=True):
            by_question[name][group] += number if sign != SILENT else 0
    rows, items = {}, {}
    for row in release.rows.prefetch_related("members"):
        starts = [row.group_id] if row.group_id else [each.pk for each in row.members.all()]
        own = {row.parent_id} if row.has_own and row.parent_id else set()
        rows[row.pk] = frozenset(_with_below([each for each in starts if each], below) | own)
        items[row.pk] = frozenset(row.figures) & frozenset(names)
    return Shown(release.least, rows, items, names, people, by_question)


def _with_below(starts: list[int], below: dict[int | None, list[int]]) -> set[int]:
    found: set[int] = set()
    waiting = list(starts)
    while waiting:
        group = waiting.pop()
        found.add(group)
        waiting += below[group]
    return found


def smallest_by_subtraction(rows: list[frozenset[int]], people: dict[int, int]) -> int | None:
    """People in the smallest group that comes of a row less the rows in it; None when nothing is shown.

    Groups that lie in exactly the same rows can never be told apart: each such class is what is left when
    all that can be subtracted has been.
    """
    classes: dict[tuple[int, ...], int] = defaultdict(int)
    lies_in: dict[int, list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        for group in row:
            lies_in[group].append(number)
    for group, where in lies_in.items():
        classes[tuple(where)] += people.get(group, 0)
    found = [number for number in classes.values() if number]
    return min(found, default=None)


def smallest_by_program(shown: Shown) -> int | None:
    """The fewest people in any combination of rows with any coefficients, by a linear program."""
    import numpy as np  # noqa: PLC0415  # paid only by the process that calculates
    from scipy.sparse import csr_matrix  # noqa: PLC0415  # so too

    from styrfart.kernel.release import attack_groups  # noqa: PLC0415  # so too

    atoms = sorted({group for row in shown.rows.values() for group in row if shown.people.get(group)})
    if not atoms:
        return None
    place = {group: number for number, group in enumerate(atoms)}
    pairs = [
        (row, place[group])
        for row, groups in enumerate(shown.rows.values())
        for group in groups
        if group in place
    ]
    rows, columns = zip(*pairs, strict=True)
    matrix = csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(shown.rows), len(atoms)))
    people = np.array([shown.people[group] for group in atoms])
    chosen = range(len(atoms))
    targets = np.array(
        sorted(Random(SEED).sample(chosen, SAMPLE)) if len(shown.rows) > MOST_ROWS else chosen  # noqa: S311  # a sample, no secret
    )
    reached = attack_groups(matrix, people, targets=targets).smallest
    return None if reached is None else round(reached)


def _few_together(release: Release, shown: Shown) -> list[Group]:
    """Groups of which fewer answers than the limit are kept apart. In a 360 two answer by name."""
    by_name = [Group.Rater.SELF, Group.Rater.MANAGER]
    groups = release.round.groups.filter(pk__in=shown.people).exclude(rater__in=by_name)
    return [group for group in groups if 0 < shown.people[group.pk] < release.least]


def what_is_hidden_is_nowhere() -> Iterator[Finding]:
    """A group that is not shown has no row, no figure, no number, and no answers of its own in the tables;
    and a row shows nothing below its limit.
    """
    for release in Release.objects.select_related("round").order_by("pk"):
        shown = read(release)
        wrong = [
            str(row)
            for row in Row.objects.filter(release=release)
            if sum(shown.people.get(group, 0) for group in shown.rows[row.pk]) < release.least
            or row.answered < release.least
            or any(each["answers"] < release.least for each in row.figures.values())
            or any(sum(counts) < release.least_text for counts in row.items.values())
            or any(0 < len(texts) < release.least_text for texts in row.texts)
        ]
        wrong += [str(group) for group in _few_together(release, shown)]
        said = _("%(round)s: ingen rad, siffra, fördelning eller text vilar på färre svar än gränserna.")
        if wrong:
            said = _("%(round)s: rader under gränserna: %(rows)s.")
        yield Finding("limits", not wrong, said % {"round": release.round.title, "rows": ", ".join(wrong)})
