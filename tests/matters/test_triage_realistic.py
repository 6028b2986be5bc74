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

from dataclasses import dataclass, field

import pytest

from styrfart.kernel.triage import Route
from styrfart.matters.triage import weights
from tools.triage import desks


@dataclass
class Result:
    """How many matters have a rule, and the numbers of those that are not placed right."""

    ruled: int = 0
    unknown: list[int] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    wrong_without_rule: list[int] = field(default_factory=list)
    """Where the mandate has no rule: those that are placed where they do harm."""


def _result(name: str) -> Result:
    result = Result()
    for given in desks.matters(name):
        desk = desks.desk_of(given, name)
        proposal = desks.put(given, desk, desks.mandate(desk.start), weights())
        number = given["nr"]
        if not given["right"]:
            if desks.is_wrong_without_rule(given, proposal):
                result.wrong_without_rule.append(number)
            continue
        result.ruled += 1
        if proposal.route == Route.UNKNOWN:
            result.unknown.append(number)
        elif not desks.is_right(given, proposal):
            result.wrong.append(number)
    return result


TAUGHT = [
    ("realistic", Result(35, [], [], [])),
    ("held_out", Result(45, [], [], [])),
    ("division", Result(26, [16], [], [])),
    ("district", Result(26, [], [], [36])),
    ("later", Result(211, [59, 87], [46, 56], [226])),
]


@pytest.mark.parametrize(("name", "expected"), TAUGHT)
def test_nine_of_ten_are_placed_right_and_nearly_none_wrong(name: str, expected: Result) -> None:
    result = _result(name)

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
        ("third_blind", Result(62, [11, 47, 55, 63], [22, 48, 49], [])),
        # First asked: Result(40, [34, 47, 51], [1, 5, 7, 33, 54], [45, 59])
        ("fourth_blind", Result(40, [], [5], [45, 59])),
    ],
)
def test_what_was_blind_is_learned_from_and_kept(name: str, expected: Result) -> None:
    assert _result(name) == expected


def test_nine_of_ten_are_placed_right_of_what_nobody_here_has_seen() -> None:
    """A fifth set of ordinary matters: nothing has been learned from it or mended for it.

    First asked: Result(43, [25], [3, 10, 46], [13, 32, 49, 55]). Asked again, once, of the desk that
    also learned from rules taken out.
    """
    result = _result("fifth_blind")

    assert result == Result(43, [25, 46], [3, 10], [13, 32, 49, 55])
    assert result.ruled - len(result.unknown) - len(result.wrong) >= 0.9 * result.ruled


def test_where_there_is_a_rule_the_desk_is_right_or_says_that_it_does_not_know() -> None:
    """A sixth set, by an author who was asked for at least twenty matters that no mandate mentions: two
    readers agree on 59 of 60. Asked once; nothing has been learned from it or mended for it.
    """
    assert _result("sixth_blind") == Result(33, [21, 34], [], [5, 25, 30, 38, 50, 54])


def test_a_matter_whose_rule_is_taken_out_is_seldom_placed_where_it_does_harm() -> None:
    """The desk that had not learned from such matters was wrong about 59."""
    wrong = asked = 0
    for name in (*[name for name, _ in TAUGHT], "blind", "blind_again", "third_blind", "fourth_blind"):
        for given in desks.matters(name):
            desk = desks.desk_of(given, name)
            out = desks.ruled_out(given)
            if out:
                proposal = desks.put(given, desk, desks.mandate(desk.start, out), weights())
                harmless = {Route.UNKNOWN.value, *given["harmless"], *(route for route, _ in given["right"])}
                asked += 1
                wrong += desks.route_of(proposal) not in harmless

    assert (asked, wrong) == (493, 22)
