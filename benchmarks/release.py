"""What may be shown of a survey: how fast, how much is kept, and what an attacker reaches.

    python -m benchmarks.release [--full]

Invented organisations of five levels, from fixed seeds. Times are the best of five by the process's clock,
one thread. `--full`: the attacker on 3 000 small organisations instead of 1 000 and on more cells of the
large one. The oracles are read in ../shared/data/sdc_oracles; without them that row is left out.
"""

import csv
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

import numpy as np  # noqa: E402  # after the path is set
from scipy.sparse import csr_matrix  # noqa: E402  # after the path is set

from benchmarks.comparison import Bound, Row, show  # noqa: E402  # after the path is set
from styrfart.kernel.release import (  # noqa: E402  # after the path is set
    Forest,
    Mode,
    Rows,
    Split,
    Statements,
    attack_groups,
    attack_numbers,
    audit,
    groups_of,
    protect,
    release,
    split,
    statements,
    tally,
)
from styrfart.kernel.release.forest import Bools, Ints  # noqa: E402  # after the path is set
from styrfart.kernel.release.tally import Answers  # noqa: E402  # after the path is set

ORACLES = ROOT.parent / "shared" / "data" / "sdc_oracles" / "trap_4x4.csv"
CITY, NATION, NATION_LEAVES = (14, 7, 6, 10.2), (20, 10, 6, 6, 8.3), (20, 10, 5, 6)
KERNEL = "design/kernel.md C"
Found = TypeVar("Found")


def organisation(people: int, widths: tuple[float, ...], seed: int) -> tuple[Forest, Ints]:
    """A tree with about so many units under each, and people in its leaves, whose sizes are log-normal."""
    rng = np.random.default_rng(seed)
    parent, level = [-1], [0]
    for width in widths:
        below = []
        for unit in level:
            for _ in range(max(1, int(rng.poisson(width)))):
                parent.append(unit)
                below.append(len(parent) - 1)
        level = below
    weight = rng.lognormal(0, 0.8, len(level))
    return Forest(np.array(parent)), rng.choice(level, people, p=weight / weight.sum())


def answers_of(people: int, seed: int, *, missing: float = 0.02) -> Answers:
    rng = np.random.default_rng(seed)
    answers = (1 + rng.binomial(4, 0.7, (people, 9))).astype(np.uint8)
    answers[rng.random((people, 9)) < missing] = 0
    return answers


def best(work: Callable[[], Found], times: int = 5) -> tuple[float, Found]:
    """Milliseconds of the process's own time, and what came of it."""
    least = float("inf")
    for _ in range(times):
        start = time.process_time()
        found = work()
        least = min(least, time.process_time() - start)
    return least * 1000, found


def speed() -> list[Row]:
    rows = []
    forest, unit = organisation(1_200_000, NATION_LEAVES, 1)
    answers = answers_of(1_200_000, 2)
    used, _ = best(lambda: tally(answers, unit, units=forest.size, scale=5))
    rows.append(Row(f"1.2 M x 9 to counts, {forest.size} units", 29.0, KERNEL, used, "ms", Bound.NONE))
    used, found = best(lambda: release(answers, unit, Forest(forest.parent), scale=5))
    assert found.holds
    rows.append(Row("1.2 M x 9 to published tables", None, "none published", used, "ms", Bound.AT_MOST, 150))
    forest, unit = organisation(1_200_000, NATION, 1)
    own = np.bincount(unit, minlength=forest.size)

    def protected() -> Rows:
        fresh = Forest(forest.parent)
        found = protect(fresh, own, k=7)
        assert audit(fresh, own, found, k=7).holds
        return found

    used, _ = best(protected)
    rows.append(
        Row(f"protect and audit {forest.size} units, k 7", 152.0, KERNEL, used, "ms", Bound.AT_MOST, 100)
    )
    used, found = best(lambda: release(answers, unit, Forest(forest.parent), scale=5), times=2)
    rows.append(Row(f"1.2 M x 9, {forest.size} units, to tables", None, "none published", used, "ms"))
    return rows


