"""Six hundred matters and more as people hand them in, against the mandates that a team would start from.

Two sets are a development office's, sixty each, written by people who had not seen the rules; they were kept
out of sight until the desk had been made, and have been looked at since. Those of a division and a district
were written before the desk was taught the subjects of public administration (`kernel.triage.subjects`), by
the one who then taught it; the later ones while it was taught, each part before the desk was asked about it.
So all of these show that the desk keeps what it can, not how well it does on what it has never seen.

What the desk placed right where there is a rule: before it knew any subjects; when it was first asked; now,
once it has been taught what it then missed.

    realistic   35 of 35   -    35      later, nr 1 to 227    105 of 185  126  183
    held out    38 of 45   -    45      later, nr 228 to 258  22 of 26    25   26
    division    16 of 26   -    25
    district     9 of 26   -    26

Those up to 227 are harder than what most people hand in: they say as little as a hurried sender may. When it
was first asked the desk placed 126 of 185 right, did not know 36 and was wrong about 23. The last ones say
as much as the first two sets do.

The blind set says what the desk is worth on what it has never seen: neither its author nor the reader who
labelled it had seen the desk, and it was run once against the desk as it then was. First asked: 36 of 47
right, 3 not known (2, 10, 72), 8 wrong (7, 13, 42, 43, 50, 67, 68, 69), and none of the 28 without a rule
wrong. The desk of the day before placed 31. Before likeness it was 39, 4 and 4, but the misses had been read
then: it is no longer blind. No word was added for it. What only informs is written whatever it touches; a
state such as "sjuk" needs somebody who is ill; words of subjects that fit other things were made loose; a
policy follows the committee's own rule; "licens" and "licenser" are one word; a rule must stand out more
before it is quoted.

The last of these changes gave up two of the later set (109, 156), and words made loose a third (106); one
wrong answer of the district (19) and one of the later set (46) became not knowing.

Another sixty were then written and labelled in the same way, by others and by two readers, and put to the
desk when that was done. First asked ("blind again"): 37 of 47 right, 5 not known, 5 wrong, and one of 13
without a rule wrong.

A third hundred ("third blind") was then asked for as odd and colloquial as matters come, and read by two who
agreed on all 62 that have a rule; the routes of both count, and four on which they differ whether there is a
rule at all (of a hundred) are left out. First asked, by the desk that knows likeness, learned from 1 100
questions: 45 of 62 right, 10 not known, 7 wrong, and 2 of 34 without a rule wrong.

A fourth ("fourth blind"), 58 ordinary matters, was put to the desk that had learned from 3 100 questions and
the sets before it: 32 of 40 right, 3 not known, 5 wrong, and 2 of 18 without a rule wrong. It is learned
from since the desk hears concepts and weighs its witnesses together.

Since the second blind set the desk also knows what a matter is like (`tools/triage/train.py`), learned from
these sets, too: what it places here is in view. What it places in each when learned without it stands in
`docs/triage.md`.

A reader said which routes are right where the mandate has a rule (`right`: route and rule), and which are not
wrong where it has none (`harmless`; not knowing never is).
"""

import json
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path as File
from typing import Any

import pytest

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
    prepare,
    propose_prepared,
)
from styrfart.matters.triage import weights


@dataclass(frozen=True)
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
        return (*self.top, name) if name in self.parts else (*self.top[:-1], name)

    def owner(self, name: str) -> Path:
        if name not in self.parts:
            return self.top
        return (*self.unit(name), f"{name} enhet 1") if self.below else self.unit(name)

    def team(self, owner: str) -> Team:
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
def _mandate(start: str) -> Prepared:
    text = resources.files("styrfart.mandates.starting_points").joinpath(f"{start}.toml").read_text("utf-8")
    return prepare(
        Mandate(
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
        ),
        Scheme(),
    )


def _propose(given: dict[str, Any], desk: Desk) -> Proposal:
    matter = Matter(
        question=given["question"],
        why_us=given["why_us"],
        material=tuple(given["material"]),
        asked=Asked(given["asked"]),
        owner=desk.owner(given["owner_unit"]),
        touched=tuple(desk.unit(name) for name in given["touches"]),
        cost=given["cost"],
    )
    return propose_prepared(matter, _mandate(desk.start), desk.team(given["owner_unit"]), weights=weights())


def _is_right(given: dict[str, Any], proposal: Proposal) -> bool:
    """Whether the matter is placed where the reader said, and no other rule than the reader's is quoted."""
    # "Decide now" is how a rule that names the chair's own post reads at the chair's desk.
    route = "post" if proposal.route == Route.DECIDE else proposal.route.value
    return any(
        route == right and (rule is None or proposal.rule in {None, rule}) for right, rule in given["right"]
    )


@dataclass
class Result:
    """How many matters have a rule, and the numbers of those that are not placed right."""

    ruled: int = 0
    unknown: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    wrong_without_rule: list[int] = field(default_factory=list)
    """Where the mandate has no rule: those that are placed where they do harm."""


def _result(name: str, start: str) -> Result:
    result = Result()
    for given in json.loads(File(__file__).with_name(f"{name}_matters.json").read_text("utf-8")):
        proposal = _propose(given, DESKS[given.get("desk", start)])
        number = given["nr"]
        if not given["right"]:
            if proposal.route != Route.UNKNOWN and proposal.route.value not in given["harmless"]:
                result.wrong_without_rule.append(number)
            continue
        result.ruled += 1
        if proposal.route == Route.UNKNOWN:
            result.unknown.append(number)
        elif not _is_right(given, proposal):
            result.wrong.append(number)
    return result


TAUGHT = [
    ("realistic", "office", Result(35, [], [], [])),
    ("held_out", "office", Result(45, [], [], [20])),
    ("division", "division", Result(26, [16], [], [])),
    ("district", "district", Result(26, [], [], [36])),
    ("later", "office", Result(211, [], [46, 56], [226])),
]


@pytest.mark.parametrize(("name", "start", "expected"), TAUGHT)
def test_nine_of_ten_are_placed_right_and_nearly_none_wrong(name: str, start: str, expected: Result) -> None:
    result = _result(name, start)

    assert result == expected
    assert result.ruled - len(result.unknown) - len(result.wrong) >= 0.9 * result.ruled
    assert len(result.unknown) <= result.ruled / 15


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        # First asked: Result(47, [2, 10, 72], [7, 13, 42, 43, 50, 67, 68, 69], [])
        ("blind", Result(47, [], [13, 67, 69], [])),
        # First asked: Result(47, [34, 35, 39, 48, 60], [21, 27, 37, 40, 55], [5])
        ("blind_again", Result(47, [], [21, 27, 37], [1])),
        # First asked, not known: 8 11 12 47 48 52 55 56 69 84; wrong: 22 34 49 63 74 77 81, and 70 97.
        ("third_blind", Result(62, [47], [22, 48, 49], [])),
        # First asked: Result(40, [34, 47, 51], [1, 5, 7, 33, 54], [45, 59])
        ("fourth_blind", Result(40, [], [], [45, 59])),
    ],
)
def test_what_was_blind_is_learned_from_and_kept(name: str, expected: Result) -> None:
    assert _result(name, "office") == expected


def test_nine_of_ten_are_placed_right_of_what_nobody_here_has_seen() -> None:
    """A fifth set of ordinary matters, as first asked: nothing has been learned from it or mended for it."""
    result = _result("fifth_blind", "office")

    assert result == Result(43, [25], [3, 10, 46], [13, 32, 49, 55])
    assert result.ruled - len(result.unknown) - len(result.wrong) >= 0.9 * result.ruled
