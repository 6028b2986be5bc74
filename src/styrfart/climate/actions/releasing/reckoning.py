"""From answers to what the report says: rows by `kernel.release`, figures by `kernel.indices`.

`figures_of` knows no database and no round: a pulse, a follow-up and a 360 are reckoned alike.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

from styrfart.climate.actions.releasing.nesting import Nesting, Place, nest
from styrfart.climate.actions.releasing.sheets import Groups, Ints, Sheets, Steps
from styrfart.climate.instruments import Instrument
from styrfart.kernel.indices import Moments, Population, Scale, SubIndex, Usual, count, measure, usual
from styrfart.kernel.release import Admission, Certificate, Forest, Release, Rows, audit_items, release
from styrfart.kernel.release.items import at_rows, show_items

Bools = npt.NDArray[np.bool_]
Written = Sequence[tuple[int, int, str]]  # place of the group, question, text


class ReleaseIsUnsafe(Exception):
    """A certificate does not hold: nothing is shown. It has never happened, and must never pass unseen."""


class RowsAreOthers(Exception):
    """Answers that are kept by row do not give those rows: they have been changed."""


@dataclass
class Line:
    """A row as it will be stored; comparisons are added when they are known."""

    place: Place
    invited: int
    answered: int
    figures: dict[str, dict[str, int]] = field(default_factory=dict)
    items: dict[str, list[int]] = field(default_factory=dict)
    texts: list[list[str]] = field(default_factory=list)
    changes: dict[str, dict[str, Any]] = field(default_factory=dict)
    beside: dict[str, dict[str, Any]] = field(default_factory=dict)
    number: int = 0  # of the row in the kernel


@dataclass(frozen=True, eq=False)
class Reckoned:
    """What is shown (`lines`), and what the comparisons need: never to be stored or shown itself."""

    lines: list[Line]
    nesting: Nesting
    moments: tuple[Moments, ...]  # by part, of each line
    held: tuple[Usual, ...]  # by part, what spread is usual in the round
    invited: Ints  # [line]
    released: Release
    certificate: dict[str, Any]
    systems: tuple["System", ...]


@dataclass(frozen=True, eq=False)
class System:
    """Numbers that were published of the same people, for the attacker: which lines show it, and how many
    people of each group are in it."""

    what: str  # "people", or the key of a question
    k: int
    shown: Bools  # [line]
    people: Ints  # [group]


def figures_of(
    asked: Sequence[Instrument],
    groups: Groups,
    sheets: Sheets,
    *,
    least: int,
    least_text: int,
    written: Written = (),
    questions: int = 0,
    seed: str = "",
    order: Ints | None = None,
    beside: Callable[[Rows], Admission] | None = None,
) -> Reckoned:
    """All that may be shown of the answers: rows, indices with intervals, distributions and texts.

    `least`: answers behind an index; `least_text`: behind a distribution and a text. `written`: texts of
    `questions` questions, of as many people (nobody writes twice to one). `seed` shuffles the texts. Siblings
    too few to stand alone are joined. `order`: of an audit, in which each group is a row already, which of
    them stands in which place. `beside`: which rows are given up for what has been shown of other rounds.
    Raises `ReleaseIsUnsafe` when a certificate does not hold, `RowsAreOthers`.
    """
    released = release(
        sheets.steps,
        sheets.unit,
        Forest(np.array(groups.parent, dtype=np.int64)),
        scale=max(2, *(len(part.steps) for part in asked)),
        k=least,
        k_detail=max(least, least_text),
        parts=[columns for _key, columns in _indices(asked)],
        beside=beside,
    )
    if order is None:
        order, places = _in_order(released, groups)
    elif np.array_equal(released.rows.unit, np.arange(order.size)):
        places = [Place(group) for group in order.tolist()]
    else:
        raise RowsAreOthers
    nesting = nest(places, groups.parent)
    writers, shown, proof = _texts(released, groups, written, questions, max(least, least_text))
    if not released.holds or not all(each.holds for each in proof):
        raise ReleaseIsUnsafe
    invited = invited_in(groups, sheets.unit, nesting)
    each = [
        moments_of(part, sheets.of_part(asked, number), sheets.unit, nesting)
        for number, part in enumerate(asked)
    ]
    moments, held = tuple(one for one, _ in each), tuple(other for _, other in each)
    lines = [
        Line(place, int(invited[at]), int(released.rows.people[order[at]]), number=int(order[at]))
        for at, place in enumerate(places)
    ]
    _add_figures(lines, asked, released, order, moments, held, invited)
    _add_items(lines, asked, released, order)
    _add_texts(lines, nesting, written, shown[order], seed)
    return Reckoned(
        lines,
        nesting,
        moments,
        held,
        invited,
        released,
        _certificate(released, proof),
        _systems(asked, groups, sheets, released, order, writers, shown),
    )


def scale_of(part: Instrument) -> Scale:
    """The instrument as the kernel knows scales."""
    return Scale(
        items=tuple(item.key for item in part.items),
        sub_indices=tuple(SubIndex(each.key, each.items) for each in part.sub_indices),
        lowest=1,
        highest=len(part.steps),
        reversed_items=frozenset(item.key for item in part.items if item.is_reversed),
        higher_is_better=part.higher_is_better,
    )


def headlines_of(part: Instrument) -> tuple[str, ...]:
    """The measures that verdicts are given on: areas and the total, or else the questions themselves."""
    whole = ("total",) if part.total else ()
    return (*(each.key for each in part.sub_indices), *whole) or tuple(item.key for item in part.items)


def moments_of(part: Instrument, steps: Steps, unit: Ints, nesting: Nesting) -> tuple[Moments, Usual]:
    """The moments of each row of a nesting, and what spread is usual among those who are in the same one."""
    given = np.where(steps == 0, -1, steps.astype(np.int16)).astype(np.int8)
    home = nesting.home[unit] if unit.size else unit
    own = count(given, home, scale=scale_of(part), number=len(nesting.places))
    rows = Forest(nesting.above)
    rolled = (rows.rolled(each) for each in (own.people, own.pairs, own.sums, own.products))
    return Moments(*rolled), usual(scale_of(part), own)


def at(moments: Moments, rows: Ints) -> Moments:
    """The moments of these rows, in this order."""
    return Moments(
        moments.people[rows], moments.pairs[rows], moments.sums[rows], moments.products[rows]
    )  # fmt: skip


def invited_in(groups: Groups, unit: Ints, nesting: Nesting) -> Ints:
    """[row]: how many were invited; never fewer than answered, row by row."""
    size, inside, home = len(nesting.places), nesting.home >= 0, nesting.home[unit]
    invited = np.array(groups.invited, dtype=np.int64)[inside]
    own = np.bincount(nesting.home[inside], weights=invited, minlength=size).astype(np.int64)
    base = np.maximum(own, np.bincount(home[home >= 0], minlength=size))
    found: Ints = Forest(nesting.above).rolled(base)
    return found


def _indices(asked: Sequence[Instrument]) -> list[tuple[str, list[int]]]:
    """Each index of several questions, "hme.total", with their columns."""
    found, first = [], 0
    for part in asked:
        column = {item.key: first + number for number, item in enumerate(part.items)}
        found += [
            (f"{part.key}.{each.key}", [column[item] for item in each.items]) for each in part.sub_indices
        ]
        found.append((f"{part.key}.total", list(column.values())))
        first += len(part.items)
    return found


def _in_order(released: Release, groups: Groups) -> tuple[Ints, list[Place]]:
    """The kernel's rows in the order of the organisation: a joint row after the last of its members.

    Teams have no joint row: one may sit in several, so answers of two teams are not as many people.
    """
    rows = released.rows
    found: list[tuple[tuple[int, int], int, Place]] = []
    for number, unit in enumerate(rows.unit.tolist()):
        if unit >= 0:
            found.append(((unit, 0), number, Place(unit)))
        else:
            cluster = rows.clusters[number - rows.size + len(rows.clusters)]
            if any(groups.team[member] is not None for member in cluster.members):
                continue
            over = None if cluster.parent < 0 else cluster.parent
            place = Place(None, cluster.members, over, cluster.has_own)
            found.append(((max(cluster.members), 1), number, place))
    found.sort(key=lambda each: each[0])
    return np.array([number for _, number, _ in found], dtype=np.int64), [place for *_, place in found]


def _add_figures(
    lines: list[Line],
    asked: Sequence[Instrument],
    released: Release,
    order: Ints,
    moments: Sequence[Moments],
    held: Sequence[Usual],
    invited: Ints,
) -> None:
    indices = {key: number for number, (key, _columns) in enumerate(_indices(asked))}
    first = 0
    for part, of_part, held_to in zip(asked, moments, held, strict=True):
        found = measure(
            of_part,
            scale=scale_of(part),
            invited=invited,
            population=Population.INVITED,
            held_to=held_to,
        )
        column = {item.key: first + number for number, item in enumerate(part.items)}
        first += len(part.items)
        for name in part.measures:
            key, number = f"{part.key}.{name}", found.measures.index(name)
            may = (
                released.shown[order, column[name]]
                if name in column
                else released.indices[order, indices[key]]
            )
            # Whole points; the interval outwards, so that it never says more than it may.
            whole = np.floor(np.round(found.index[:, number], 6) + 0.5)
            low = np.floor(np.round(found.low[:, number], 6)).clip(0)
            high = np.ceil(np.round(found.high[:, number], 6)).clip(None, 100)
            answers = found.answers[:, number]
            for row in np.flatnonzero(may).tolist():
                lines[row].figures[key] = {
                    "index": int(whole[row]),
                    "low": int(low[row]),
                    "high": int(high[row]),
                    "answers": int(answers[row]),
                }


def _add_items(lines: list[Line], asked: Sequence[Instrument], released: Release, order: Ints) -> None:
    column = 0
    for part in asked:
        for item in part.items:
            counts = released.counts[order, column, : len(part.steps)]
            for row in np.flatnonzero(released.detailed[order, column]).tolist():
                lines[row].items[f"{part.key}.{item.key}"] = counts[row].tolist()
            column += 1


def _texts(
    released: Release, groups: Groups, written: Written, questions: int, k: int
) -> tuple[Ints, Bools, list[Certificate]]:
    """Writers [group, question], where the texts of each are shown [kernel's row, question], and the proof.

    Texts are a population of their own: nothing joins them to the answers of who wrote them. Of each question
    the texts of a row, less those of the rows in it that are shown, are texts of at least k people, or none.
    """
    writers = np.zeros((len(groups.pk), questions), dtype=np.int64)
    for group, question, _text in written:
        writers[group, question] += 1
    base = at_rows(released.rows, writers)[:, :, None]
    shown = show_items(released.rows, base, k=k).shown
    total = released.rows.forest.rolled(base)
    proof = [
        audit_items(released.rows, shown[:, [each]], total[:, [each]], k=k)[0] for each in range(questions)
    ]
    return writers, shown, proof


def _add_texts(lines: list[Line], nesting: Nesting, written: Written, shown: Bools, seed: str) -> None:
    questions = shown.shape[1]
    held: list[list[list[str]]] = [[[] for _ in lines] for _ in range(questions)]
    for group, question, text in written:
        row = int(nesting.home[group])
        while row >= 0:
            if shown[row, question]:
                held[question][row].append(text)
            row = int(nesting.above[row])
    for number, line in enumerate(lines):
        for question in range(questions):
            texts = sorted(held[question][number])  # by their own words: which group each is from is gone
            Random(f"{seed}/{number}/{question}").shuffle(texts)  # noqa: S311  # an order, no secret
            line.texts.append(texts)


def _certificate(released: Release, texts: Sequence[Certificate]) -> dict[str, Any]:
    return {
        "people": _plain(released.people),
        "items": _plain(released.items),
        "details": _plain(released.details),
        "texts": [_plain(each) for each in texts],
        "unanimous": released.unanimous,
        "together": _plain(released.joint) if released.joint else None,
    }


def _plain(proof: Certificate) -> dict[str, Any]:
    return {
        "method": proof.method.value,
        "k": proof.k,
        "smallest": proof.smallest,
        "groups": proof.groups,
        "leaks": proof.leaks,
    }


def _systems(
    asked: Sequence[Instrument],
    groups: Groups,
    sheets: Sheets,
    released: Release,
    order: Ints,
    writers: Ints,
    texts: Bools,
) -> tuple[System, ...]:
    """Everything that was published, system by system: who answered, each question, each text question."""
    size = len(groups.pk)
    k, detail = released.people.k, released.details.k
    some = (sheets.steps > 0).any(axis=1)
    every = np.ones(order.size, dtype=bool)
    found = [System("people", k, every, np.bincount(sheets.unit[some], minlength=size))]
    names = [f"{part.key}.{item.key}" for part in asked for item in part.items]
    for column, name in enumerate(names):
        people = np.bincount(sheets.unit[sheets.steps[:, column] > 0], minlength=size)
        found.append(System(name, k, released.shown[order, column], people))
        found.append(System(f"{name} #", detail, released.detailed[order, column], people))
    written = [
        System(f"text {question + 1}", detail, texts[order, question], writers[:, question])
        for question in range(writers.shape[1])
    ]
    return (*found, *written)
