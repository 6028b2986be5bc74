"""Sixty matters such as a development office gets, against the mandate that it would start from.

The matters were written by somebody who had not seen the rules, and the rules (the starting point for an
office) by somebody who had not seen the matters. A third reader said, before the desk was run, which
routes are right where the mandate has a rule (`right`: route and rule), and which are not wrong where it
has none (`harmless`; not knowing never is).
"""

import json
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from styrfart.kernel.triage import (
    Asked,
    Destination,
    Mandate,
    Matter,
    Member,
    Post,
    Proposal,
    Route,
    Rule,
    Scheme,
    Team,
    propose,
)

DIVISIONS = [
    "projekt norr",
    "projekt söder",
    "mark och fastighet",
    "trafik och gatusamordning",
    "park och landskap",
    "ekonomi och upphandling",
    "HR och kommunikation",
    "digital och administration",
]
OFFICE = "kontoret"


def _mandate() -> Mandate:
    text = resources.files("styrfart.mandates.starting_points").joinpath("office.toml").read_text("utf-8")
    return Mandate(
        tuple(
            Rule(
                number=number,
                text=rule["concerns"],
                destination=Destination(rule["destination"]),
                post_title=rule.get("post_title", ""),
                words=tuple(rule.get("words", ())),
                amount_min=rule.get("amount_min"),
                amount_max=rule.get("amount_max"),
            )
            for number, rule in enumerate(tomllib.loads(text)["rules"], start=1)
        )
    )


def _team(owner: str) -> Team:
    chair = Post("chair", "Kontorschef", (OFFICE,), is_chair=True)
    heads = tuple(Post(f"chef {name}", "Avdelningschef", (OFFICE, name)) for name in DIVISIONS)
    unit = Post("enhetschef", "Enhetschef", (OFFICE, owner, f"{owner} enhet 1"))
    press = Post("press", "Kommunikationschef", (OFFICE, "HR och kommunikation", "kommunikation"))
    return Team(
        OFFICE, tuple(Member(f"chef {name}", name) for name in DIVISIONS), (chair, *heads, unit, press)
    )


def _propose(given: dict[str, Any]) -> Proposal:
    owner = given["owner_unit"]
    matter = Matter(
        question=given["question"],
        why_us=given["why_us"],
        material=tuple(given["material"]),
        asked=Asked(given["asked"]),
        owner=(OFFICE, owner, f"{owner} enhet 1") if owner in DIVISIONS else (OFFICE,),
        touched=tuple((OFFICE, name) for name in given["touches"]),
        cost=given["cost"],
    )
    return propose(matter, _mandate(), Scheme(), _team(owner))


def _is_right(given: dict[str, Any], proposal: Proposal) -> bool:
    """Whether the route is one the reader called right, and no other rule than the reader's is quoted."""
    # "Decide now" is how a rule that names the chair's own post reads at the chair's desk.
    route = "post" if proposal.route == Route.DECIDE else proposal.route.value
    return any(
        route == right and (rule is None or proposal.rule in {None, rule}) for right, rule in given["right"]
    )


def _matters() -> list[dict[str, Any]]:
    matters: list[dict[str, Any]] = json.loads(
        Path(__file__).with_name("realistic_matters.json").read_text("utf-8")
    )
    return matters


def test_where_the_mandate_has_a_rule_nine_of_ten_are_placed_right() -> None:
    ruled = [given for given in _matters() if given["right"]]
    wrong = [given["nr"] for given in ruled if not _is_right(given, _propose(given))]
    assert len(ruled) == 35
    assert len(wrong) <= 3, wrong


def test_where_it_has_none_the_desk_does_not_know_rather_than_being_wrong() -> None:
    unruled = [given for given in _matters() if not given["right"]]
    wrong = [
        given["nr"]
        for given in unruled
        if (proposal := _propose(given)).route != Route.UNKNOWN
        and proposal.route.value not in given["harmless"]
    ]
    assert len(unruled) == 25
    assert wrong == []
