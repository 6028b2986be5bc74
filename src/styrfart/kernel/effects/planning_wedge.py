"""What a stepped wedge can see, told before it starts."""

from dataclasses import replace
from math import inf, isfinite, sqrt

import numpy as np
import numpy.typing as npt

from styrfart.kernel.effects.lots import TIE
from styrfart.kernel.effects.planning import POWER, beside, power_of, smallest_effect
from styrfart.kernel.effects.refusals import refusals
from styrfart.kernel.effects.values import LEVEL, Design, Detectable
from styrfart.kernel.effects.wedge import Orders, draw_orders, order_p
from styrfart.kernel.effects.wedge_model import closed_form_variance
from styrfart.kernel.errors import KernelError


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

    Student's t with the degrees that are left within units, (I − 1)(T − 1) − 1: the ratio of variances has to
    be estimated. With `simulations` also the power of the permutation of start order, on normal outcomes.
    Raises `KernelError` for variances below zero or a plan that does not tell the effect from the periods.
    """
    if not (isfinite(between) and between >= 0 and isfinite(within) and within > 0):
        raise KernelError("variances are not below zero, and that within is above")
    orders = draw_orders(starts, periods=periods, seed=seed)
    treated = orders.treated
    units = len(treated)
    variance = closed_form_variance(treated, between=between, within=within)
    reachable = orders.smallest_p <= level
    effect = inf
    if reachable:
        degrees = (units - 1) * (periods - 1) - 1
        effect = smallest_effect(error=sqrt(variance), degrees=degrees, level=level, power=power)
    plan = Detectable(
        Design.STEPPED_WEDGE,
        effect,
        power,
        level,
        orders.smallest_p,
        int((treated.sum(axis=1) > 0).sum()),
        int((treated.sum(axis=1) < periods).sum()),
        refusals(units=units, smallest_p=orders.smallest_p),
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
    treated = orders.treated
    units, periods = treated.shape
    generator = np.random.default_rng([seed, 2])
    levels = generator.normal(scale=sqrt(between), size=(simulations, units, 1))
    noise = generator.normal(scale=sqrt(within), size=(simulations, units, periods))
    sizes = np.ones(treated.shape)
    ps = [order_p(outcome + effect * treated, sizes, orders) for outcome in levels + noise]
    return float((np.array(ps) <= level + TIE).mean())
