"""Units that were drawn by lot: the baseline-adjusted difference of their means, with inference from the lot.

A unit (a team, a district) counts once, whatever its size: the question is what the new way does to a unit.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy import stats

from styrfart.kernel.effects.balance import Balance, Crossover, balance, columns_of, crossover
from styrfart.kernel.effects.lots import DRAWS, ENUMERATED, Floats, Lot, draw, labelled, listed, reference
from styrfart.kernel.effects.refusals import refusals
from styrfart.kernel.effects.regression import least_squares
from styrfart.kernel.effects.values import LEVEL, LEVELS, Caution, Design, Estimate, Interval, Method, Refusal
from styrfart.kernel.errors import KernelError

PROBABLE = 0.10  # two-sided: see `verdict`


@dataclass(frozen=True)
class Compared:
    """The effect on units, a check by another method, and what one should know of the groups."""

    estimate: Estimate  # by permutation
    check: Estimate  # the same difference, by Student's t
    treated_mean: float
    compared_mean: float
    balance: tuple[Balance, ...]  # of each column before, in their order
    crossover: Crossover | None
    without_one: tuple[float, float]  # the least and the greatest effect when any one unit is left out


def randomised(
    outcome: npt.ArrayLike,
    started: npt.ArrayLike,
    *,
    baseline: npt.ArrayLike | None = None,
    strata: npt.ArrayLike | None = None,
    allocations: npt.ArrayLike | None = None,
    taken_up: npt.ArrayLike | None = None,
    people: npt.ArrayLike | None = None,
    smallest_group: int | None = None,
    limit: int = ENUMERATED,
    draws: int = DRAWS,
    seed: int = 0,
) -> Compared:
    """The effect on G units of which some were drawn to start.

    `outcome` (G): each unit's mean after the start; NaN of a unit that was lost. `started` (G): 1 or 0, as
    drawn, whatever the unit did. `baseline` (G or G × k): what to adjust for, measured before. `strata` (G
    labels): the lot was drawn within each; pairs are strata of two. `allocations` (P × G): all that a
    restricted lot could have given, instead of strata. `taken_up` (G, 0 to 1): what each unit really did.
    `people` (G) with `smallest_group`: respondents behind each mean, and the survey's smallest group.

    The p value and intervals are exact under the hypothesis of one effect for all units: every allocation is
    looked at when there are at most `limit`, else `draws` of them by `seed`.

    Raises `KernelError` for shapes that do not fit, or when who starts follows from strata and baseline.
    Source: Fisher 1935; Gail, Mark, Carroll, Green and Pee 1996 (clusters); Hodges and Lehmann 1963.
    """
    y, z = np.asarray(outcome, dtype=np.float64), np.asarray(started, dtype=np.float64)
    if y.ndim != 1 or y.shape != z.shape:
        raise KernelError("there is an outcome for each unit")
    if allocations is not None and strata is not None:
        raise KernelError("a lot has strata or a list of allocations, not both")
    if np.isinf(y).any():
        raise KernelError("outcomes are finite, or NaN where a unit was lost")
    there = ~np.isnan(y)
    if allocations is not None and not there.all():
        raise KernelError("a listed lot needs the outcome of each unit")
    labels = np.zeros(y.size, dtype=np.int64) if strata is None else labelled(strata, y.size)
    kept = None if baseline is None else columns_of(baseline, y.size)[there]
    if allocations is None:
        # A lost unit takes its place in the lot with it: what is left was drawn within what is left.
        lot = draw(z[there], strata=labels[there], limit=limit, draws=draws, seed=seed)
    else:
        lot = listed(z, allocations)
    found = compare(y[there], lot, before=kept, labels=labels[there], design=Design.RANDOMISED)
    crossed = None if taken_up is None else crossover(z, taken_up)
    size = None if people is None else np.asarray(people, dtype=np.int64)[there]
    estimate = found.estimate.refused(*refused_by(lot, size, smallest_group))
    cautions = (
        *(() if there.all() else (Caution.ATTRITION,)),
        *(() if crossed is None else crossed.cautions),
    )
    return replace(found, estimate=estimate.warned(*cautions), crossover=crossed)


def compare(
    outcome: Floats, lot: Lot, *, before: Floats | None, labels: npt.NDArray[np.int64], design: Design
) -> Compared:
    """The adjusted difference by `lot`, refused when there are too few units, with its check and balance."""
    z = lot.drawn
    if outcome.shape != z.shape:
        raise KernelError("there is an outcome for each unit")
    adjusted = dummies(labels) if before is None else np.column_stack([dummies(labels), before])
    found = reference(outcome, lot, adjusted)
    treated, compared = int(z.sum()), int((1 - z).sum())
    check = _by_t(outcome, z, adjusted, design)
    without = _without_one(outcome, z, adjusted, found.effect)
    method = Method.PERMUTATION if lot.is_complete else Method.PERMUTATION_SAMPLED
    estimate = Estimate(
        design=design,
        method=method,
        effect=found.effect,
        treated=treated,
        compared=compared,
        standard_error=check.standard_error,
        p=found.p,
        smallest_p=lot.smallest_p,
        intervals=found.intervals,
        draws=len(lot.others),
        seed=lot.seed,
    )
    table = () if before is None else balance(z, before)
    flat = Refusal.NO_VARIATION if np.ptp(outcome) == 0 else None
    refused = (*refused_by(lot, None, None), *check.refusals, *((flat,) if flat else ()))
    cautions = tuple(caution for caution, holds in _cautions(estimate, check, without) if holds)
    return Compared(
        estimate.refused(*refused).warned(*(() if refused else cautions)),
        check,
        float(outcome[z == 1].mean()),
        float(outcome[z == 0].mean()),
        table,
        None,
        without,
    )


def dummies(labels: npt.NDArray[np.int64]) -> Floats:
    """A column of 0 and 1 for each label: together they hold the constant."""
    columns: Floats = (labels[:, None] == np.arange(int(labels.max()) + 1)).astype(np.float64)
    return columns


def refused_by(
    lot: Lot, people: npt.NDArray[np.int64] | None, smallest_group: int | None
) -> tuple[Refusal, ...]:
    """Why this lot is too small, or those behind its means too few (`people`, G)."""
    z = lot.drawn
    return refusals(
        units=z.size,
        smallest_p=lot.smallest_p,
        people_treated=None if people is None else int(people[z == 1].sum()),
        people_compared=None if people is None else int(people[z == 0].sum()),
        smallest_group=smallest_group,
    )


def _by_t(outcome: Floats, z: Floats, adjusted: Floats, design: Design) -> Estimate:
    """The same difference by the formula for normal outcomes with equal variance: G − 2 degrees, or fewer."""
    columns = np.column_stack([z, adjusted])
    treated, compared = int(z.sum()), int((1 - z).sum())
    if outcome.size <= columns.shape[1]:
        effect = float(outcome[z == 1].mean() - outcome[z == 0].mean())
        few = Estimate(design, Method.STUDENT_T, effect, treated, compared)
        return few.refused(Refusal.TOO_FEW_UNITS)
    fit = least_squares(outcome, columns)
    effect, error = float(fit.coefficients[0]), float(fit.standard_errors[0])
    bare = Estimate(design, Method.STUDENT_T, effect, treated, compared)
    return by_t(bare, error, fit.degrees)


def by_t(bare: Estimate, error: float, degrees: float) -> Estimate:
    """`bare` with Student's p value and intervals by its standard error; refused when that is zero."""
    if error <= 0:
        return bare.refused(Refusal.NO_VARIATION)
    reach = [(level, float(stats.t.ppf((1 + level) / 2, degrees)) * error) for level in LEVELS]
    return replace(
        bare,
        standard_error=error,
        p=float(2 * stats.t.sf(abs(bare.effect) / error, degrees)),
        intervals=tuple(Interval(bare.effect - width, bare.effect + width, level) for level, width in reach),
        degrees=degrees,
    )