def kept() -> list[Row]:
    """How much of what a threshold alone would show is shown, at the size of a city."""
    forest, unit = organisation(45_000, CITY, 1)
    category = np.random.default_rng(3).choice(4, unit.size, p=(0.15, 0.3, 0.35, 0.2))
    cells = np.bincount(unit * 4 + category, minlength=forest.size * 4).reshape(-1, 4)
    own, rows = cells.sum(axis=1), []
    for k, published in ((5, 96.6), (7, 97.5), (10, 97.9)):
        found = protect(forest, own, k=k)
        assert audit(forest, own, found, k=k).holds
        share = 100 * (found.unit >= 0).sum() / (forest.rolled(own) >= k).sum()
        rows.append(
            Row(f"units of a threshold's, 45 000, k {k}", published, KERNEL, share, "%", Bound.AT_LEAST, 96)
        )
        joined = 100 * ((found.shown == 1) & (own > 0)).sum() / ((found.shown != 0) & (own > 0)).sum()
        rows.append(Row(f"the others that share a row, k {k}", None, "blank rows", joined, "%"))
    for k, detail in ((5, 5), (7, 10)):
        used, (base, cut) = best(partial(city_split, forest, cells, k, detail), times=1)
        share = 100 * cut.shown[base.unit >= 0].sum() / (forest.rolled(cells) >= detail).sum()
        name = f"cells of a threshold's, k {detail}"
        rows.append(Row(name, 81.0, f"{KERNEL}, k 5", share, "%", Bound.AT_LEAST, 80))
        rows.append(Row(f"seconds for that split, k {detail}", 155.0, KERNEL, used / 1000, "s"))
        rows += sampled(forest, base, cells, cut, detail)
    return rows


def city_split(forest: Forest, cells: Ints, k: int, detail: int) -> tuple[Rows, Split]:
    rows = protect(forest, cells.sum(axis=1), k=k)
    found = split(forest, rows, cells, k=detail, mode=Mode.CELLS)
    assert found.certificate.holds
    return rows, found


def sampled(forest: Forest, rows: Rows, cells: Ints, found: Split, detail: int) -> list[Row]:
    """The attacker on some hidden cells of the large organisation."""
    said = statements(forest, rows, cells, found.shown)
    count = 40 if "--full" in sys.argv else 8
    chosen = np.random.default_rng(9).choice(said.cell.shape[0], count, replace=False)
    by_all = attack_numbers(said.said, said.values, said.targets[chosen])
    by_rows = attack_numbers(said.said[: rows.size], said.values[: rows.size], said.targets[chosen])
    # Nothing can do better than the rows alone: a row that is small, or all of one category.
    short = float((by_all.width - np.minimum(detail - 1, by_rows.width)).min())
    name = f"width of {chosen.size} hidden cells beyond k - 1, attacked, k {detail}"
    return [Row(name, None, "linear program", short, "people", Bound.AT_LEAST, -1e-6)]


def small(seed: int) -> tuple[Forest, Ints, int]:
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, 12))
    parent = [-1] + [int(rng.integers(0, at)) if rng.random() < 0.93 else -1 for at in range(1, size)]
    own = rng.poisson(rng.choice([1, 3, 6, 10]), size) * (rng.random(size) < rng.choice([0.5, 0.8, 1.0]))
    width = int(rng.integers(2, 4))
    cells = np.array([rng.multinomial(number, rng.dirichlet(np.ones(width))) for number in own])
    return Forest(np.array(parent)), cells, int(rng.integers(2, 9))


