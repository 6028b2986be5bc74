"""Each unit that started beside one that did not and was like it: weaker than a lot, and said to be.

Matching mends what was measured and nothing else. The result therefore always carries `NO_RANDOMISATION`,
and how strong an unseen difference would have to be to explain it (`sensitivity`).
"""

from dataclasses import dataclass, replace
from enum import Enum

import numpy as np
import numpy.typing as npt
from scipy import optimize

from styrfart.kernel.effects.balance import IMBALANCED, Crossover, columns_of, crossover
from styrfart.kernel.effects.lots import DRAWS, ENUMERATED, Floats, Labels, draw, zero_one
from styrfart.kernel.effects.randomised import compare, refused_by
from styrfart.kernel.effects.regression import least_squares
from styrfart.kernel.effects.sensitivity import tolerated
from styrfart.kernel.effects.values import Caution, Design, Estimate, Method, Refusal
from styrfart.kernel.errors import KernelError

MODEST = 1.5  # odds; a hidden difference of this size is easily imagined
SIGN_FLIPS = {Method.PERMUTATION: Method.SIGN_FLIPS, Method.PERMUTATION_SAMPLED: Method.SIGN_FLIPS_SAMPLED}


class Matching(Enum):
    """How pairs are formed."""

    OPTIMAL = "optimal"  # as many pairs as possible, of these the least sum of distances
    NEAREST = "nearest"  # the closest pair first, then the closest of the rest


@dataclass(frozen=True)
class Pairs:
    """Who was paired with whom, and how alike the groups were before and after."""

    treated: tuple[int, ...]  # places in the input, ascending
    compared: tuple[int, ...]  # each one's partner
    distances: tuple[float, ...]
    total: float  # the sum of distances
    unmatched: tuple[int, ...]  # treated for whom there was nobody within the caliper
    before: tuple[float, ...]  # standardised difference of each covariate, all treated and all others
    after: tuple[float, ...]  # of the pairs, by the same standard deviations


@dataclass(frozen=True)
class Matched:
    """The mean difference within pairs, the pairs, and what hidden bias it would stand."""

    estimate: Estimate
    pairs: Pairs
    tolerated_bias: float | None  # Γ; 0.0 when there is nothing to explain away, None when there are no pairs
    crossover: Crossover | None  # of the pairs' members


def match(
    started: npt.ArrayLike,
    covariates: npt.ArrayLike,
    *,
    caliper: float | None = None,
    matching: Matching = Matching.OPTIMAL,
) -> Pairs:
    """Pairs of a unit that started and one that did not, each used once, alike in `covariates` (G × k, or G).

    The distance is Euclidean over covariates divided by the root of the mean of both groups' variances.
    `caliper`: the greatest distance allowed. Optimal: solved exactly as an assignment. Ties fall to the
    earlier place. Raises `KernelError` for shapes that do not fit or a covariate that does not vary.
    Source: Rosenbaum 1989 (optimal); Stuart 2010 (review).
    """
    z = zero_one(started)
    x = columns_of(covariates, z.size)
    if caliper is not None and not caliper > 0:
        raise KernelError("a caliper is above zero")
    treated, others = np.flatnonzero(z == 1), np.flatnonzero(z == 0)
    spread = _spread(x, z)
    apart = (x[treated][:, None, :] - x[others][None, :, :]) / spread
    distance = np.sqrt(np.einsum("tck,tck->tc", apart, apart))
    allowed = np.ones(distance.shape, dtype=bool) if caliper is None else distance <= caliper
    how = _optimal if matching is Matching.OPTIMAL else _nearest
    found = how(distance, allowed)
    rows, partners = np.flatnonzero(found >= 0), found[found >= 0]
    lengths = distance[rows, partners]
    before = (x[treated].mean(axis=0) - x[others].mean(axis=0)) / spread
    after = (x[treated[rows]] - x[others[partners]]).mean(axis=0) / spread if rows.size else before
    return Pairs(
        treated=tuple(int(each) for each in treated[rows]),
        compared=tuple(int(each) for each in others[partners]),
        distances=tuple(float(each) for each in lengths),
        total=float(lengths.sum()),
        unmatched=tuple(int(each) for each in treated[found < 0]),
        before=tuple(float(each) for each in before),
        after=tuple(float(each) for each in after),
    )