def _without_one(outcome: Floats, z: Floats, adjusted: Floats, effect: float) -> tuple[float, float]:
    """The range of the effect when each unit in turn is left out, by the formula of deletion.

    Leaving out unit i moves the coefficients by (X'X)⁻¹ xᵢ eᵢ / (1 − hᵢ). A unit that alone decides a
    coefficient (hᵢ = 1, as one of a pair) takes its stratum with it, which has no more to say.
    """
    columns = np.column_stack([z, adjusted])
    gram = np.linalg.pinv(np.einsum("gk,gl->kl", columns, columns))
    hat = np.einsum("gk,kl,gl->g", columns, gram, columns)
    residuals = outcome - np.einsum("gk,kl,hl,h->g", columns, gram, columns, outcome)
    moves = np.einsum("kl,gl->gk", gram, columns)[:, 0] * residuals
    movable = hat < 1 - 1e-9
    effects = effect - moves[movable] / (1 - hat[movable])
    return (float(effects.min()), float(effects.max())) if effects.size else (effect, effect)


def _cautions(
    estimate: Estimate, check: Estimate, without: tuple[float, float]
) -> tuple[tuple[Caution, bool], ...]:
    p, other = estimate.p, check.p
    disagree = (
        p is not None
        and other is not None
        and ((p <= LEVEL and other > PROBABLE) or (other <= LEVEL and p > PROBABLE))
    )
    return (
        (Caution.METHODS_DISAGREE, disagree),
        # Where nothing was seen there is nothing that could depend on one.
        (Caution.DEPENDS_ON_ONE_UNIT, p is not None and p <= PROBABLE and without[0] * without[1] <= 0),
    )
