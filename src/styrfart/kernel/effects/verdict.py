"""From an estimate to one of five words, by a rule that is the same for every design and stated in advance.

Let the outcome be turned so that more is better, and let w be the smallest worthwhile effect that the plan
named. The rule looks at the two-sided 95 % and 90 % intervals of the estimate.

1. Refused, or without intervals: *cannot be judged*.
2. The 95 % interval lies above 0: *clear improvement*. The 90 % interval does: *probable improvement*.
3. The 90 % interval lies below 0: *deterioration* (`Because` says whether the 95 % interval does). Harm is
   called as early as probable benefit is, not later.
4. Zero is inside the 90 % interval, and w is above it: *no detectable difference*. A worthwhile effect is
   ruled out, with 5 % error on that side (the equivalence test of Schuirmann 1987, one side of it).
5. Zero and w are both inside: *cannot be judged*. The trial was too imprecise, which is not the same as "it
   did nothing".

If nothing happens, the chance of a false *clear* is at most 2.5 %, of any false improvement at most 5 %, and
of a false deterioration at most 5 %, whenever the intervals keep their level.

A design whose credibility is in doubt (`WEAKENS`) is taken one step down: clear to probable, probable to
cannot be judged; a deterioration that is only probable becomes cannot be judged. What pulls an effect
towards zero (`CLOUDS`) makes a null cannot be judged. How large the effect is stands beside the word
(`Size`), never in it: an improvement can be clear and too small to be worth while.
"""

from dataclasses import dataclass
from enum import Enum
from math import isfinite

from styrfart.kernel.effects.values import LEVELS, Caution, Direction, Estimate, Interval, Refusal, Verdict
from styrfart.kernel.errors import KernelError

# What takes a verdict one step down.
WEAKENS = frozenset(
    {
        Caution.NO_COMPARISON,
        Caution.IMBALANCE,
        Caution.ATTRITION,
        Caution.REGRESSION_TO_THE_MEAN,
        Caution.TRENDS_DIFFERED,
        Caution.ANTICIPATION,
        Caution.HIDDEN_BIAS,
        Caution.DEPENDS_ON_ONE_UNIT,
        Caution.METHODS_DISAGREE,
    }
)
# What lot rules out as an explanation: a difference at the start that came by lot is in the p value already.
MENDED_BY_LOT = frozenset({Caution.IMBALANCE, Caution.REGRESSION_TO_THE_MEAN})
# What hides an effect that is there.
CLOUDS = frozenset(
    {
        Caution.CROSSOVER,
        Caution.LEAKAGE,
        Caution.ATTRITION,
        Caution.TRENDS_DIFFERED,
        Caution.METHODS_DISAGREE,
    }
)


class Because(Enum):
    """What decided the verdict, the deciding reason first."""

    SURELY_BETTER = "surely_better"  # the 95 % interval is above zero
    PROBABLY_BETTER = "probably_better"  # the 90 % interval is
    SURELY_WORSE = "surely_worse"
    PROBABLY_WORSE = "probably_worse"
    WORTHWHILE_RULED_OUT = "worthwhile_ruled_out"
    TOO_IMPRECISE = "too_imprecise"  # no effect and a worthwhile one are both possible
    REFUSED = "refused"
    WEAKENED = "weakened"  # by a caution: one step down
    CLOUDED = "clouded"  # by a caution: no difference seen, but one could be hidden


class Size(Enum):
    """The effect beside the smallest worthwhile one, by the 90 % interval."""

    REACHED = "reached"  # all of the interval is worthwhile
    POSSIBLE = "possible"
    RULED_OUT = "ruled_out"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Judgement:
    """A verdict and what it rests on; of the estimate's cautions, those that changed it are `decisive`."""

    verdict: Verdict
    because: tuple[Because, ...]
    size: Size
    refusals: tuple[Refusal, ...]
    cautions: tuple[Caution, ...]
    decisive: tuple[Caution, ...]


