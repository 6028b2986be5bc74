"""Who is compared with whom over time: an earlier round as it was shown, and how many came or left since.

Which comparisons are withheld, and why: ADR 26.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from styrfart.climate.actions.releasing.nesting import Nesting, names_of, nest, places_of
from styrfart.climate.actions.releasing.reckoning import Reckoned
from styrfart.climate.actions.releasing.sheets import BATCH, Groups, Ints, Sheets, groups_of, sheets_of
from styrfart.climate.models import Invitation, Release, Round

Bools = npt.NDArray[np.bool_]
MANY = 30  # answers in a row, in both rounds, that few people who came or left cannot be told from


@dataclass(frozen=True, eq=False)
class Past:
    """An earlier round and its rows, ready to be compared with."""

    asked: Round
    groups: Groups
    nesting: Nesting
    stored: list[tuple[int, dict[str, Any]]]  # answers and figures of each row
    sheets: Sheets

    @property
    def name(self) -> list[Hashable]:
        return names_of(self.nesting, self.groups)


def past_of(earlier: Round) -> Past:
    """A released round as it was shown, with its answers."""
    release = Release.objects.get(round=earlier)
    groups = groups_of(earlier)
    stored = list(release.rows.order_by("position").values_list("answered", "figures"))
    nesting = nest(places_of(release, groups), groups.parent)
    return Past(earlier, groups, nesting, stored, sheets_of(earlier, groups.place))


def not_compared(
    of: Round, groups: Groups, reckoned: Reckoned, past: Past, match: Ints
) -> list[str]:  # fmt: skip
    """Of each row why before and after are not put beside each other; "" where they are.

    "few_moved": of the people invited 1 to least - 1 were so in one of the rounds only. "slips": some drew
    a slip of paper, so nobody knows who was invited. Neither where both have 30 answers.
    """
    changed, is_unknown = _moved(of, groups, reckoned.nesting, past, match)
    least = max(of.least, past.asked.least)
    now = np.array([line.answered for line in reckoned.lines], dtype=np.int64)
    then = np.array([answered for answered, _ in past.stored] or [0], dtype=np.int64)[match]
    may_tell = (match >= 0) & ((now < MANY) | (then < MANY))
    is_few = (changed > 0) & (changed < least)
    found: list[str] = np.select(
        [may_tell & is_unknown, may_tell & is_few], ["slips", "few_moved"], ""
    ).tolist()
    return found


def _moved(
    of: Round, groups: Groups, nesting: Nesting, past: Past, match: Ints
) -> tuple[Ints, Bools]:  # fmt: skip
    """[row]: how many were invited in one of the two rounds only, and whether that is not known."""
    home, who, paper = _invitations(of, groups, nesting)
    then_home, then_who, then_paper = _invitations(past.asked, past.groups, past.nesting)
    now_all, then_all = _counted(home, nesting), _counted(then_home, past.nesting)
    stayed = np.zeros(match.size, dtype=np.int64)
    one, other = _same(who, then_who)
    at_row, was_in = home[one], then_home[other]
    while (at_row >= 0).any():
        target = np.where(at_row >= 0, match[at_row], -1)
        within = _lies_in(was_in, target, past.nesting)
        stayed += np.bincount(at_row[within], minlength=match.size)
        at_row = np.where(at_row >= 0, nesting.above[at_row], -1)
    then_all, then_paper = np.append(then_all, 0), np.append(then_paper, 0)
    changed: Ints = now_all + then_all[match] - 2 * stayed
    return changed, (paper > 0) | (then_paper[match] > 0)


def _same(who: Ints, then: Ints) -> tuple[Ints, Ints]:
    """Places of each pair of invitations, one of each round, to the same person: one may sit in two teams."""
    order = np.argsort(then, kind="stable")
    first = np.searchsorted(then, who, sorter=order)
    many = np.searchsorted(then, who, side="right", sorter=order) - first
    one = np.repeat(np.arange(who.size), many)
    step = np.arange(one.size) - np.repeat(np.cumsum(many) - many, many)
    return one, order[np.repeat(first, many) + step]


def _lies_in(rows: Ints, targets: Ints, nesting: Nesting) -> Bools:
    """Whether each row is the target or lies in it."""
    found = np.zeros(rows.size, dtype=bool)
    here = rows.copy()
    while (here >= 0).any():
        found |= (here >= 0) & (here == targets)
        here = np.where(here >= 0, nesting.above[here], -1)
    return found


def _counted(home: Ints, nesting: Nesting) -> Ints:
    """[row]: how many of these are in it, or in a row in it."""
    total = np.bincount(home[home >= 0], minlength=len(nesting.places)).astype(np.int64)
    for row in _deepest_first(nesting):
        if nesting.above[row] >= 0:
            total[nesting.above[row]] += total[row]
    return total


def _deepest_first(nesting: Nesting) -> list[int]:
    depth = np.zeros(nesting.above.size, dtype=np.int64)
    here = nesting.above.copy()
    while (here >= 0).any():
        depth += here >= 0
        here = np.where(here >= 0, nesting.above[here], -1)
    order: list[int] = np.argsort(-depth, kind="stable").tolist()
    return order


def _invitations(of: Round, groups: Groups, nesting: Nesting) -> tuple[Ints, Ints, Ints]:
    """Of each who was invited by name: home row and person. And how many slips of paper each row had."""
    place = groups.place
    stored = Invitation.objects.filter(round=of).order_by().values_list("group_id", "person_id")
    pairs = [(place[group], person or 0) for group, person in stored.iterator(BATCH) if group in place]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    home = nesting.home[both[:, 0]] if both.size else both[:, 0]
    named = both[:, 1] > 0
    return home[named], both[named, 1], _counted(home[~named], nesting)