def matched(
    outcome: npt.ArrayLike,
    started: npt.ArrayLike,
    covariates: npt.ArrayLike,
    *,
    caliper: float | None = None,
    matching: Matching = Matching.OPTIMAL,
    adjust: bool = False,
    taken_up: npt.ArrayLike | None = None,
    people: npt.ArrayLike | None = None,
    smallest_group: int | None = None,
    limit: int = ENUMERATED,
    draws: int = DRAWS,
    seed: int = 0,
) -> Matched:
    """The mean difference of `outcome` (G) within pairs that `match` forms, with the p value of sign flips.

    With `adjust`, what the pairs still differ by in the covariates is taken away by regression of
    differences on differences (Rubin 1979); it costs a degree of freedom for each covariate. Exact if within
    each pair it was as likely that the one started as the other. Cautions: always `NO_RANDOMISATION`;
    `IMBALANCE` when a covariate still differs by more than a quarter of a standard deviation and is not
    adjusted for; `UNMATCHED`; `HIDDEN_BIAS` when a bias of 1.5 in odds would explain what was seen.

    Raises `KernelError` as `match`, or for an outcome that is not finite.
    Sources: Fisher 1935; Rosenbaum 2002.
    """
    pairs = match(started, covariates, caliper=caliper, matching=matching)
    y, z = np.asarray(outcome, dtype=np.float64), zero_one(started)
    if y.shape != z.shape or not np.isfinite(y).all():
        raise KernelError("there is a finite outcome for each unit")
    if not pairs.treated:
        return Matched(_unpaired(y, z), pairs, None, None)
    members = np.array([*pairs.treated, *pairs.compared])
    count = len(pairs.treated)
    side = np.repeat([1.0, 0.0], count)
    number = np.tile(np.arange(count), 2)
    lot = draw(side, strata=number, limit=limit, draws=draws, seed=seed)
    x = columns_of(covariates, z.size)[members] if adjust else None
    found = compare(y[members], lot, before=x, labels=number, design=Design.MATCHED).estimate
    within = _within(y[members], None if found.refusals else x)
    gamma = tolerated(within) if within.any() else 0.0
    size = None if people is None else np.asarray(people, dtype=np.int64)[members]
    refused = refused_by(lot, size, smallest_group)
    rules = (
        (Caution.NO_RANDOMISATION, True),
        (Caution.IMBALANCE, not adjust and any(abs(each) > IMBALANCED for each in pairs.after)),
        (Caution.UNMATCHED, bool(pairs.unmatched)),
        (Caution.HIDDEN_BIAS, gamma < MODEST),
    )
    flips = replace(found, method=SIGN_FLIPS.get(found.method, found.method))
    crossed = None if taken_up is None else crossover(side, np.asarray(taken_up)[members])
    estimate = flips.refused(*refused).warned(
        *(each for each, holds in rules if holds), *(() if crossed is None else crossed.cautions)
    )
    return Matched(estimate, pairs, gamma, crossed)


def _unpaired(y: Floats, z: Floats) -> Estimate:
    """What can be said when nobody was like anybody: the plain difference, and that it is no estimate."""
    raw = float(y[z == 1].mean() - y[z == 0].mean())
    bare = Estimate(Design.MATCHED, Method.DESCRIPTION, raw, int(z.sum()), int((1 - z).sum()))
    return bare.refused(Refusal.NO_MATCHES).warned(Caution.NO_RANDOMISATION)


def _within(y: Floats, x: Floats | None) -> Floats:
    """The P differences within pairs, the treated first in `y` (2P), adjusted for `x` (2P × k)."""
    count = y.size // 2
    within = y[:count] - y[count:]
    if x is None:
        return within
    apart = x[:count] - x[count:]
    slopes = least_squares(within, np.column_stack([np.ones(count), apart])).coefficients[1:]
    adjusted: Floats = within - np.einsum("pk,k->p", apart, slopes)
    return adjusted


def _spread(x: Floats, z: Floats) -> Floats:
    variances = [x[z == side].var(axis=0, ddof=1) for side in (1, 0) if (z == side).sum() > 1]
    spread: Floats = np.sqrt(np.mean(variances, axis=0)) if variances else np.zeros(x.shape[1])
    if (spread == 0).any():
        raise KernelError("each covariate varies within the groups")
    return spread


def _optimal(distance: Floats, allowed: npt.NDArray[np.bool_]) -> Labels:
    """The partner of each row, −1 for none: most pairs, then least total.

    Each row has a column of its own that means nobody, dearer than any pair could save; what the caliper
    forbids is dearer than that, so it is never taken.
    """
    rows, columns = distance.shape
    nobody = 1.0 + rows * float(distance.max())
    costs = np.full((rows, columns + rows), 4 * nobody * rows)
    costs[:, :columns] = np.where(allowed, distance, 4 * nobody * rows)
    costs[np.arange(rows), columns + np.arange(rows)] = nobody
    chosen = optimize.linear_sum_assignment(costs)[1].astype(np.int64)
    found: Labels = np.where(chosen < columns, chosen, -1)
    return found


def _nearest(distance: Floats, allowed: npt.NDArray[np.bool_]) -> Labels:
    rows, columns = distance.shape
    found = np.full(rows, -1, dtype=np.int64)
    taken = np.zeros(columns, dtype=bool)
    for place in np.argsort(distance, axis=None, kind="stable"):
        row, column = divmod(int(place), columns)
        if found[row] < 0 and not taken[column] and allowed[row, column]:
            found[row] = column
            taken[column] = True
    return found