def attacked(count: int, every: int) -> list[Row]:
    """Small organisations: every group and combination by linear programs, beside the exact audit."""
    leaks = differing = naive = narrow = 0
    for seed in range(count):
        forest, cells, k = small(seed)
        own = cells.sum(axis=1)
        rows = protect(forest, own, k=k)
        found = audit(forest, own, rows, k=k)
        reach = attack_groups(groups_of(forest, rows), own)
        leaks += reach.leaks(k) + found.leaks
        differing += (reach.smallest or 0) != (found.smallest or 0) and abs(
            (reach.smallest or 0) - (found.smallest or 0)
        ) > 1e-6
        total = forest.rolled(own)
        naive += _naive_leaks(forest, own, total >= k, k)
        if seed % every == 0:
            part = split(
                forest, rows, cells, k=k, mode=Mode.CELLS if seed % (3 * every) else Mode.WHOLE_UNITS
            )
            said = statements(forest, rows, cells, part.shown)
            leaks += attack_groups(said.said, said.people).leaks(k)
            narrow += narrow_cells(said, rows, part, k)
    source, cells_in = "a threshold alone, same run", f"hidden cells known too well, {count // every} splits"
    return [
        Row(cells_in, None, "linear program", narrow, "", Bound.AT_MOST, 0),
        Row(f"groups below k reached, {count} organisations", naive, source, leaks, "", Bound.AT_MOST, 0),
        Row(
            "audits that differ from the attacker's", None, "linear program", differing, "", Bound.AT_MOST, 0
        ),
    ]


def narrow_cells(said: Statements, rows: Rows, part: Split, k: int) -> int:
    """Hidden cells whose interval is below k - 1, though the rows alone leave more.

    Left out: a cell that is made up of shown cells within it and of residuals of rows where all are of that
    category. Those are published, or told by the rows alone, and hold k or more themselves.
    """
    by_all = attack_numbers(said.said, said.values, said.targets)
    by_rows = attack_numbers(said.said[: rows.size], said.values[: rows.size], said.targets)
    own = _own_cells(rows, part)
    mixed = np.where((own > 0).sum(axis=1, keepdims=True) > 1, own, 0)
    rest = rows.forest.rolled(mixed, where=~part.shown)
    left = rest[said.cell[:, 0], said.cell[:, 1]] > 0
    return int(((by_all.width < np.minimum(k - 1, by_rows.width) - 1e-6) & left).sum())


def _own_cells(rows: Rows, part: Split) -> Ints:
    own = part.people.copy()
    inner = np.flatnonzero(rows.forest.parent >= 0)
    np.subtract.at(own, rows.forest.parent[inner], part.people[inner])
    return own


def _naive_leaks(forest: Forest, own: Ints, shown: Bools, k: int) -> int:
    rest = forest.rolled(own, where=~shown)[shown]
    return int(((rest > 0) & (rest < k)).sum())


def together(parts: list[Ints], sample: int) -> tuple[int, int]:
    """Leaks among sampled atoms of several partitions, and how many were asked exactly as well."""
    atoms, place = np.unique(np.stack(parts, axis=1), axis=0, return_inverse=True)
    people = np.bincount(place.reshape(-1))
    row = [np.where(atoms[:, each] >= 0, atoms[:, each], -1) for each in range(len(parts))]
    first = np.cumsum([0, *[int(each.max(initial=-1)) + 1 for each in row]])
    at = [np.flatnonzero(each >= 0) for each in row]
    groups = np.concatenate([each[there] + start for each, there, start in zip(row, at, first, strict=False)])
    matrix = csr_matrix((np.ones(groups.size), (groups, np.concatenate(at))), shape=(first[-1], people.size))
    targets = np.random.default_rng(1).choice(people.size, min(sample, people.size), replace=False)
    reach = attack_groups(matrix, people, targets=np.sort(targets))
    low = np.sort(targets)[reach.people < 7 - 1e-6]
    exact = attack_groups(matrix, people, targets=low, whole=True) if low.size else reach
    return exact.leaks(7) if low.size else 0, int(low.size)


def moved(unit: Ints, share: float, rng: np.random.Generator) -> Ints:
    goes = rng.random(unit.size) < share
    after = unit.copy()
    after[goes] = rng.permutation(unit[goes])
    return after


