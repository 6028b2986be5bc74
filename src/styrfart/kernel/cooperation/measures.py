"""Share across, modularity and reciprocity of a table of ties.

Each is a ratio of sums, so that twice the ties give the same; what they are held against keeps each
department's strength: how much goes out of it and into it.
"""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from styrfart.kernel.cooperation.ties import Across, Kind, Reciprocity, Tie, check_ties
from styrfart.kernel.errors import KernelError

Floats = NDArray[np.float64]


def strengths(ties: Sequence[Tie], departments: int, *, kinds: Collection[Kind] = tuple(Kind)) -> Floats:
    """Weights by source and target, shape (departments, departments).

    Raises `KernelError` for a department out of range or a weight that is not above zero.
    """
    check_ties(ties, departments)
    table = np.zeros((departments, departments))
    for tie in ties:
        if tie.kind in kinds:
            table[tie.source, tie.target] += tie.weight
    return table


def share_across(weights: ArrayLike) -> Across:
    """The share of the weight that crosses, and what chance would give with the same strengths.

    Expected: Σ over i ≠ j of out_i · in_j ÷ total², the configuration model (Newman 2004, Physical Review E
    70, 056131; directed: Leicht & Newman 2008). `weights`: shape (departments, departments), what stays
    within on the diagonal. Raises `KernelError` for another shape or a weight below zero.
    """
    table = _checked(weights)
    total = float(table.sum())
    if total == 0:
        return Across(0.0, 0.0, None, None, None)
    across = float(table[~np.eye(table.shape[0], dtype=bool)].sum())
    share = float(shares(table.reshape(1, -1))[0])
    expected = share + float(modularities(table.reshape(1, -1))[0])
    return Across(total, across, share, expected, share / expected if expected > 0 else None)


def modularity(weights: ArrayLike, communities: ArrayLike, *, resolution: float = 1.0) -> float:
    """Q = Σ over pairs of the same community of (w_ij − resolution · out_i · in_j ÷ total) ÷ total.

    Directed and weighted (Leicht & Newman 2008, Physical Review Letters 100, 118703; Arenas et al. 2007); a
    symmetric table gives Newman's undirected Q, with each link in both places and a link to oneself twice on
    the diagonal. `weights`: (units, units); `communities`: a number from 0 for each unit. With departments as
    units and communities it is expected share across less share across. Raises `KernelError` for other
    shapes, a weight below zero, or no ties.
    """
    table = _checked(weights)
    labels = np.asarray(communities)
    if labels.shape != table.shape[:1] or labels.dtype.kind not in "iu" or labels.min(initial=0) < 0:
        raise KernelError("a community, from 0, for each unit")
    if table.sum() == 0:
        raise KernelError("modularity is of ties")
    count = int(labels.max(initial=0)) + 1
    merged = np.zeros((count, count))
    np.add.at(merged, (labels[:, None], labels[None, :]), table)
    return float(modularities(merged.reshape(1, -1), resolution=resolution)[0])


def reciprocity(weights: ArrayLike) -> Reciprocity:
    """How much of what goes one way comes back, by weight and by link; what stays within is left out.

    Weighted: Σ min(w_ij, w_ji) ÷ Σ w_ij over i ≠ j (Squartini, Picciolo, Ruzzenenti & Garlaschelli 2013,
    Scientific Reports 3, 2729). Links: share that have one back; beyond chance (r − d) ÷ (1 − d), d the
    density (Garlaschelli & Loffredo 2004, Physical Review Letters 93, 268701).
    """
    table = _checked(weights)
    count = table.shape[0]
    weighted = float(reciprocities(table.reshape(1, -1))[0])
    if np.isnan(weighted):
        return Reciprocity(None, None, None, None)
    linked = (table > 0) & ~np.eye(count, dtype=bool)
    links = int((linked & linked.T).sum()) / int(linked.sum())
    density = int(linked.sum()) / (count * (count - 1))
    return Reciprocity(weighted, links, density, (links - density) / (1 - density) if density < 1 else None)


# --- Many tables at once: shape (tables, departments²); nan where there are no ties ---


def shares(tables: Floats) -> Floats:
    """Share across of each."""
    square, total = _square(tables)
    within = np.trace(square, axis1=1, axis2=2)
    return _ratio(total - within, total)


def modularities(tables: Floats, *, resolution: float = 1.0) -> Floats:
    """Modularity of each with departments as communities."""
    square, total = _square(tables)
    within = np.trace(square, axis1=1, axis2=2)
    by_chance = (square.sum(axis=2) * square.sum(axis=1)).sum(axis=1)
    return _ratio(within, total) - resolution * _ratio(by_chance, total * total)


def reciprocities(tables: Floats) -> Floats:
    """Weighted reciprocity of each."""
    square, total = _square(tables)
    within = np.trace(square, axis1=1, axis2=2)
    both = np.minimum(square, square.transpose(0, 2, 1)).sum(axis=(1, 2)) - within
    return _ratio(both, total - within)


def _square(tables: Floats) -> tuple[Floats, Floats]:
    count = round(tables.shape[1] ** 0.5)
    return tables.reshape(-1, count, count), tables.sum(axis=1)


def _ratio(over: Floats, under: Floats) -> Floats:
    found = np.full(over.shape, np.nan)
    np.divide(over, under, out=found, where=under > 0)
    return found


def _checked(weights: ArrayLike) -> Floats:
    table = np.asarray(weights, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise KernelError("weights are a square table")
    if not np.isfinite(table).all() or (table < 0).any():
        raise KernelError("a weight is at least zero")
    return table