def judge(estimate: Estimate, *, direction: Direction, worthwhile: float) -> Judgement:
    """The verdict on `estimate` by the rule of this module.

    `worthwhile`: the smallest effect worth having, above zero, on the estimate's scale (of a log ratio: the
    logarithm). Raises `KernelError` for another.
    """
    if not (isfinite(worthwhile) and worthwhile > 0):
        raise KernelError("the smallest worthwhile effect is above zero")
    if estimate.refusals or estimate.p is None or not estimate.intervals:
        return Judgement(
            Verdict.CANNOT_BE_JUDGED,
            (Because.REFUSED,),
            Size.UNKNOWN,
            estimate.refusals,
            estimate.cautions,
            (),
        )
    wide, narrow = (_turned(estimate.interval(level), direction) for level in LEVELS)
    found = _found(wide, narrow, worthwhile)
    verdict, also, decisive = _stepped_down(found, estimate)
    return Judgement(verdict, (found, *also), _size(narrow, worthwhile), (), estimate.cautions, decisive)


def _turned(interval: Interval, direction: Direction) -> Interval:
    if direction is Direction.HIGHER:
        return interval
    return Interval(-interval.high, -interval.low, interval.level)


def _found(wide: Interval, narrow: Interval, worthwhile: float) -> Because:
    rule = (
        (wide.low > 0, Because.SURELY_BETTER),
        (narrow.low > 0, Because.PROBABLY_BETTER),
        (wide.high < 0, Because.SURELY_WORSE),
        (narrow.high < 0, Because.PROBABLY_WORSE),
        (narrow.high < worthwhile, Because.WORTHWHILE_RULED_OUT),
    )
    return next((because for holds, because in rule if holds), Because.TOO_IMPRECISE)


SAID = {
    Because.SURELY_BETTER: Verdict.CLEAR_IMPROVEMENT,
    Because.PROBABLY_BETTER: Verdict.PROBABLE_IMPROVEMENT,
    Because.SURELY_WORSE: Verdict.DETERIORATION,
    Because.PROBABLY_WORSE: Verdict.DETERIORATION,
    Because.WORTHWHILE_RULED_OUT: Verdict.NO_DETECTABLE_DIFFERENCE,
    Because.TOO_IMPRECISE: Verdict.CANNOT_BE_JUDGED,
}
ONE_STEP_DOWN = {
    Because.SURELY_BETTER: Verdict.PROBABLE_IMPROVEMENT,
    Because.PROBABLY_BETTER: Verdict.CANNOT_BE_JUDGED,
    Because.PROBABLY_WORSE: Verdict.CANNOT_BE_JUDGED,
}


def _stepped_down(
    found: Because, estimate: Estimate
) -> tuple[Verdict, tuple[Because, ...], tuple[Caution, ...]]:
    if found is Because.WORTHWHILE_RULED_OUT:
        clouds = tuple(each for each in estimate.cautions if each in CLOUDS)
        if clouds:
            return Verdict.CANNOT_BE_JUDGED, (Because.CLOUDED,), clouds
    if found in ONE_STEP_DOWN:
        weak = tuple(each for each in estimate.cautions if each in _weakening(found, estimate))
        if weak:
            return ONE_STEP_DOWN[found], (Because.WEAKENED,), weak
    return SAID[found], (), ()


def _weakening(found: Because, estimate: Estimate) -> frozenset[Caution]:
    weak = WEAKENS - MENDED_BY_LOT if estimate.design.is_randomised else WEAKENS
    # The worst get better by themselves; that they got worse is not explained by it.
    return weak - {Caution.REGRESSION_TO_THE_MEAN} if found is Because.PROBABLY_WORSE else weak


def _size(narrow: Interval, worthwhile: float) -> Size:
    if narrow.low >= worthwhile:
        return Size.REACHED
    return Size.RULED_OUT if narrow.high < worthwhile else Size.POSSIBLE
