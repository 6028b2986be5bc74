"""Measure the desk: on matters with a rule, without one, and with their rule taken out of the mandate.

    python -m tools.triage.train measure DIR
    python -m tools.triage.measuring DIR [margin ...]

Each set is put to the whole desk with weights, and a judgement, that were learned without it.
"""

import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from styrfart.kernel.triage import DEFAULT, Proposal, Route, Thresholds, Weights
from styrfart.kernel.triage.chances import Judgement
from tools.triage import desks, judging, train

KINDS = ("right", "not known", "wrong")


@dataclass
class Counted:
    """How a set was sorted: with a rule; without one; with the rule out, its subject known, and unknown."""

    ruled: Counter[str] = field(default_factory=Counter)
    none: Counter[str] = field(default_factory=Counter)
    out: Counter[str] = field(default_factory=Counter)
    hidden: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Counted") -> None:
        """Count another's, too."""
        for part in fields(self):
            getattr(self, part.name).update(getattr(other, part.name))

    def __str__(self) -> str:
        parts = [getattr(self, part.name) for part in fields(self)]
        return " | ".join(", ".join(str(part[kind]) for kind in KINDS) for part in parts)


def sort(name: str, weights: Weights, judgement: Judgement, thresholds: Thresholds) -> Counted:
    """How the desk sorts a set. "Right" without a rule: somewhere that a reader calls harmless."""
    counted = Counted()
    for given in desks.matters(name):
        desk = desks.desk_of(given, name)
        made = desks.put(given, desk, desks.mandate(desk.start), weights, judgement, thresholds)
        if given["right"]:
            counted.ruled[_kind(made, is_right=desks.is_right(given, made))] += 1
        else:
            counted.none[_kind(made, is_right=not desks.is_wrong_without_rule(given, made))] += 1
        harmless = {*given["harmless"], *(route for route, _ in given["right"])}
        for (without, knowing), into in zip(
            judging.taken_out(given, desk, weights), (counted.out, counted.hidden), strict=False
        ):
            made = desks.put(given, desk, without, knowing, judgement, thresholds)
            into[_kind(made, is_right=desks.route_of(made) in harmless)] += 1
    return counted


def _kind(made: Proposal, *, is_right: bool) -> str:
    if made.route == Route.UNKNOWN:
        return "not known"
    return "right" if is_right else "wrong"


def measured(
    names: Iterable[str],
    weights: Mapping[str, Weights],
    judgements: Mapping[str, Judgement],
    thresholds: Thresholds,
) -> Counted:
    """All the sets together."""
    total = Counted()
    for name in names:
        total.add(sort(name, weights[name], judgements[name], thresholds))
    return total


def main() -> None:
    """Print each set, then the blind ones and all of them by margin."""
    weights = judging.read_weights(Path(sys.argv[1]))
    judgements = judging.without_each({name: judging.weighed(name, weights[name]) for name in train.SETS})
    sys.stdout.write(
        "right, not known, wrong: with a rule | without one | rule out | and its subject unknown\n"
    )
    for name in train.SETS:
        sys.stdout.write(f"{name}: {sort(name, weights[name], judgements[name], DEFAULT)}\n")
    for margin in map(float, sys.argv[2:] or [str(DEFAULT.rather)]):
        limits = replace(DEFAULT, rather=margin)
        for called, names in (
            ("blind", [name for name in train.SETS if "blind" in name]),
            ("all", train.SETS),
        ):
            sys.stdout.write(f"{margin} {called}: {measured(names, weights, judgements, limits)}\n")


if __name__ == "__main__":
    main()
