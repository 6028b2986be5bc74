"""Sixty matters such as a development office gets, against the mandate that it would start from.

The matters were written by somebody who had not seen the rules, and the rules (the starting point for an
office) by somebody who had not seen the matters. A third reader said, before the desk was run, which
routes are right where the mandate has a rule (`right`: route and rule), and which are not wrong where it
has none (`harmless`; not knowing never is). A second set was kept out of sight until the work was done.
"""

import json
import tomllib
from functools import cache
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
    Prepared,
    Proposal,
    Route,
    Rule,
    Scheme,
    Team,
    prepare,
    propose_prepared,
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


@cache
def _mandate() -> Prepared:
    text = resources.files("styrfart.mandates.starting_points").joinpath("office.toml").read_text("utf-8")
    mandate = Mandate(
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
    return prepare(mandate, Scheme())


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
    return propose_prepared(matter, _mandate(), _team(owner))


def _is_right(given: dict[str, Any], proposal: Proposal) -> bool:
    """Whether the matter is placed where the reader said, and no other rule than the reader's is quoted."""
    # "Decide now" is how a rule that names the chair's own post reads at the chair's desk.
    route = "post" if proposal.route == Route.DECIDE else proposal.route.value
    return any(
        route == right and (rule is None or proposal.rule in {None, rule}) for right, rule in given["right"]
    )


def _result(name: str) -> tuple[int, int, list[int], list[int]]:
    """How many have a rule and how many of them are placed right; which are placed wrong, with and without.

    Not knowing is neither right nor wrong.
    """
    matters: list[dict[str, Any]] = json.loads(Path(__file__).with_name(name).read_text("utf-8"))
    ruled = [(given, _propose(given)) for given in matters if given["right"]]
    unruled = [(given, _propose(given)) for given in matters if not given["right"]]
    return (
        len(ruled),
        sum(_is_right(given, proposal) for given, proposal in ruled),
        [
            given["nr"]
            for given, proposal in ruled
            if proposal.route != Route.UNKNOWN and not _is_right(given, proposal)
        ],
        [
            given["nr"]
            for given, proposal in unruled
            if proposal.route != Route.UNKNOWN and proposal.route.value not in given["harmless"]
        ],
    )


def test_where_the_mandate_has_a_rule_nine_of_ten_are_placed_right() -> None:
    """Before the desk was worked on with these in view it placed 23 of 35 right."""
    number, right, wrong, _ = _result("realistic_matters.json")
    assert (number, wrong) == (35, [])
    assert right >= 0.9 * number


def test_where_it_has_none_the_desk_does_not_know_rather_than_being_wrong() -> None:
    assert _result("realistic_matters.json")[3] == []


def test_sixty_more_that_nobody_had_in_view() -> None:
    """Written and labelled by others, run when the work was done: 38 of 45 right, five not known.

    Of the two others one (14) goes to the right place by another rule than the reader's, one goes wrong. That
    is 84 of 100, short of nine of ten; a change that places fewer right, or more wrong, fails here.
    """
    number, right, wrong, wrong_without_rule = _result("held_out_matters.json")
    assert number == 45
    assert right >= 38
    assert (wrong, wrong_without_rule) == ([14, 42], [44])
