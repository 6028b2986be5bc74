"""Verdicts: beside an earlier round, and beside the row around. What is compared over time is ADR 26's.

One report page is one family: the group's own changes, and what is said of the groups below it.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Exists, OuterRef, Q

from styrfart.climate.actions.releasing.membership import Past, not_compared, past_of
from styrfart.climate.actions.releasing.nesting import names_of
from styrfart.climate.actions.releasing.reckoning import (
    Line,
    Reckoned,
    at,
    headlines_of,
    invited_in,
    moments_of,
    scale_of,
)
from styrfart.climate.actions.releasing.sheets import Groups, Ints
from styrfart.climate.instruments import Instrument
from styrfart.climate.models import Answer, Group, Round, RoundKind
from styrfart.kernel.indices import Differences, Rule, Side, Verdict, between, judge, with_whole

Floats = npt.NDArray[np.float64]
LOOK_BACK = 6  # earlier rounds that are looked through for the latest in which a row can be compared


@dataclass(frozen=True, eq=False)
class Seen(Differences):
    """Differences of which everything slow has been worked out, for all pages at once."""

    seen: Floats  # [row, 1], as the others
    low: Floats
    high: Floats
    chance: Floats

    @property
    def difference(self) -> Floats:
        return self.seen

    def interval(self, level: float) -> tuple[Floats, Floats]:  # noqa: ARG002  # worked out at the rule's level
        return self.low, self.high

    def probability(self, margin: float = 0.0) -> Floats:  # noqa: ARG002  # so too
        return self.chance


@dataclass(frozen=True, eq=False)
class Claims:
    """Differences in one list: of which line, in which measure, and on which line's page they are told."""

    line: Ints
    key: tuple[str, ...]
    is_change: bool
    page: Ints
    higher_is_better: bool | None
    seen: Floats
    low: Floats
    high: Floats
    chance: Floats
    answers: tuple[Floats, Floats]
    response: tuple[Floats, Floats]


def compare(of: Round, groups: Groups, reckoned: Reckoned, *, before: Any) -> None:
    """Write `changes` and `beside` into the lines. `before`: only what was released before that moment."""
    rule = Rule(least_answers=max(Rule.least_answers, of.least))
    claims = list(_beside(of.asked, reckoned, rule))
    if of.kind == RoundKind.PULSE:
        claims += _changes(of, groups, reckoned, rule, before)
    _judge(reckoned.lines, claims, rule)


def _beside(asked: Sequence[Instrument], reckoned: Reckoned, rule: Rule) -> Iterator[Claims]:
    """Each row beside the one around it: what they have in common is taken out."""
    inner = np.flatnonzero(reckoned.nesting.above >= 0)
    around = reckoned.nesting.above[inner]
    if not inner.size:
        return
    for part, moments, held in zip(asked, reckoned.moments, reckoned.held, strict=True):
        found = with_whole(
            Side(at(moments, inner), reckoned.invited[inner]),
            Side(at(moments, around), reckoned.invited[around]),
            scale=scale_of(part),
            measures=headlines_of(part),
            held_to=held,
        )
        may = _both(part, reckoned.lines, inner, [reckoned.lines[row].figures for row in around.tolist()])
        yield from _claims(found, part, inner, around, may, rule, is_change=False)


def _changes(
    of: Round, groups: Groups, reckoned: Reckoned, rule: Rule, before: Any
) -> Iterator[Claims]:  # fmt: skip
    """Each row beside the latest earlier round in which it was shown and the same was asked."""
    names = names_of(reckoned.nesting, groups)
    left = {
        part.name: {(name, f"{part.key}.{each}") for name in names for each in headlines_of(part)}
        for part in of.asked
    }
    for earlier in _earlier(of, before):
        same = {part.name for part in earlier.asked if left.get(part.name)}
        if not same or not any(left.values()):
            continue
        past = past_of(earlier)
        there = {name: row for row, name in enumerate(past.name)}
        match = np.array([there.get(name, -1) for name in names], dtype=np.int64)
        if not (match >= 0).any():
            continue
        why_not = not_compared(of, groups, reckoned, past, match)
        for number, part in enumerate(of.asked):
            if part.name in same:
                yield from _since(reckoned, past, part, number, match, why_not, names, left[part.name], rule)


def _since(
    reckoned: Reckoned,
    past: Past,
    part: Instrument,
    number: int,
    match: Ints,
    why_not: list[str],
    names: list[Hashable],
    left: set[tuple[Hashable, str]],
    rule: Rule,
) -> Iterator[Claims]:
    """The differences of one part; what they are since is written into the lines at once."""
    lines = reckoned.lines
    rows = np.flatnonzero(match >= 0)
    then = match[rows]
    may = _both(part, lines, rows, [past.stored[row][1] for row in then.tolist()])
    for place, row in enumerate(rows.tolist()):
        for column, each in enumerate(headlines_of(part)):
            key = f"{part.key}.{each}"
            if not may[place, column] or (names[row], key) not in left:
                may[place, column] = False
                continue
            left.discard((names[row], key))
            said = {"since": past.asked.pk, "before": past.stored[match[row]][1][key]["index"]}
            if why_not[row]:
                may[place, column] = False
                said |= {"before": None, "strength": "too_early", "direction": "neither"}
                said |= {"is_better": None, "why": why_not[row]}
            lines[row].changes[key] = said
    if not may.any():
        return
    was = [each.name for each in past.asked.asked].index(part.name)
    earlier, _ = moments_of(part, past.sheets.of_part(past.asked.asked, was), past.sheets.unit, past.nesting)
    then_invited = invited_in(past.groups, past.sheets.unit, past.nesting)
    found = between(
        Side(at(reckoned.moments[number], rows), reckoned.invited[rows]),
        Side(at(earlier, then), then_invited[then]),
        scale=scale_of(part),
        measures=headlines_of(part),
        held_to=reckoned.held[number],
    )
    yield from _claims(found, part, rows, rows, may, rule, is_change=True)


