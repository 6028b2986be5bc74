"""A stepped wedge: every unit starts, in an order drawn by lot, and those not yet started are compared with.

The effect is by generalised least squares (Hussey and Hughes 2007). Its p value and interval come from the
lot: the order of the starts is drawn again, and the score of the effect is calculated for each order, on the
outcome less the effect under test. The ratio of variances that the score is weighted by is estimated from
that same outcome without regard to who started when, so it is the same for every order and the test is exact.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import factorial, floor, inf, prod

import numpy as np
import numpy.typing as npt
from scipy import stats

from styrfart.kernel.effects import wedge_model as model
from styrfart.kernel.effects.balance import Crossover, crossover
from styrfart.kernel.effects.lots import DRAWS, TIE, Floats, Labels
from styrfart.kernel.effects.randomised import PROBABLE, by_t
from styrfart.kernel.effects.refusals import refusals
from styrfart.kernel.effects.values import LEVEL, LEVELS, Caution, Design, Estimate, Interval, Method
from styrfart.kernel.errors import KernelError

ENUMERATED = 50_000  # orders
HALVINGS = 40
DOUBLINGS = 60


@dataclass(frozen=True)
class Exposure:
    """The effect so many periods after the start (0: in the period of the start)."""

    periods: int
    effect: float
    standard_error: float


@dataclass(frozen=True)
class Exposures:
    """Whether the effect is the same however long a unit has been at it."""

    effects: tuple[Exposure, ...]
    average: float  # of the effects, each exposure time counting once
    standard_error: float  # of the average
    p: float  # of one effect for all, by F


@dataclass(frozen=True)
class Wedge:
    """The effect, a check by formula, the variances, and the effect by time since the start."""

    estimate: Estimate  # by permutation of the order
    check: Estimate  # by t with I − 2 degrees
    components: model.Components
    exposures: Exposures | None  # None where the plan does not tell them apart
    crossover: Crossover | None  # shares of cells


@dataclass(frozen=True)
class Orders:
    """Start orders that the lot could have given: P × I, each a number of the row of `patterns`."""

    drawn: Labels
    others: Labels
    patterns: Floats  # S × T of 0 and 1: what a unit with that start has in each period
    count: int
    is_complete: bool
    seed: int | None

    @property
    def looked_at(self) -> int:
        return len(self.others) + (not self.is_complete)

    @property
    def smallest_p(self) -> float:
        return min(1.0, 2 / self.looked_at)

    @property
    def treated(self) -> Floats:
        """Who has started when: I × T."""
        return self.patterns[self.drawn]


def stepped_wedge(
    outcome: npt.ArrayLike,
    starts: npt.ArrayLike,
    *,
    sizes: npt.ArrayLike | None = None,
    taken_up: npt.ArrayLike | None = None,
    smallest_group: int | None = None,
    limit: int = ENUMERATED,
    draws: int = DRAWS,
    seed: int = 0,
) -> Wedge:
    """The effect of having started on units whose start order was drawn by lot.

    `outcome` (I × T): the mean of each unit in each period. `starts` (I): the first period, from 0, in which
    the unit had started; T or more of one that never did. `sizes` (I × T): observations behind each mean;
    without them all weigh the same. `taken_up` (I × T, 0 to 1): how far each unit did it in each period; the
    effect stays by what was drawn. Every order is looked at when there are at most `limit`, else `draws`
    of them by `seed`.

    Raises `KernelError` for shapes that do not fit, cells without observations, fewer than two different
    starts, or a plan that does not tell the effect from the periods.
    Sources: Hussey and Hughes 2007; Wang and De Gruttola 2017 (permutation); Kenny, Voldal, Xia, Heagerty and
    Hughes 2022 (effects that vary with exposure).
    """
    y = np.asarray(outcome, dtype=np.float64)
    if y.ndim != 2 or not np.isfinite(y).all():
        raise KernelError("there is a finite outcome for each unit and period")
    n = np.ones(y.shape) if sizes is None else np.asarray(sizes, dtype=np.float64)
    if n.shape != y.shape or not (np.isfinite(n) & (n > 0)).all():
        raise KernelError("each cell has a number of observations above zero")
    orders = draw_orders(starts, periods=y.shape[1], limit=limit, draws=draws, seed=seed)
    x = orders.treated
    if x.shape != y.shape:
        raise KernelError("there is a start for each unit")
    found = model.fit(y, x[:, :, None], n)
    effect, error = float(found.coefficients[0]), float(np.sqrt(found.covariance[0, 0]))
    started = int((x.sum(axis=1) > 0).sum())
    bare = Estimate(
        Design.STEPPED_WEDGE,
        Method.GENERALISED_LEAST_SQUARES,
        effect,
        started,
        int((x.sum(axis=1) < y.shape[1]).sum()),
    )
    check = by_t(bare, error, max(len(y) - 2, 1))
    permuted = _permuted(check, y, n, orders)
    exposures = _exposures(y, x, n)
    refused = refusals(
        units=len(y),
        smallest_p=orders.smallest_p,
        **_people(n, x, None if sizes is None else smallest_group),
    )
    crossed = None if taken_up is None else crossover(x, taken_up)
    cautions = (*_cautions(permuted, check, exposures), *(() if crossed is None else crossed.cautions))
    estimate = permuted.warned(*cautions).refused(*refused)
    return Wedge(estimate, check, found.components, exposures, crossed)


def draw_orders(
    starts: npt.ArrayLike,
    *,
    periods: int,
    limit: int = ENUMERATED,
    draws: int = DRAWS,
    seed: int = 0,
) -> Orders:
    """The orders with as many units at each start as in `starts`; raises `KernelError` for fewer than two."""
    given = np.asarray(starts)
    if given.ndim != 1 or not np.issubdtype(given.dtype, np.integer) or (given < 0).any():
        raise KernelError("starts are numbers of periods, from 0")
    values, drawn = np.unique(np.minimum(given, periods), return_inverse=True)
    if values.size < 2:
        raise KernelError("units start at two different times at least")
    patterns = (np.arange(periods)[None, :] >= values[:, None]).astype(np.float64)
    counts = np.bincount(drawn)
    count = factorial(drawn.size) // prod(factorial(int(each)) for each in counts)
    if count <= limit:
        others = _arranged(tuple(int(each) for each in counts))
        return Orders(drawn, others, patterns, count, is_complete=True, seed=None)
    generator = np.random.default_rng(seed)
    others = generator.permuted(np.tile(drawn, (draws, 1)), axis=1)
    return Orders(drawn, others, patterns, count, is_complete=False, seed=seed)


def order_p(outcome: Floats, sizes: Floats, orders: Orders) -> float:
    """The two-sided p of no effect, by the orders."""
    statistics, drawn = _scores(outcome, sizes, orders)
    tie = TIE * float(np.abs(statistics).max(initial=0.0))
    above = int((statistics >= drawn - tie).sum())
    below = int((statistics <= drawn + tie).sum())
    return min(1.0, 2 * (min(above, below) + (not orders.is_complete)) / orders.looked_at)


def order_ps(outcomes: Floats, orders: Orders) -> Floats:
    """`order_p` of each of `outcomes` (S × I × T), all cells weighing the same: for simulations."""
    simulated, units, periods = outcomes.shape
    left = outcomes - outcomes.mean(axis=1, keepdims=True)
    means = left.mean(axis=2)
    between = periods * np.square(means).sum(axis=1) / (units - 1)
    within = np.square(left - means[:, :, None]).sum(axis=(1, 2)) / ((units - 1) * (periods - 1))
    ratio = np.maximum((between / np.maximum(within, TIE) - 1) / periods, 0.0)
    shrunk = left - (periods * ratio / (1 + periods * ratio))[:, None, None] * means[:, :, None]
    table = np.einsum("kt,sit->sik", orders.patterns, shrunk).reshape(simulated, -1)
    starts = np.arange(len(orders.patterns))
    chosen = (orders.others[:, :, None] == starts).reshape(len(orders.others), -1).astype(np.float64)
    own = (orders.drawn[:, None] == starts).reshape(-1).astype(np.float64)
    ps = np.empty(simulated)
    for start in range(0, simulated, 256):
        rows = slice(start, start + 256)
        statistics = np.einsum("sk,pk->sp", table[rows], chosen)
        drawn = np.einsum("sk,k->s", table[rows], own)[:, None]
        tie = TIE * np.abs(statistics).max(axis=1, keepdims=True)
        above = (statistics >= drawn - tie).sum(axis=1)
        below = (statistics <= drawn + tie).sum(axis=1)
        extreme = np.minimum(above, below) + (not orders.is_complete)
        ps[rows] = np.minimum(1.0, 2 * extreme / orders.looked_at)
    return ps


def _permuted(check: Estimate, y: Floats, n: Floats, orders: Orders) -> Estimate:
    x, effect, error = orders.treated, check.effect, check.standard_error or 0.0

    def p(value: float) -> float:
        return order_p(y - value * x, n, orders)

    intervals = tuple(
        Interval(
            _limit(p, effect, -error, 1 - level, orders), _limit(p, effect, error, 1 - level, orders), level
        )
        for level in LEVELS
    )
    return Estimate(
        design=check.design,
        method=Method.PERMUTATION if orders.is_complete else Method.PERMUTATION_SAMPLED,
        effect=effect,
        treated=check.treated,
        compared=check.compared,
        standard_error=error,
        p=p(0.0),
        smallest_p=orders.smallest_p,
        intervals=intervals,
        draws=len(orders.others),
        seed=orders.seed,
    )


def _limit(p: Callable[[float], float], effect: float, step: float, alpha: float, orders: Orders) -> float:
    """Where p falls to `alpha`, from `effect` in the direction of `step`: the nearest rejected value."""
    alpha = floor(alpha / 2 * orders.looked_at + TIE) * 2 / orders.looked_at + TIE
    if orders.smallest_p > alpha or step == 0:
        return inf if step >= 0 else -inf
    inside, reach = effect, step
    for _ in range(DOUBLINGS):
        if p(effect + reach) <= alpha:
            break
        inside, reach = effect + reach, 2 * reach
    else:
        return inf if step > 0 else -inf
    outside = effect + reach
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if p(middle) <= alpha:
            outside = middle
        else:
            inside = middle
    return outside


def _scores(r: Floats, n: Floats, orders: Orders) -> tuple[Floats, float]:
    """The standardised score of the effect for each order, and for the one drawn."""
    weights = model.Weights(n, null_ratio(r, n))
    periods = np.linalg.inv(weights.periods())
    heavy = weights.times(r)
    level = periods @ heavy.sum(axis=0)
    projected = heavy - weights.times(np.broadcast_to(level, r.shape))
    table = np.einsum("st,it->is", orders.patterns, projected)
    # A unit's share of x'V⁻¹x and of F'V⁻¹x for each start that it could have had.
    tiled = np.broadcast_to(orders.patterns.T, (len(r), *orders.patterns.T.shape))
    moved = weights.times(np.ascontiguousarray(tiled))
    squares = np.einsum("its,its->is", tiled, moved)
    units = np.arange(len(r))

    def standardised(order: Labels) -> Floats:
        score: Floats = table[units, order].sum(axis=-1)
        if (n == n[0, 0]).all():  # then every order has the same variance
            return score
        along = np.moveaxis(moved, 1, 2)[units, order].sum(axis=-2)
        below = squares[units, order].sum(axis=-1) - np.einsum("...t,tu,...u->...", along, periods, along)
        standard: Floats = score / np.sqrt(np.maximum(below, TIE))
        return standard

    return standardised(orders.others), float(standardised(orders.drawn[None, :])[0])


def null_ratio(r: Floats, n: Floats) -> float:
    """τ²/σ² by the mean squares between and within units of `r` less its period means, never below 0.

    Restricted maximum likelihood where all cells weigh the same; blind to who started when.
    """
    units, periods = r.shape
    left = r - r.mean(axis=0)
    means = left.mean(axis=1)
    between = periods * np.square(means).sum() / (units - 1)
    within = np.square(left - means[:, None]).sum() / ((units - 1) * max(periods - 1, 1))
    if within <= 0:
        return 0.0
    return max(0.0, float((between / within - 1) / periods)) / float(n.mean())


def _cautions(permuted: Estimate, check: Estimate, exposures: Exposures | None) -> tuple[Caution, ...]:
    """What the check and the exposure times say against one effect for all.

    When the effect grows or fades, the estimate of one effect is a sum in which some exposure times count
    negatively, and may even have the wrong sign: then the average over exposure times disagrees with it.
    """
    p, other = permuted.p or 0.0, check.p or 0.0
    varies = exposures is not None and exposures.p <= LEVEL
    turned = exposures is not None and varies and exposures.average * permuted.effect <= 0
    apart = min(p, other) <= LEVEL and max(p, other) > PROBABLE
    rules = (
        (Caution.METHODS_DISAGREE, apart or turned),
        (Caution.EFFECT_VARIES_WITH_EXPOSURE, varies),
    )
    return tuple(caution for caution, holds in rules if holds)


def _exposures(y: Floats, x: Floats, n: Floats) -> Exposures | None:
    """The effect by time since the start, and whether one effect would do (Wald's F with REML)."""
    since = np.cumsum(x, axis=1) - 1
    times = np.arange(int(since.max()) + 1)
    columns = ((since[:, :, None] == times) & (x[:, :, None] == 1)).astype(np.float64)
    if times.size < 2:
        return None
    try:
        found = model.fit(y, columns, n)
    except KernelError:  # the plan does not tell them apart
        return None
    k = times.size
    effects, covariance = found.coefficients[:k], found.covariance[:k, :k]
    contrast = np.eye(k)[1:] - np.eye(k)[:-1]
    gaps = contrast @ effects
    wald = float(gaps @ np.linalg.solve(contrast @ covariance @ contrast.T, gaps)) / (k - 1)
    free = (y.shape[0] - 1) * (y.shape[1] - 1) - k
    errors = np.sqrt(np.diag(covariance))
    return Exposures(
        tuple(Exposure(int(t), float(effects[t]), float(errors[t])) for t in times),
        float(effects.mean()),
        float(np.sqrt(covariance.sum())) / k,
        float(stats.f.sf(wald, k - 1, max(free, 1))),
    )


def _people(n: Floats, x: Floats, smallest_group: int | None) -> dict[str, int | None]:
    """The fewest people on either side in any period in which there are some."""
    sides = [(n * side).sum(axis=0) for side in (x, 1 - x)]
    least = [int(side[side > 0].min()) if (side > 0).any() else 0 for side in sides]
    return {"people_treated": least[0], "people_compared": least[1], "smallest_group": smallest_group}


def _arranged(counts: tuple[int, ...]) -> Labels:
    """Every order of a multiset with so many of each value, in lexicographic order."""
    rows: list[list[int]] = []
    row: list[int] = []
    left = list(counts)

    def grow() -> None:
        if len(row) == sum(counts):
            rows.append(row.copy())
            return
        for value, remaining in enumerate(left):
            if remaining:
                left[value] -= 1
                row.append(value)
                grow()
                row.pop()
                left[value] += 1

    grow()
    return np.array(rows, dtype=np.int64)
