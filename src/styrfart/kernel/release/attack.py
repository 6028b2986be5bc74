"""An attacker with a linear program: tries to get at few people from what is published, and knows nothing
else.

Independent of how rows and cells were chosen: it takes the published groups as sets of people, and HiGHS
(through SciPy) does the rest. Slow, so it is for audits of one's own release, samples and tests, not for
every page.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import coo_matrix, csr_matrix, hstack, identity, vstack

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release.forest import Bools, Forest, Ints
from styrfart.kernel.release.rows import Rows

Floats = npt.NDArray[np.float64]
NEAR = 1e-6


@dataclass(frozen=True, eq=False)
class Reach:
    """For each attacked atom the fewest people in a combination that it takes full part in.

    `people` (targets,): not above the truth, so all at least k proves that no combination gets at fewer.
    Equal to the truth for one or two partitions, where the program's corners are whole numbers. Infinite
    where the atom is in no published group.
    """

    people: Floats

    @property
    def smallest(self) -> float | None:
        found = self.people[np.isfinite(self.people)]
        return float(found.min()) if found.size else None

    def leaks(self, k: int) -> int:
        return int((self.people < k - NEAR).sum())


@dataclass(frozen=True, eq=False)
class Interval:
    """Between what a hidden number must lie: `low`, `high` (targets,)."""

    low: Floats
    high: Floats

    @property
    def width(self) -> Floats:
        return self.high - self.low


def groups_of(forest: Forest, rows: Rows) -> csr_matrix:
    """(rows, units): 1 where a row counts those who stand at the unit; from the tree, not from `home`."""
    pairs: list[tuple[int, int]] = []
    for number, unit in enumerate(rows.unit.tolist()):
        if unit >= 0:
            starts = [unit]
        else:
            cluster = rows.clusters[number - rows.size + len(rows.clusters)]
            starts = list(cluster.members)
            pairs += [(number, cluster.parent)] * cluster.has_own
        for each in starts:
            pairs.append((number, each))
            starts += forest.children(each)
    found = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return csr_matrix((np.ones(len(found)), (found[:, 0], found[:, 1])), shape=(rows.size, forest.size))


def attack_groups(
    groups: csr_matrix,
    people: Ints,
    *,
    targets: Ints | None = None,
    signed: bool = True,
    whole: bool = False,
) -> Reach:
    """Try to reach few people by adding and subtracting published sums with any coefficients.

    `groups` (groups, atoms): which atoms each published group holds; an atom is people in the same groups.
    `people` (atoms,): how many. `targets`: atoms to attack, all that are not empty unless given. `signed`:
    any combination counts; else only one that counts nobody negatively. `whole`: everybody who takes part
    counts as one, by an integer program, which is exact for any number of partitions but slow; else in
    proportion to the part taken, which is not above it, and the same for one or two partitions.
    """
    atoms = np.flatnonzero(people > 0)
    targets = atoms if targets is None else targets
    matrix = csr_matrix(groups)[:, atoms].T.tocsr()
    weight = np.asarray(people, dtype=np.float64)[atoms]
    place = np.searchsorted(atoms, targets)
    found = [_reach(matrix, weight, int(each), signed=signed, whole=whole) for each in place]
    return Reach(np.array(found, dtype=np.float64))


def _reach(matrix: csr_matrix, weight: Floats, target: int, *, signed: bool, whole: bool) -> float:
    """Coefficients of the groups and parts of the atoms, 0 to 1, at least as large as what is combined."""
    size, count = matrix.shape
    if not matrix[[target]].nnz:
        return np.inf
    unit = identity(size, format="csr")
    below = -matrix if signed else hstack((-matrix, csr_matrix((size, size))))
    within = vstack((hstack((matrix, -unit)), hstack((below, -unit)) if signed else below))
    done = linprog(
        np.concatenate((np.zeros(count), weight)),
        A_ub=within,
        b_ub=np.zeros(2 * size),
        A_eq=hstack((matrix[[target]], csr_matrix((1, size)))),
        b_eq=[1.0],
        bounds=[(None, None)] * count + [(0.0, 1.0)] * size,
        integrality=np.repeat([0, 1], [count, size]) if whole else None,
        method="highs",
    )
    if done.status == 2:
        return np.inf  # no combination in which the atom takes the greatest part
    if done.status != 0:
        raise KernelError(f"the linear program ended with status {done.status}")
    return float(done.fun)


def attack_numbers(
    said: csr_matrix,
    values: npt.ArrayLike,
    targets: csr_matrix,
    *,
    low: float | Floats = 0.0,
    high: float | Floats = np.inf,
) -> Interval:
    """Bounds for hidden numbers from published ones.

    `said` (statements, unknowns) with `values` (statements,): the published sums. `targets` (targets,
    unknowns): the sums to bound. `low`, `high`: what each unknown lies between.
    Raises `KernelError` when the statements contradict each other.
    """
    size = said.shape[1]
    bounds = np.stack((np.broadcast_to(low, size), np.broadcast_to(high, size)), axis=1)
    ends: list[list[float]] = [[], []]
    for number in range(targets.shape[0]):
        cost = targets[[number]].toarray().ravel()
        for side, sign in enumerate((1.0, -1.0)):
            done = linprog(sign * cost, A_eq=said, b_eq=values, bounds=bounds, method="highs")
            if done.status not in {0, 3}:
                raise KernelError(f"the linear program ended with status {done.status}")
            ends[side].append(sign * float(done.fun) if done.status == 0 else -sign * np.inf)
    return Interval(np.array(ends[0]), np.array(ends[1]))


@dataclass(frozen=True, eq=False)
class Statements:
    """All that is published of a split, as sums of unknown numbers, for `attack_numbers`.

    An unknown is a unit's own people of a category, where there are any: that a cell is empty is taken to be
    known. `said` (statements, unknowns), `values`; `targets` (targets, unknowns): hidden cells of rows,
    `cell` (targets, 2): their row and category, `number` their truth. `groups`: the same as `said`, with
    `people` (unknowns,), for `attack_groups`.
    """

    said: csr_matrix
    values: Ints
    targets: csr_matrix
    cell: Ints
    number: Ints
    people: Ints


def statements(forest: Forest, rows: Rows, people: Ints, shown: Bools) -> Statements:
    """What rows and shown cells (rows, categories) say about `people` (units, categories)."""
    people = np.asarray(people)
    unit, category = np.nonzero(people)
    groups = groups_of(forest, rows)
    spread = csr_matrix(
        (np.ones(unit.size), (unit, np.arange(unit.size))), shape=(forest.size, unit.size)
    )  # fmt: skip
    by_row = (groups @ spread).tocsr()
    counts = people[unit, category]

    def cells(chosen: Bools) -> tuple[csr_matrix, Ints]:
        row, of = np.nonzero(chosen)
        picked = by_row[row].tocoo()
        keep = category[picked.col] == of[picked.row]
        matrix = coo_matrix(
            (picked.data[keep], (picked.row[keep], picked.col[keep])), shape=(row.size, unit.size)
        )
        return matrix.tocsr(), np.stack((row, of), axis=1)

    by_cell, _ = cells(shown)
    said = vstack((by_row, by_cell)).tocsr()
    targets, cell = cells(~shown)
    number = (targets @ counts).astype(np.int64)
    kept = np.flatnonzero(number > 0)
    return Statements(
        said, (said @ counts).astype(np.int64), targets[kept], cell[kept], number[kept], counts
    )  # fmt: skip