def _claims(
    found: Differences,
    part: Instrument,
    line: Ints,
    page: Ints,
    may: npt.NDArray[np.bool_],
    rule: Rule,
    *,
    is_change: bool,
) -> Iterator[Claims]:
    """The differences that may be told, in one list."""
    row, column = np.nonzero(may)
    if not row.size:
        return
    low, high = found.interval(1 - rule.clear)
    keys = [f"{part.key}.{each}" for each in headlines_of(part)]
    yield Claims(
        line[row],
        tuple(keys[each] for each in column.tolist()),
        is_change,
        page[row],
        part.higher_is_better,
        found.difference[row, column],
        low[row, column],
        high[row, column],
        found.probability(rule.margin)[row, column],
        (found.answers[0][row, column], found.answers[1][row, column]),
        (found.response[0][row], found.response[1][row]),
    )


def _judge(lines: list[Line], claims: list[Claims], rule: Rule) -> None:
    """All that one page says is one family."""
    if not claims:
        return
    page = np.concatenate([each.page for each in claims])
    order = np.argsort(page, kind="stable")
    ends = np.flatnonzero(np.diff(page[order])) + 1
    owner = [(each, place) for each in claims for place in range(each.line.size)]

    def flat(name: str, side: int | None = None) -> Floats:
        held = [getattr(each, name) if side is None else getattr(each, name)[side] for each in claims]
        joined: Floats = np.concatenate(held)
        return joined

    seen, low, high, chance = flat("seen"), flat("low"), flat("high"), flat("chance")
    answers = flat("answers", 0), flat("answers", 1)
    response = flat("response", 0), flat("response", 1)
    for family in np.split(order, ends):
        verdicts = judge(
            _seen(family, seen, low, high, chance, answers, response),
            rule=rule,
        )
        for which, verdict in zip(family.tolist(), verdicts, strict=True):
            claim, place = owner[which]
            line, key = lines[int(claim.line[place])], claim.key[place]
            told = _plain(verdict, higher_is_better=claim.higher_is_better)
            if claim.is_change:
                line.changes[key] = line.changes[key] | told
            else:
                line.beside[key] = told


def _seen(
    family: Ints,
    seen: Floats,
    low: Floats,
    high: Floats,
    chance: Floats,
    answers: tuple[Floats, Floats],
    response: tuple[Floats, Floats],
) -> Seen:
    def column(values: Floats) -> Floats:
        return values[family][:, None]

    empty: Any = None  # what they were worked out from is not needed any more
    return Seen(
        measures=("any",),
        higher_is_better=True,
        first=empty,
        second=empty,
        scaled=np.ones((family.size, 1)),
        answers=(column(answers[0]), column(answers[1])),
        response=(response[0][family], response[1][family]),
        seen=column(seen),
        low=column(low),
        high=column(high),
        chance=column(chance),
    )


def _plain(verdict: Verdict, *, higher_is_better: bool | None) -> dict[str, Any]:
    better = verdict.is_better  # as if higher were better
    if better is not None:
        better = None if higher_is_better is None else better == higher_is_better
    return {
        "strength": verdict.strength.value,
        "direction": verdict.direction.value,
        "is_better": better,
        "why": verdict.why.value if verdict.why else None,
    }


def _both(
    part: Instrument, lines: list[Line], rows: Ints, other: list[dict[str, Any]]
) -> npt.NDArray[np.bool_]:  # fmt: skip
    """[row, headline]: shown in the row, and in what it is compared with."""
    keys = [f"{part.key}.{each}" for each in headlines_of(part)]
    may = [
        [key in lines[row].figures and key in beside for key in keys]
        for row, beside in zip(rows.tolist(), other, strict=True)
    ]
    return np.array(may, dtype=bool).reshape(rows.size, len(keys))


def _earlier(of: Round, before: Any) -> Iterator[Round]:
    """Pulses of any of the same units or teams that had closed before this one opened, the latest first.

    Not those whose answers have been disposed of: with them went who was invited, so that nobody knows any
    more how few have come or left since. Nor follow-ups: each asks about something else.
    """
    mine = Group.objects.filter(round=of).order_by()
    same = Group.objects.filter(Q(unit__in=mine.values("unit")) | Q(team__in=mine.values("team"))).order_by()
    found = (
        Round.objects.filter(
            Exists(Answer.objects.filter(group__round=OuterRef("pk"))),
            kind=RoundKind.PULSE,
            release__isnull=False,
            closes_on__lt=of.opens_on,
            release__made_at__lt=before,
            pk__in=same.values("round"),
        )
        .select_related("release")
        .order_by("-closes_on", "-pk")
    )
    yield from found[:LOOK_BACK]
