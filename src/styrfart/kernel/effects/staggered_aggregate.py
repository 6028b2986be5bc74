"""Group-time effects in one figure, or one for each group, period, or length of exposure.

The weights of groups are estimated (their shares of the units), and the influence functions say so.
Source: Callaway and Sant'Anna (2021), section 3.1.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.staggered import Cell, GroupTimeEffects, clustered_standard_errors
from styrfart.kernel.errors import KernelError

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]


class Aggregation(Enum):
    """What is averaged into each part; the overall effect is of the parts after the start."""

    SIMPLE = "simple"  # all cells after the start, each by its group's size: early groups count most
    GROUP = "group"  # for each group, over its periods; overall by the groups' sizes
    DYNAMIC = "dynamic"  # for each length of exposure, also negative; overall from 0 on, all alike
    CALENDAR = "calendar"  # for each period; overall all periods alike


@dataclass(frozen=True, eq=False)
class Aggregated:
    """An overall effect, the parts that it is made of, and each unit's influence on both.

    `keys`: groups, lengths of exposure or periods; empty for `Aggregation.SIMPLE`.
    """

    aggregation: Aggregation
    overall: float
    overall_influence: Floats  # (N,)
    keys: Integers  # (P,)
    effects: Floats  # (P,)
    influence: Floats  # N × P
    clusters: Integers  # (N,)

    @property
    def overall_standard_error(self) -> float:
        return float(clustered_standard_errors(self.overall_influence[:, None], self.clusters)[0])

    @property
    def standard_errors(self) -> Floats:
        """(P,); 0 where an effect is 0 by construction."""
        return clustered_standard_errors(self.influence, self.clusters)


def aggregate(effects: GroupTimeEffects, aggregation: Aggregation) -> Aggregated:
    """The cells of `effects` put together.

    Raises `KernelError` when no cell after a start could be estimated.
    """
    after = np.array([cell.is_after for cell in effects.cells], dtype=bool)
    if not after.any():
        raise KernelError("no effect after a start could be estimated")
    weights = effects.units.weights[:, 0]
    groups = np.array([cell.group for cell in effects.cells], dtype=np.int64)
    shares = np.where(effects.units.starts[:, None] == groups, weights[:, None], 0.0) / weights.mean()
    if aggregation is Aggregation.SIMPLE:
        overall, influence = _averaged(effects.effects, effects.influence, shares, after)
        none = np.zeros(0)
        return Aggregated(
            aggregation,
            overall,
            influence,
            none.astype(np.int64),
            none,
            np.zeros((weights.size, 0)),
            effects.units.clusters,
        )
    keys = _keys(effects.cells, aggregation)
    chosen = np.ones(after.size, dtype=bool) if aggregation is Aggregation.DYNAMIC else after
    parts = np.unique(keys[chosen])
    found = [_averaged(effects.effects, effects.influence, shares, chosen & (keys == part)) for part in parts]
    values = np.array([each[0] for each in found])
    influences = np.array([each[1] for each in found]).T
    if aggregation is Aggregation.GROUP:
        sizes = np.where(effects.units.starts[:, None] == parts, weights[:, None], 0.0) / weights.mean()
        overall, influence = _averaged(values, influences, sizes, np.ones(parts.size, dtype=bool))
    else:
        counted = parts >= 0 if aggregation is Aggregation.DYNAMIC else np.ones(parts.size, dtype=bool)
        overall = float(values[counted].mean())
        influence = influences[:, counted].mean(axis=1)
    return Aggregated(
        aggregation, overall, influence, parts, values, influences, effects.units.clusters
    )  # fmt: skip


def overall_weights(cells: Sequence[Cell], aggregation: Aggregation, shares: Floats) -> Floats:
    """What each of C cells counts for in the overall effect (… × C), when its group has `shares` (… × C).

    The same as in `aggregate`, for many sets of shares at once; each row sums to 1.
    """
    after = np.array([cell.is_after for cell in cells], dtype=bool)
    if aggregation is Aggregation.SIMPLE:
        kept = np.where(after, shares, 0.0)
        return np.asarray(kept / kept.sum(axis=-1, keepdims=True))
    keys = _keys(cells, aggregation)
    parts = np.unique(keys[after])
    weights = np.zeros(shares.shape)
    sizes = np.stack([shares[..., after & (keys == part)].mean(axis=-1) for part in parts], axis=-1)
    for place, part in enumerate(parts):
        block = np.where(after & (keys == part), shares, 0.0)
        if aggregation is Aggregation.GROUP:
            of_part = sizes[..., [place]] / sizes.sum(axis=-1, keepdims=True)
        else:
            of_part = np.full((*shares.shape[:-1], 1), 1 / parts.size)
        weights = weights + of_part * block / block.sum(axis=-1, keepdims=True)
    return np.asarray(weights)


def _keys(cells: Sequence[Cell], aggregation: Aggregation) -> Integers:
    each = {
        Aggregation.GROUP: [cell.group for cell in cells],
        Aggregation.DYNAMIC: [cell.time - cell.group for cell in cells],
        Aggregation.CALENDAR: [cell.time for cell in cells],
    }[aggregation]
    return np.array(each, dtype=np.int64)


def _averaged(
    values: Floats, influence: Floats, shares: Floats, chosen: npt.NDArray[np.bool_]
) -> tuple[float, Floats]:
    """Values (C) of the chosen averaged by the mean of their `shares` (N × C), and the influence (N).

    The shares are means of what each unit adds, so that their own influence is what it adds less the mean.
    """
    mean = shares[:, chosen].mean(axis=0)
    weights = mean / mean.sum()
    average = float((weights * values[chosen]).sum())
    of_values = np.einsum("nc,c->n", influence[:, chosen], weights)
    of_shares = np.einsum("nc,c->n", shares[:, chosen] - mean, values[chosen] - average) / mean.sum()
    return average, of_values + of_shares
