"""How probable it is that each rule is meant, when it is known what the matter is like.

Words and likeness are two witnesses, heard together: each rule is weighed against every other and against
that none is meant. The figures were learned on what a desk that had not learned from a set said of it
(`tools/triage/judging.py`), the four blind sets counting three times the others.
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
WITHOUT_SUBJECT = 0.25
"""The share of a rule on what is none of the subjects: only its words can speak."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How much each witness counts."""

    words: float = 0.89
    """What a rule's strength by words gives ..."""
    words_unlike: float = -0.52
    """... and gives more, the less the matter is like the rule's subjects."""
    like: float = 1.73
    """What the logarithm of the rule's share gives ..."""
    share: float = -0.68
    """... and the share itself."""
    none_words: float = -0.02
    """What the strongest rule says of that none is meant ..."""
    none_like: float = -0.04
    """... and the logarithm of the greatest share ..."""
    none_share: float = -1.68
    """... and the share itself."""


DEFAULT = Judgement()


def judged(fits: Sequence[RuleFit], by: Judgement = DEFAULT) -> list[RuleFit]:
    """The rules with the probability that the matter goes where each leads, most probable first."""
    if not fits:
        return []
    of_rules, of_none = witnesses(fits)
    scores = [
        by.words * words + by.words_unlike * unlike + by.like * like + by.share * share
        for words, unlike, like, share in of_rules
    ]
    words, like, share = of_none
    none = by.none_words * words + by.none_like * like + by.none_share * share
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


def witnesses(
    fits: Sequence[RuleFit],
) -> tuple[list[tuple[float, float, float, float]], tuple[float, float, float]]:
    """What speaks for each rule, and for that none is meant, in the order of `Judgement`."""
    of_rules = []
    for fit in fits:
        share = WITHOUT_SUBJECT if fit.share is None else fit.share
        seen = math.log(share + UNSEEN)
        of_rules.append(
            (min(fit.strength, MOST_STRENGTH), min(fit.strength, MOST_UNLIKE) * seen, seen, share)
        )
    most = max(fit.share or 0.0 for fit in fits)
    strongest = min(max(fit.strength for fit in fits), MOST_STRENGTH)
    return of_rules, (strongest, math.log(most + UNSEEN), most)
