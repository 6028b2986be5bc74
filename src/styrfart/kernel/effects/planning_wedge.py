"""What a stepped wedge can see, told before it starts."""

from collections.abc import Sequence
from dataclasses import replace
from math import inf, isfinite, sqrt

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.lots import TIE, Floats
from styrfart.kernel.effects.planning import POWER, beside, power_of, smallest_effect
from styrfart.kernel.effects.refusals import refusals
from styrfart.kernel.effects.values import LEVEL, Design, Detectable
from styrfart.kernel.effects.wedge import Orders, draw_orders, order_ps
from styrfart.kernel.effects.wedge_model import closed_form_variance
from styrfart.kernel.errors import KernelError

OUTCOMES = 2_000  # simulated
BLOCKS = 8  # of outcomes, each with another sample of orders
LISTED = 3_000  # orders; beyond that fewer are sampled
DRAWS = 1_999
HALVINGS = 11


def wedge_power(
    starts: npt.ArrayLike, *, periods: int, effect: float, between: float, within: float, level: float = LEVEL
) -> float:
    """The power of a wedge by the normal approximation of Hussey and Hughes 2007.

    `starts` and `periods` as in `stepped_wedge`. `between`: variance of units' levels, τ². `within`: variance
    of one cell's mean around its unit, σ²/n; see `binomial_variance` for proportions.
    """
    orders = draw_orders(starts, periods=periods, limit=0, draws=0)
    variance = closed_form_variance(orders.treated, between=between, within=within)
    return power_of(effect, error=sqrt(variance), degrees=inf, level=level)


def plan_wedge(
    starts: npt.ArrayLike,
    *,
    periods: int,
    between: float,
    within: float,
    worthwhile: float | None = None,
    power: float = POWER,
    level: float = LEVEL,
    simulations: int = 0,
    seed: int = 0,
) -> Detectable:
    """The smallest effect that a wedge can see, with variances as in `wedge_power`.

    By the permutation of start order itself on normal outcomes, since the ratio of variances has to be
    estimated and the textbook's formula (`by_formula`, normal) promises a few points more than that keeps.
    With `simulations` the power at the effect once more, on other outcomes.
    Raises `KernelError` for variances below zero or a plan that does not tell the effect from the periods.
    """
    if not (isfinite(between) and between >= 0 and isfinite(within) and within > 0):
        raise KernelError("variances are not below zero, and that within is above")
    blocks = [
        draw_orders(starts, periods=periods, limit=LISTED, draws=DRAWS, seed=seed + block)
        for block in range(BLOCKS)
    ]
    orders = blocks[0]
    treated = orders.treated
    units = len(treated)
    variance = closed_form_variance(treated, between=between, within=within)
    formula = smallest_effect(error=sqrt(variance), degrees=inf, level=level, power=power)
    smallest = 2 / orders.count
    effect = inf
    if smallest <= level:
        generator = np.random.default_rng([seed, 4])
        noise = _noise(generator, OUTCOMES, treated.shape, between, within)
        effect = _seen(noise, blocks, formula, level, power)
    plan = Detectable(
        Design.STEPPED_WEDGE,
        effect,
        power,
        level,
        smallest,
        int((treated.sum(axis=1) > 0).sum()),
        int((treated.sum(axis=1) < periods).sum()),
        refusals(units=units, smallest_p=smallest),
        formula,
    )
    if not (simulations and isfinite(effect)):
        return beside(plan, worthwhile)
    found = simulate_wedge(
        orders, effect=effect, between=between, within=within, level=level, simulations=simulations, seed=seed
    )
    return beside(replace(plan, simulated_power=found, simulations=simulations), worthwhile)


def simulate_wedge(
    orders: Orders,
    *,
    effect: float,
    between: float,
    within: float,
    level: float = LEVEL,
    simulations: int = 1_000,
    seed: int = 0,
) -> float:
    """The share of simulated wedges with p ≤ `level` by permutation; type-I error for an `effect` of 0."""
    noise = _noise(np.random.default_rng([seed, 2]), simulations, orders.treated.shape, between, within)
    return float((order_ps(noise + effect * orders.treated, orders) <= level + TIE).mean())


def _seen(noise: Floats, blocks: Sequence[Orders], first: float, level: float, power: float) -> float:
    """The effect with that power, between half and four times the `first` guess, by halving."""
    low, high = first / 2, 4 * first
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        ps = [
            order_ps(part + middle * orders.treated, orders)
            for part, orders in zip(np.split(noise, BLOCKS), blocks, strict=True)
        ]
        share = (np.concatenate(ps) <= level + TIE).mean()
        low, high = (low, middle) if share >= power else (middle, high)
    return high


def _noise(
    generator: np.random.Generator, count: int, shape: tuple[int, ...], between: float, within: float
) -> Floats:
    units, periods = shape
    levels = generator.normal(scale=sqrt(between), size=(count, units, 1))
    return levels + generator.normal(scale=sqrt(within), size=(count, units, periods))
