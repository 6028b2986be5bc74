"""What else happened: outcomes that must not get worse, by a rule stated in advance.

Each side effect has a margin, the worsening that is tolerated. With the outcome turned so that more is
better:

- *not worse*: the two-sided 95 % interval lies above −margin (non-inferiority, 2.5 % error on that side).
  Nothing is adjusted for many measures: a claim that nothing got worse needs each of them to hold, which is
  stricter already (intersection–union test, Berger 1982).
- *worse*: p by Holm's step-down over all side effects is at most 5 %, and the effect is for the worse; the
  chance of any false alarm among them is at most 5 %. Within the margin it is only *slightly worse*.
- *possibly worse*: by itself p is at most 10 %, and the effect is for the worse. Not adjusted: harm that was
  looked for should be seen early, and is called possible.
- else *uncertain*: worsening beyond the margin is not ruled out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import isfinite

from styrfart.kernel.effects.values import LEVEL, LEVELS, Caution, Direction, Estimate
from styrfart.kernel.errors import KernelError

POSSIBLE = 0.10


class Harm(Enum):
    """What is said of one side effect."""

    NOT_WORSE = "not_worse"
    SLIGHTLY_WORSE = "slightly_worse"  # surely worse, surely by less than the margin
    POSSIBLY_WORSE = "possibly_worse"
    WORSE = "worse"
    UNCERTAIN = "uncertain"
    CANNOT_BE_JUDGED = "cannot_be_judged"


@dataclass(frozen=True)
class SideEffect:
    """An outcome that must not get worse by more than `margin` (above zero, on the estimate's scale)."""

    estimate: Estimate
    direction: Direction
    margin: float


@dataclass(frozen=True)
class Assessed:
    """One side effect with what is said of it."""

    harm: Harm
    adjusted_p: float | None  # Holm's, over all side effects that have a p
    worst: float  # how much worse it may be at 95 %; negative when better for sure


def assess(effects: Sequence[SideEffect]) -> tuple[Assessed, ...]:
    """What is said of each side effect, in the order given. Raises `KernelError` for a margin not above 0."""
    if any(not (isfinite(each.margin) and each.margin > 0) for each in effects):
        raise KernelError("a margin is above zero")
    adjusted = holm([each.estimate.p for each in effects])
    return tuple(_assessed(each, p) for each, p in zip(effects, adjusted, strict=True))


def holm(ps: Sequence[float | None]) -> tuple[float | None, ...]:
    """Holm's adjusted p values (1979); those that are None are not counted and stay None."""
    order = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    adjusted: list[float | None] = [None] * len(ps)
    reached = 0.0
    for rank, (p, place) in enumerate(order):
        reached = max(reached, min(1.0, p * (len(order) - rank)))
        adjusted[place] = reached
    return tuple(adjusted)


def cautions_of(assessed: Sequence[Assessed]) -> tuple[Caution, ...]:
    """What the side effects add to the cautions of the main estimate."""
    harms = [each.harm for each in assessed]
    unsure = (Harm.POSSIBLY_WORSE, Harm.UNCERTAIN, Harm.CANNOT_BE_JUDGED)
    rules = (
        (Caution.SIDE_EFFECT_WORSE, Harm.WORSE in harms),
        (Caution.SIDE_EFFECT_UNCERTAIN, any(each in unsure for each in harms)),
    )
    return tuple(caution for caution, holds in rules if holds)


def _assessed(effect: SideEffect, adjusted: float | None) -> Assessed:
    interval = effect.estimate.interval(LEVELS[0])
    worst = -interval.low if effect.direction is Direction.HIGHER else interval.high
    p, is_worse = effect.estimate.p, effect.estimate.effect * effect.direction.sign < 0
    if effect.estimate.refusals or p is None or adjusted is None:
        return Assessed(Harm.CANNOT_BE_JUDGED, adjusted, worst)
    is_within = worst < effect.margin
    if is_worse and adjusted <= LEVEL:
        return Assessed(Harm.SLIGHTLY_WORSE if is_within else Harm.WORSE, adjusted, worst)
    if is_within:
        return Assessed(Harm.NOT_WORSE, adjusted, worst)
    harm = Harm.POSSIBLY_WORSE if is_worse and p <= POSSIBLE else Harm.UNCERTAIN
    return Assessed(harm, adjusted, worst)
