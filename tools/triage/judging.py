"""Learn how words and likeness are judged together (`kernel.triage.chances`), and measure it.

    python tools/triage/train.py measure DIR
    python -m tools.triage.judging DIR

Each set is weighed with the weights in DIR that were learned without it. Printed: the figures learned on all
sets, to be written into `Judgement`; and for each set how the desk sorts it, with weights that were learned
without it, by a judgement that was learned on the others. Only rules are judged here: what the desk says
where no rule is likely enough ("several share it") is not counted.
"""

import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from styrfart.kernel.triage import Asked, Mandate, Matter, Prepared, Scheme, prepare, weights_from
from styrfart.kernel.triage.chances import Judgement, judged, witnesses
from styrfart.kernel.triage.likeness import Weights, likeness
from styrfart.kernel.triage.model import Member, Team
from styrfart.kernel.triage.reading import read
from styrfart.kernel.triage.standing import stand
from styrfart.kernel.triage.thresholds import DEFAULT
from styrfart.kernel.triage.weighing import RuleFit, weigh_rules
from tools.triage import train

RIDGE = 0.4
BEFORE = Judgement(1.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0)
"""What is believed before anything is learned."""
IN_VIEW = 0.3
"""What a matter counts of a set that the subjects' words were written with."""
MARGINS = (0.25, 0.3, 0.35, 0.4, 0.5, 0.75)

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """A matter as the kernel weighs it, and what the reader said."""

    fits: Sequence[RuleFit]
    right: Sequence[Sequence[Any]]
    harmless: Sequence[str]
    weight: float

    @property
    def rules(self) -> frozenset[int]:
        """The numbers of the rules that are right."""
        return frozenset(rule for _, rule in self.right if rule is not None)


def weighed(name: str, weights: Weights, mandate_of: Callable[[str], Prepared]) -> list[Weighed]:
    """The matters of a set. What only informs is not judged by rules and left out."""
    found: list[Weighed] = []
    for given in json.loads((train.ROOT / f"tests/matters/{name}_matters.json").read_text("utf-8")):
        matter = train.matter_of(given)
        if matter.asked is Asked.INFORMATION:
            continue
        mandate = mandate_of(given.get("desk", name if name in ("division", "district") else "office"))
        fits = _fits(matter, mandate, weights)
        weight = 1.0 if "blind" in name else IN_VIEW
        found.append(Weighed(fits, given["right"], given["harmless"], weight))
    return found


def _fits(matter: Matter, mandate: Prepared, weights: Weights) -> list[RuleFit]:
    reading = read(matter, mandate.vocabulary)
    members = tuple(Member(path[-1], path[-1]) for path in matter.touched)
    standing = stand(matter, Team("team", members))
    return weigh_rules(mandate, matter, reading, standing, (), DEFAULT, likeness(matter, weights))


def learn(matters: Sequence[Weighed]) -> Judgement:
    """The judgement that makes the readers' rules most probable."""
    start = np.array(astuple(BEFORE))
    told = [
        (*_table(one), one.weight)
        for one in matters
        if not one.right or any(fit.ready.rule.number in one.rules for fit in one.fits)
    ]

    def loss(found: Floats) -> tuple[float, Floats]:
        away = found - start
        total, slope = RIDGE / 2 * float(away @ away), RIDGE * away
        for table, meant, weight in told:
            scores = table @ found
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = shares * meant
            whole = right.sum()
            total -= weight * math.log(whole)
            slope = slope + weight * (table.T @ (shares - right / whole))
        return total, slope

    best = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return Judgement(*(round(float(one), 2) for one in best))


def _table(one: Weighed) -> tuple[Floats, Floats]:
    """The witnesses of each rule and of none, a row each, and which rows are meant."""
    of_rules, of_none = witnesses(one.fits)
    rows = [(*row, 0.0, 0.0, 0.0) for row in of_rules] + [(0.0, 0.0, 0.0, 0.0, *of_none)]
    meant = [fit.ready.rule.number in one.rules for fit in one.fits] + [not one.right]
    return np.array(rows), np.array(meant, dtype=np.float64)


def sort(matters: Sequence[Weighed], by: Judgement, margin: float) -> Counter[str]:
    """How many are right, not known, wrong, and wrong where there is no rule."""
    counted: Counter[str] = Counter()
    for one in matters:
        best = next(iter(judged(one.fits, by)), None)
        if best is None or (best.chance or 0.0) < margin:
            counted["not known"] += bool(one.right)
            continue
        route = best.ready.rule.destination.value
        if one.right:
            is_right = any(route == to and rule in {None, best.ready.rule.number} for to, rule in one.right)
            counted["right" if is_right else "wrong"] += 1
        else:
            counted["wrong without"] += route not in one.harmless
    return counted


def main() -> None:
    """Print the judgement, and what it is worth on sets that it was not learned on."""
    folder = Path(sys.argv[1])
    mandates = {
        start: prepare(Mandate(train.rules_of(start)), Scheme())
        for start in ("office", "division", "district")
    }
    sets = {
        name: weighed(name, weights_from((folder / f"{name}.bin").read_bytes()), mandates.__getitem__)
        for name in train.SETS
    }
    found = learn([one for matters in sets.values() for one in matters])
    for field in fields(found):
        sys.stdout.write(f"{field.name} = {getattr(found, field.name)}\n")
    for name, matters in sets.items():
        by = learn([one for other, known in sets.items() if other != name for one in known])
        for margin in MARGINS:
            sys.stdout.write(f"{name} {margin} {dict(sort(matters, by, margin))}\n")


if __name__ == "__main__":
    main()
