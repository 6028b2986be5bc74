"""The desks to which the sets of matters are handed in, and what a reader said of each matter.

A reader said which routes are right where the mandate has a rule (`right`: route and rule), and which are not
wrong where it has none (`harmless`; not knowing never is).
"""

import json
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path as File
from typing import Any

from styrfart.kernel.triage import (
    DEFAULT as PLAIN,
)
from styrfart.kernel.triage import (
    Asked,
    Destination,
    Mandate,
    Matter,
    Member,
    Path,
    Post,
    Prepared,
    Proposal,
    Route,
    Rule,
    Scheme,
    Team,
    Thresholds,
    Weights,
    prepare,
    propose_prepared,
)
from styrfart.kernel.triage.amounts import cost_in
from styrfart.kernel.triage.chances import DEFAULT, Judgement
from styrfart.kernel.triage.subjects import SUBJECTS

_NEVER = -1e9
ROOT = File(__file__).resolve().parents[2]
Given = Mapping[str, Any]
"""A matter of a set: what was handed in and what the reader said."""


@dataclass(frozen=True, slots=True)
class Desk:
    """The team at whose desk matters are handed in: its unit, who leads it, the units of its members."""

    start: str
    top: Path
    chair: str
    heads: str
    parts: tuple[str, ...]
    press: Path
    below: str = ""
    """The title of the head of the unit of whoever hands in, when that unit lies below a member's."""

    def unit(self, name: str) -> Path:
        """The unit that goes by the name."""
        return (*self.top, name) if name in self.parts else (*self.top[:-1], name)

    def owner(self, name: str) -> Path:
        """The unit of whoever hands in."""
        if name not in self.parts:
            return self.top
        return (*self.unit(name), f"{name} enhet 1") if self.below else self.unit(name)

    def team(self, owner: str) -> Team:
        """The team, with those who might decide what comes from the unit."""
        posts = [Post("chair", self.chair, self.top, is_chair=True)]
        posts += [Post(f"chef {name}", self.heads, self.unit(name)) for name in self.parts]
        if self.below:
            posts.append(Post("enhetschef", self.below, (*self.top, owner, f"{owner} enhet 1")))
        posts.append(Post("press", "Kommunikationschef", self.press))
        return Team(self.top[-1], tuple(Member(f"chef {name}", name) for name in self.parts), tuple(posts))


OFFICE = Desk(
    "office",
    ("kontoret",),
    "Kontorschef",
    "Avdelningschef",
    (
        "projekt norr",
        "projekt söder",
        "mark och fastighet",
        "trafik och gatusamordning",
        "park och landskap",
        "ekonomi och upphandling",
        "HR och kommunikation",
        "digital och administration",
    ),
    ("kontoret", "HR och kommunikation", "kommunikation"),
    "Enhetschef",
)
# Two divisions in one: a technical one, and one for the care of older people.
DIVISION = Desk(
    "division",
    ("kontoret", "avdelningen"),
    "Avdelningschef",
    "Enhetschef",
    (
        "projekt",
        "kalkyl",
        "mätning",
        "tillstånd",
        "stab",
        "hemtjänst öst",
        "hemtjänst väst",
        "Ekgården",
        "natt",
    ),
    ("kontoret", "kommunikation"),
)
DISTRICT = Desk(
    "district",
    ("förvaltningen",),
    "Förvaltningschef",
    "Avdelningschef",
    (
        "äldreomsorg",
        "funktionsnedsättning",
        "individ och familj",
        "förskola",
        "stadsmiljö",
        "ekonomi och administration",
    ),
    ("förvaltningen", "ekonomi och administration", "kommunikation"),
    "Enhetschef",
)
DESKS = {desk.start: desk for desk in (OFFICE, DIVISION, DISTRICT)}


@cache
def matters(name: str) -> tuple[Given, ...]:
    """The matters of a set."""
    return tuple(json.loads((ROOT / f"tests/matters/{name}_matters.json").read_text("utf-8")))


def desk_of(given: Given, name: str) -> Desk:
    """The desk to which a matter of the set is handed in."""
    return DESKS[given.get("desk", name if name in DESKS else "office")]


@cache
def rules_of(start: str) -> tuple[Rule, ...]:
    """The rules that a team of this kind would start from."""
    path = ROOT / f"src/styrfart/mandates/starting_points/{start}.toml"
    return tuple(
        Rule(
            number,
            rule["concerns"],
            Destination(rule["destination"]),
            post_title=rule.get("post_title", ""),
            words=tuple(rule.get("words", ())),
            amount_min=rule.get("amount_min"),
            amount_max=rule.get("amount_max"),
        )
        for number, rule in enumerate(tomllib.loads(path.read_text("utf-8"))["rules"], start=1)
    )


@cache
def mandate(start: str, without: Collection[int] = frozenset()) -> Prepared:
    """The rules made ready, some of them taken out."""
    kept = tuple(rule for rule in rules_of(start) if rule.number not in without)
    return prepare(Mandate(kept), Scheme())


def handed_in(given: Given, desk: Desk) -> Matter:
    """The matter as the desk gets it."""
    return Matter(
        question=given["question"],
        why_us=given["why_us"],
        material=tuple(given["material"]),
        asked=Asked(given["asked"]),
        owner=desk.owner(given["owner_unit"]),
        touched=tuple(desk.unit(name) for name in given["touches"]),
        cost=given["cost"],
    )


def with_cost(given: Given, desk: Desk) -> Matter:
    """The matter with the cost that its text tells, if it gives none."""
    matter = handed_in(given, desk)
    return (
        matter if matter.cost is not None else replace(matter, cost=cost_in(matter.question, matter.why_us))
    )


def put(
    given: Given,
    desk: Desk,
    prepared: Prepared,
    weights: Weights,
    judgement: Judgement = DEFAULT,
    thresholds: Thresholds = PLAIN,
) -> Proposal:
    """What the desk proposes."""
    return propose_prepared(
        handed_in(given, desk),
        prepared,
        desk.team(given["owner_unit"]),
        weights=weights,
        judgement=judgement,
        thresholds=thresholds,
    )


def is_right(given: Given, proposal: Proposal) -> bool:
    """Whether the matter is placed where the reader said, and no other rule than the reader's is quoted."""
    route = route_of(proposal)
    return any(
        route == right and (rule is None or proposal.rule in {None, rule}) for right, rule in given["right"]
    )


def route_of(proposal: Proposal) -> str:
    """The route as readers name it: "decide now" is how a rule that names the chair's own post reads."""
    return "post" if proposal.route == Route.DECIDE else proposal.route.value


def is_wrong_without_rule(given: Given, proposal: Proposal) -> bool:
    """Whether a matter that no rule is meant for is placed where it does harm."""
    return proposal.route != Route.UNKNOWN and proposal.route.value not in given["harmless"]


def ruled_out(given: Given) -> frozenset[int]:
    """The rules without which the mandate has none for the matter; empty when it has none anyway."""
    if given["asked"] == Asked.INFORMATION or any(rule is None for _, rule in given["right"]):
        return frozenset()
    return frozenset(rule for _, rule in given["right"])


def hiding(weights: Weights, subjects: Collection[int]) -> Weights:
    """The weights of a model that has never heard of the subjects."""
    names = {name for subject in subjects for name in SUBJECTS[subject].names}
    bias = tuple(
        _NEVER if name in names else own for name, own in zip(weights.classes, weights.bias, strict=True)
    )
    return replace(weights, bias=bias, known={})
