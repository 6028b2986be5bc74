"""Learn how words and likeness are judged together (`kernel.triage.chances`).

    python -m tools.triage.train measure DIR
    python -m tools.triage.judging DIR

Each set is weighed with the weights in DIR that were learned without it. That no rule is meant is learned
from the matters of which a reader said so, and from those that have a rule: it is taken out of the mandate,
and then none is meant, once while the model still knows the subject and once as if it had never heard of it.
Printed: the figures, to be written into `Judgement`. `tools.triage.measuring` tells what they are worth.
"""

import math
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from styrfart.kernel.triage import Asked, Prepared, weights_from
from styrfart.kernel.triage.chances import Judgement, of_none, of_rule
from styrfart.kernel.triage.likeness import Weights, likeness
from styrfart.kernel.triage.proposing import rest
from styrfart.kernel.triage.reading import read
from styrfart.kernel.triage.standing import stand
from styrfart.kernel.triage.thresholds import DEFAULT
from styrfart.kernel.triage.weighing import weigh_rules
from tools.triage import desks, train

RIDGE = 0.4
BEFORE = Judgement(1.0, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0)
"""What is believed before anything is learned."""
IN_VIEW = 0.3
"""What a matter counts of a set that the subjects' words were written with."""
TAKEN_OUT = 0.1
"""What a matter counts when its rule has been taken out: at times another rule is then nearly right."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Weighed:
    """The witnesses of each rule and of none, a row each; which rows are meant; how much it counts."""

    table: Floats
    meant: Floats
    weight: float


def read_weights(folder: Path) -> dict[str, Weights]:
    """For each set, the weights that were learned without it."""
    return {name: weights_from((folder / f"{name}.bin").read_bytes()) for name in train.SETS}


def weighed(name: str, weights: Weights) -> list[Weighed]:
    """The matters of a set as the kernel weighs them. What only informs is not judged by rules."""
    found: list[Weighed] = []
    for given in desks.matters(name):
        if given["asked"] == Asked.INFORMATION:
            continue
        desk = desks.desk_of(given, name)
        counts = 1.0 if "blind" in name else IN_VIEW
        rules = {rule for _, rule in given["right"] if rule is not None}
        found += _weigh(given, desk, desks.mandate(desk.start), weights, rules, counts)
        for without, knowing in taken_out(given, desk, weights):
            found += _weigh(given, desk, without, knowing, (), counts * TAKEN_OUT)
    return found


def taken_out(given: desks.Given, desk: desks.Desk, weights: Weights) -> Iterator[tuple[Prepared, Weights]]:
    """The mandate without the matter's rule, with a model that knows its subject, and one that does not."""
    out = desks.ruled_out(given)
    if out:
        without = desks.mandate(desk.start, out)
        rules = [ready for ready in desks.mandate(desk.start).rules if ready.rule.number in out]
        yield without, weights
        yield without, desks.hiding(weights, {one for ready in rules for one, _ in ready.text.subjects})


def _weigh(
    given: desks.Given,
    desk: desks.Desk,
    mandate: Prepared,
    weights: Weights,
    rules: Collection[int],
    counts: float,
) -> list[Weighed]:
    """The matter, unless the rule that is meant does not fit it at all."""
    matter = desks.with_cost(given, desk)
    reading = read(matter, mandate.vocabulary)
    like = likeness(matter, weights)
    standing = stand(matter, desk.team(given["owner_unit"]))
    fits = weigh_rules(mandate, matter, reading, standing, (), DEFAULT, like)
    meant = [fit.ready.rule.number in rules for fit in fits]
    if not fits or (rules and not any(meant)):
        return []
    none = of_none(rest(mandate, like), reading.telling)
    rows = [(*of_rule(fit), 0.0, 0.0, 0.0) for fit in fits] + [(0.0, 0.0, 0.0, 0.0, *none)]
    return [Weighed(np.array(rows), np.array([*meant, not rules], dtype=np.float64), counts)]


def learn(matters: Sequence[Weighed]) -> Judgement:
    """The judgement that makes the readers' rules most probable."""
    start = np.array(astuple(BEFORE))

    def loss(found: Floats) -> tuple[float, Floats]:
        away = found - start
        total, slope = RIDGE / 2 * float(away @ away), RIDGE * away
        for one in matters:
            scores = one.table @ found
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            right = shares * one.meant
            whole = right.sum()
            total -= one.weight * math.log(whole)
            slope = slope + one.weight * (one.table.T @ (shares - right / whole))
        return total, slope

    best = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return Judgement(*(round(float(one), 2) for one in best))


def without_each(sets: Mapping[str, Sequence[Weighed]]) -> dict[str, Judgement]:
    """For each set, the judgement that was learned on the others."""
    return {
        name: learn([one for other, matters in sets.items() if other != name for one in matters])
        for name in sets
    }


def main() -> None:
    """Print the judgement."""
    weights = read_weights(Path(sys.argv[1]))
    found = learn([one for name in train.SETS for one in weighed(name, weights[name])])
    for field in fields(found):
        sys.stdout.write(f"{field.name} = {getattr(found, field.name)}\n")


if __name__ == "__main__":
    main()
