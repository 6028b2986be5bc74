"""Pulses within weeks of each other, held together: what is held together, and what is not, is ADR 28's.

Whoever takes for granted that people answered as they did some weeks ago adds and subtracts what the two
show. It is known who was invited and not who answered, so the people of the system are those who were
invited; as many of them count as answered every question, by the share in their group or row.
"""

from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from django.db.models import Sum

from styrfart.climate.actions.releasing.nesting import nest, places_of
from styrfart.climate.actions.releasing.sheets import BATCH, Groups, Ints, Sheets, groups_of
from styrfart.climate.answering import SILENT
from styrfart.climate.models import Answer, Invitation, Release, Round
from styrfart.kernel.release import Admission, Rows, admit

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
EXACT = 1e-9  # shares are summed: seven of seven are seven


@dataclass(frozen=True, eq=False)
class Asked:
    """Who was asked in a round: the groups that each person was invited in, the row that counts each group's
    own people (-1 for none), and which share of them answered everything, as far as that is known."""

    stands: Mapping[Hashable, Sequence[Hashable]]
    row: Mapping[Hashable, int]
    share: Mapping[Hashable, float]


def beside(
    of: Round, groups: Groups, sheets: Sheets, near: Sequence[Round]
) -> Callable[[Rows], Admission] | None:  # fmt: skip
    """What `kernel.release` asks which rows to give up beside what those of `near` have shown who asked
    any of the same people; None where none did."""
    if not near:
        return None
    answered = np.bincount(sheets.unit[(sheets.steps > 0).all(axis=1)], minlength=len(groups.pk))
    now = _asked(of, groups, np.full(len(groups.pk), -1), answered / np.maximum(groups.invited, 1))
    parts = {part.key for part in of.asked}
    shown = (_as_shown(each, parts) for each in near)
    past = [each for each in shown if not each.stands.keys().isdisjoint(now.stands)]
    if not past:
        return None

    def admission(rows: Rows) -> Admission:
        home = dict(zip(now.row, rows.home.tolist(), strict=True))
        return hold(replace(now, row=home), past, rows, k=of.least)

    return admission


def hold(now: Asked, past: Sequence[Asked], rows: Rows, *, k: int) -> Admission:
    """Which of the rows are given up so that the rounds together tell of no fewer than k people."""
    rounds = (now, *past)
    seats = list(_seats(rounds))
    places = np.array([each.row for each in seats], dtype=np.int64).reshape(-1, len(rounds))
    shares = np.array([each.share for each in seats], dtype=np.float64).reshape(-1, len(rounds))
    return admit(
        list(places.T[1:]),
        places[:, 0],
        rows.forest.parent,
        rows.people,
        k=k,
        complete=_counted(places, shares),
    )


def _as_shown(of: Round, parts: set[str]) -> Asked:
    """An earlier round by the rows in which any of these parts was shown. Of who answered in a row and in no
    row within it no more is kept than what they answered."""
    release = Release.objects.get(round=of)
    groups = groups_of(of)
    nesting = nest(places_of(release, groups), groups.parent)
    figures = list(release.rows.order_by("position").values_list("figures", flat=True))
    told = [any(key.partition(".")[0] in parts for key in each) for each in figures]
    is_told = np.array([*told, False], dtype=bool)  # the last: of no row
    home = nesting.home.copy()
    while (moving := (home >= 0) & ~is_told[home]).any():
        home[moving] = nesting.above[home[moving]]
    answered, invited = np.zeros((2, len(figures) + 1), dtype=np.int64)
    np.add.at(invited, nesting.home, groups.invited)
    whole = Answer.objects.filter(group__round=of).exclude(values__contains=SILENT)
    kept = whole.order_by().values("group")
    for group, number in kept.annotate(people=Sum("number")).values_list("group", "people"):
        answered[nesting.home[groups.place[group]]] += number
    return _asked(of, groups, home, (answered / np.maximum(invited, 1))[nesting.home])


def _asked(of: Round, groups: Groups, home: npt.NDArray[np.integer[Any]], share: Floats) -> Asked:
    names: list[Hashable] = [
        ("unit", unit) if unit is not None else ("team", team)
        for unit, team in zip(groups.unit, groups.team, strict=True)
    ]
    stands: dict[Hashable, list[Hashable]] = {}
    slips: Counter[Hashable] = Counter()  # who draws a slip of paper is nobody in particular
    stored = Invitation.objects.filter(round=of).order_by().values_list("group", "person")
    for group, person in stored.iterator(BATCH):
        if group in groups.place:
            name = names[groups.place[group]]
            slips[name] += person is None
            stands.setdefault(person or (name, slips[name]), []).append(name)
    return Asked(
        stands,
        dict(zip(names, home.tolist(), strict=True)),
        dict(zip(names, share.clip(0, 1).tolist(), strict=True)),
    )


class Seat(NamedTuple):
    """A person's row in each round, -1 for none, and the share by which they count in it."""

    row: list[int]
    share: list[float]


def _seats(rounds: Sequence[Asked]) -> Iterator[Seat]:
    """Each person in every round.

    Not those who came, left or moved between groups that were asked both times: those are ADR 26's. Who was
    invited in several groups of a round is told apart by group, and counts for nobody.
    """
    for who in dict.fromkeys(who for each in rounds for who in each.stands):
        stood = [each.stands.get(who, ()) for each in rounds]
        if max(map(len, stood)) > 1:
            for name in dict.fromkeys(name for names in stood for name in names):
                rows = [
                    each.row[name] if name in names else -1 for each, names in zip(rounds, stood, strict=True)
                ]
                yield Seat(rows, [0.0] * len(rows))
            continue
        one = [next(iter(names), None) for names in stood]
        if not _moved(one, rounds):
            both = list(zip(rounds, one, strict=True))
            yield Seat(
                [each.row.get(name, -1) for each, name in both],
                [each.share.get(name, 0.0) for each, name in both],
            )


def _moved(stood: Sequence[Hashable], rounds: Sequence[Asked]) -> bool:
    """Whether a group in which the person stood was asked in another round, and the person not in it."""
    pairs = permutations(zip(stood, rounds, strict=True), 2)
    return any(
        name is not None and name != other and name in there.row for (name, _), (other, there) in pairs
    )


def _counted(places: Ints, shares: Floats) -> Bools:
    """[person]: of those who are in the same rows in every round as many as answered all, by the shares."""
    counted = np.zeros(len(places), dtype=bool)
    if not counted.size:
        return counted
    _, of = np.unique(places, axis=0, return_inverse=True)
    order = np.argsort(of, kind="stable")
    for same in np.split(order, np.flatnonzero(np.diff(of[order])) + 1):
        asked = places[same[0]] >= 0
        answered = shares[same].sum(axis=0)[asked].min(initial=same.size)
        counted[same[: int(answered + EXACT)]] = True
    return counted