def again() -> list[Row]:
    """A reorganisation of the same answers, and twenty rounds of the same people, k 7."""
    rows = []
    forest, unit = organisation(45_000, CITY, 1)
    answers = answers_of(45_000, 4, missing=0)
    first = release(answers, unit, forest, scale=5)
    for share in (0.005, 0.02, 0.05):
        after = moved(unit, share, np.random.default_rng(5))
        once_more = partial(release, answers, after, forest, scale=5, earlier=[first.part])
        used, found = best(once_more, times=1)
        assert found.joint is not None
        assert found.joint.smallest is not None
        assert found.holds
        kept_rows = 100 * (found.rows.unit >= 0).sum() / (first.rows.unit >= 0).sum()
        rows.append(Row(f"rows kept when {share:.1%} moved, 45 000", None, "none", kept_rows, "%"))
        rows.append(
            Row("fewest people in a combination", 1, KERNEL, found.joint.smallest, "", Bound.AT_LEAST, 7)
        )
        rows.append(Row("time for that release", None, "none", used, "ms"))
        leaks, _ = together([first.part, found.part], 40 if "--full" in sys.argv else 4)
        rows.append(
            Row("below 7, sampled people attacked", None, "linear program", leaks, "", Bound.AT_MOST, 0)
        )
    return rows + rounds()


def rounds() -> list[Row]:
    forest, unit = organisation(1_500, (4, 4, 6), 2)
    rng = np.random.default_rng(6)
    answers = answers_of(1_500, 7, missing=0)
    parts: list[Ints] = []
    alone = strict = naive = 0
    for number in range(20):
        by_itself = release(answers, unit, forest, scale=5)
        assert by_itself.holds
        found = release(answers, unit, forest, scale=5, earlier=parts)
        assert found.holds
        parts.append(found.part)
        if number:
            naive += int((forest.rolled(np.bincount(unit, minlength=forest.size)) >= 7).sum())
            alone += int((by_itself.rows.unit >= 0).sum())
            strict += int((found.rows.unit >= 0).sum())
        unit = moved(unit, 0.05, rng)
    leaks, exact = together(parts, 60 if "--full" in sys.argv else 20)
    return [
        Row("20 rounds, 5 % move: combinations below 7", None, "linear program", leaks, "", Bound.AT_MOST, 0),
        Row("of them asked by the integer program", None, "the bound was not enough", exact, ""),
        Row("rows kept, each round by itself", None, "a threshold", 100 * alone / naive, "%"),
        Row("rows kept, answers taken to be stable", None, "a threshold", 100 * strict / naive, "%"),
    ]


def oracle() -> list[Row]:
    if not ORACLES.exists():
        return []
    with ORACLES.open() as file:
        numbers = np.array([[int(each) for each in line[1:]] for line in list(csv.reader(file))[1:]])
    forest = Forest(np.array([-1, 0, 0, 0, 0]))
    cells = np.vstack((np.zeros((1, 4), dtype=int), numbers))
    rows = protect(forest, cells.sum(axis=1), k=5)
    may = np.ones((5, 4), dtype=bool)
    for line, columns in ((1, "abc"), (2, "ac"), (3, "bd"), (4, "bd")):
        may[line, ["abcd".index(column) for column in columns]] = False
    found = split(forest, rows, cells, k=5, mode=Mode.CELLS, may=may)
    said = statements(forest, rows, cells, found.shown)
    width = float(attack_numbers(said.said, said.values, said.targets).width.min())
    extra = int((may & ~found.shown).sum())
    return [
        Row("trap of 4 x 4: cells added", 1, "sdcTable 0.34.0", extra, "", Bound.AT_MOST, 1),
        Row("trap of 4 x 4: narrowest interval", None, "0 before", width, "people", Bound.AT_LEAST, 4),
    ]


def main() -> int:
    count = 3_000 if "--full" in sys.argv else 1_000
    rows = [*speed(), *kept(), *oracle(), *attacked(count, 1 if "--full" in sys.argv else 10), *again()]
    return show("release", [replace(row, ours=float(row.ours)) for row in rows])


if __name__ == "__main__":
    raise SystemExit(main())
