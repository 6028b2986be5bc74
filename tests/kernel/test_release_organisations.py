"""Random organisations, and the laws that hold for every one of them; the attacker is a linear program.

Small ones here, some hundred; thousands and the large ones are in `benchmarks/release.py`.
"""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from styrfart.kernel.release import (
    Forest,
    Mode,
    Reach,
    Rows,
    admit,
    attack_groups,
    attack_numbers,
    audit,
    groups_of,
    protect,
    release,
    split,
    statements,
)
from styrfart.kernel.release.forest import Bools, Ints
from styrfart.kernel.release.merging import standing


@dataclass(frozen=True)
class Organisation:
    forest: Forest
    cells: Ints  # (units, categories): who answered, where they stand
    k: int

    @property
    def own(self) -> Ints:
        own: Ints = self.cells.sum(axis=1)
        return own


def organisation(seed: int, *, units: int = 14, categories: int = 3) -> Organisation:
    """Some units, several roots now and then, sizes around the threshold, people also at inner units."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(2, units))
    parent = [-1] + [int(rng.integers(0, at)) if rng.random() < 0.93 else -1 for at in range(1, size)]
    own = rng.poisson(rng.choice([1, 3, 6, 10]), size) * (rng.random(size) < rng.choice([0.5, 0.8, 1.0]))
    width = int(rng.integers(2, categories + 1))
    cells = np.array([rng.multinomial(number, rng.dirichlet(np.ones(width))) for number in own])
    return Organisation(Forest(np.array(parent)), cells, int(rng.integers(2, 9)))


def together(parts: list[Ints], *, whole: bool) -> Reach | None:
    """The attacker on several partitions of the same people, each block with its sum."""
    atoms, place = np.unique(np.stack(parts, axis=1), axis=0, return_inverse=True)
    people = np.bincount(place.reshape(-1))
    groups = [
        (atoms[:, part] == block).astype(float)
        for part in range(len(parts))
        for block in range(int(atoms[:, part].max()) + 1)
    ]
    groups = [each for each in groups if each.any()]
    return attack_groups(csr_matrix(np.array(groups)), people, whole=whole) if groups else None


def partition(rows: Rows, unit: Ints, given_up: Bools) -> Ints:
    now = np.where(unit >= 0, rows.home[unit], -1)
    left = standing(rows.forest.parent, given_up)
    return np.where(now >= 0, np.append(left, -1)[now], -1)


SEEDS = st.integers(0, 10**6)


@settings(max_examples=80, deadline=None)
@given(SEEDS)
def test_the_smallest_group_of_the_fast_audit_is_the_attackers(seed: int) -> None:
    case = organisation(seed)
    rows = protect(case.forest, case.own, k=case.k)
    found = audit(case.forest, case.own, rows, k=case.k)
    reach = attack_groups(groups_of(case.forest, rows), case.own, signed=bool(seed % 2))

    assert found.holds
    assert reach.leaks(case.k) == 0
    assert reach.smallest == (None if found.smallest is None else pytest.approx(found.smallest))


@settings(max_examples=120, deadline=None)
@given(SEEDS)
def test_rows_are_nested_and_count_everybody_once(seed: int) -> None:
    case = organisation(seed, units=40)
    rows = protect(case.forest, case.own, k=case.k)
    total = case.forest.rolled(case.own)
    held = groups_of(case.forest, rows)

    assert np.array_equal(held @ case.own, rows.people)
    assert (rows.people >= case.k).all()
    for row, above in enumerate(rows.forest.parent.tolist()):
        assert above < 0 or (held[[row]] - held[[row]].multiply(held[[above]])).nnz == 0
    members = [member for cluster in rows.clusters for member in cluster.members]
    assert len(members) == len(set(members))
    assert not set(members) & set(rows.unit.tolist())
    assert (total[rows.unit[rows.unit >= 0]] >= case.k).all()


@settings(max_examples=25, deadline=None)
@given(SEEDS, st.sampled_from(Mode), st.integers(0, 2))
def test_no_combination_of_rows_and_cells_reaches_few_and_no_hidden_number_is_known(
    seed: int, mode: Mode, more: int
) -> None:
    case = organisation(seed, units=10)
    k = case.k + more
    rows = protect(case.forest, case.own, k=case.k)
    found = split(case.forest, rows, case.cells, k=k, mode=mode)
    said = statements(case.forest, rows, case.cells, found.shown)

    reach = attack_groups(said.said, said.people)
    known = attack_numbers(said.said, said.values, said.targets)
    by_rows = attack_numbers(said.said[: rows.size], said.values[: rows.size], said.targets)

    assert found.certificate.holds
    assert reach.leaks(case.k) == 0
    if not more and reach.smallest is not None:
        assert reach.smallest == pytest.approx(found.certificate.smallest)
    told = told_by_shown(said.said, said.targets)
    wide = np.minimum(
        k - 1, by_rows.width
    )  # what no split could do better: a row that is small, or of one kind
    assert (known.width[~told] >= wide[~told] - 1e-6).all()


def told_by_shown(said: csr_matrix, targets: csr_matrix) -> Bools:
    """Targets that are sums of shown cells and rows that do not overlap: groups of k and more, no secret."""
    sets = [frozenset(said[[row]].indices.tolist()) for row in range(said.shape[0])]
    told = []
    for row in range(targets.shape[0]):
        wanted = set(targets[[row]].indices.tolist())
        inside = set().union(*[each for each in sets if each <= wanted])
        told.append(inside == wanted)
    return np.array(told, dtype=bool)


@settings(max_examples=30, deadline=None)
@given(SEEDS)
def test_a_new_tree_over_the_same_answers_tells_nothing_that_two_would(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts, k = several_releases(rng, releases=2)

    reach = together(parts, whole=False)

    assert reach is None or reach.leaks(k) == 0


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_several_releases_of_the_same_people_are_one_system(seed: int) -> None:
    rng = np.random.default_rng(seed)
    parts, k = several_releases(rng, releases=int(rng.integers(3, 5)))

    reach = together(parts, whole=False)
    if reach is not None and reach.leaks(k):  # a bound from below: ask the exact one
        reach = together(parts, whole=True)

    assert reach is None or reach.leaks(k) == 0


def several_releases(rng: np.random.Generator, *, releases: int) -> tuple[list[Ints], int]:
    """People who move between units, units that move in the tree, people who come and go; and k."""
    people, units, k = int(rng.integers(10, 100)), int(rng.integers(3, 10)), int(rng.integers(2, 7))
    move = float(rng.choice([0.02, 0.1, 0.3]))
    unit = rng.integers(0, units, people)
    parent = [-1] + [int(rng.integers(0, at)) for at in range(1, units)]
    parts: list[Ints] = []
    for _ in range(releases):
        here = np.where(rng.random(people) < rng.choice([0.9, 1.0]), unit, -1)
        rows = protect(Forest(np.array(parent)), np.bincount(here[here >= 0], minlength=units), k=k)
        now = np.where(here >= 0, rows.home[here], -1)
        found = admit(parts, now, rows.forest.parent, rows.people, k=k)
        assert found.certificate.holds
        parts.append(partition(rows, here, found.given_up))
        unit = np.where(rng.random(people) < move, rng.integers(0, units, people), unit)
        if rng.random() < 0.3:
            parent = [-1] + [int(rng.integers(0, at)) for at in range(1, units)]
    return parts, k


@settings(max_examples=25, deadline=None)
@given(SEEDS)
def test_no_item_shows_few_people_or_people_of_one_mind(seed: int) -> None:
    rng = np.random.default_rng(seed)
    case = organisation(seed, units=20)
    unit = np.repeat(np.arange(case.forest.size), case.own)
    answers = rng.choice(4, (unit.size, 3), p=rng.dirichlet([0.4] * 4)).astype(np.uint8)
    found = release(answers, unit, case.forest, scale=3, k=case.k, k_detail=case.k + 2)

    assert found.holds
    held = groups_of(case.forest, found.rows)
    for item in range(3):
        answered = np.bincount(unit[answers[:, item] > 0], minlength=case.forest.size)
        shown = found.shown[:, item]
        assert np.array_equal((held @ answered)[shown], found.answered[shown, item])
        reach = attack_groups(held[np.flatnonzero(shown)], answered)
        assert reach.leaks(case.k) == 0
