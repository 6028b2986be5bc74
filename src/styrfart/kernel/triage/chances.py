"""How probable it is that each rule is meant, when it is known what the matter is like.

Words and likeness are two witnesses, heard together: each rule is weighed against every other and against
that none is meant. The figures were learned on what a desk that had not learned from a set said of it, and of
the same matters when the rule that is meant had been taken out of the mandate (`tools/triage/judging.py`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from styrfart.kernel.triage.model import Destination, Ref
from styrfart.kernel.triage.weighing import RuleFit

MOST_STRENGTH = 2.5
"""More words than this say no more ..."""
MOST_UNLIKE = 1.5
"""... and more than this no more against likeness."""
UNSEEN = 0.02
"""A share below this is none."""
WITHOUT_SUBJECT = 0.4
"""The share of a rule on what is none of the subjects: only its words can speak."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much each witness counts."""

    words: float = 0.98
    """What a rule's strength by words gives ..."""
    words_unlike: float = -0.52
    """... and gives more, the less the matter is like the rule's subjects."""
    like: float = 1.75
    """What the logarithm of the rule's share gives ..."""
    share: float = -0.98
    """... and the share itself."""
    none: float = -0.14
    """What is given to that none is meant ..."""
    rest: float = 0.73
    """... by the logarithm of the share of all that no rule of the mandate is about ..."""
    telling: float = 0.39
    """... and by that of how many words of the question can say what it concerns: among many, some are any
    rule's."""


DEFAULT = Judgement()


def judged(fits: Sequence[RuleFit], rest: float, telling: int, by: Judgement = DEFAULT) -> list[RuleFit]:
    """The rules with the probability that the matter goes where each leads, most probable first.

    `rest`: how probable it is that the matter is about what no rule of the mandate is; `telling`: how many
    words of the question can say what it concerns.
    """
    if not fits:
        return []
    of_rules = [of_rule(fit) for fit in fits]
    scores = [
        by.words * words + by.words_unlike * unlike + by.like * like + by.share * share
        for words, unlike, like, share in of_rules
    ]
    given, others, long = of_none(rest, telling)
    none = by.none * given + by.rest * others + by.telling * long
    most = max(*scores, none)
    weights = [math.exp(score - most) for score in scores]
    whole = sum(weights) + math.exp(none - most)
    goals: dict[tuple[Destination, Ref | None, str], float] = {}
    for fit, weight in zip(fits, weights, strict=True):
        goals[fit.goal] = goals.get(fit.goal, 0.0) + weight / whole
    ranked = sorted(
        zip(fits, weights, strict=True),
        key=lambda one: (-goals[one[0].goal], -one[1], one[0].ready.rule.number),
    )
    return [replace(fit, chance=goals[fit.goal]) for fit, _ in ranked]


def of_rule(fit: RuleFit) -> tuple[float, float, float, float]:
    """What speaks for the rule, in the order of `Judgement`."""
    share = WITHOUT_SUBJECT if fit.share is None else fit.share
    seen = math.log(share + UNSEEN)
    return min(fit.strength, MOST_STRENGTH), min(fit.strength, MOST_UNLIKE) * seen, seen, share


def of_none(rest: float, telling: int) -> tuple[float, float, float]:
    """What speaks for that none is meant, in the order of `Judgement`."""
    return 1.0, math.log(max(rest, 0.0) + UNSEEN), math.log(1 + telling)
