"""Rounds that have been answered, counted and released, for the tests of reports."""

import datetime as dt
from collections.abc import Mapping
from random import Random
from typing import Any

from django.utils import timezone

from styrfart.climate.actions.releasing import release_round
from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import Comment, Group, Round, RoundState
from styrfart.people.models import Unit
from tests import make

TOP = "Kontoret"


def units(names: tuple[str, ...], *, top: str = TOP) -> dict[str, Unit]:
    """An office and its units, those that are there already as they are."""
    found = {unit.name: unit for unit in Unit.objects.filter(name__in=[top, *names])}
    if top not in found:
        found[top] = make.unit(top)
    for name in names:
        if name not in found:
            found[name] = make.unit(name, parent=found[top])
    return found


def answers_of(number: int, seed: str, *, level: float = 0.7, questions: int = 9) -> dict[str, int]:
    """Answers of so many people, by chance around a level of the scale; the same each time."""
    chance = Random(seed)  # noqa: S311  # invented answers
    found: dict[str, int] = {}
    for _ in range(number):
        own = chance.gauss(level, 0.15)
        signs = "".join(str(min(5, max(1, round(1 + 4 * chance.gauss(own, 0.2))))) for _ in range(questions))
        found[signs] = found.get(signs, 0) + 1
    return found


def counted_round(
    sizes: Mapping[str, int],
    *,
    answers: Mapping[str, Mapping[str, int]] | None = None,
    silent: int = 0,
    level: float = 0.7,
    closes_on: dt.date | None = None,
    texts: Mapping[str, list[str]] | None = None,
    **fields: Any,
) -> Round:
    """A closed and counted pulse of an office: so many answers in each unit, and as many silent in each."""
    closes = closes_on or timezone.localdate() - dt.timedelta(days=3)
    of = make.climate_round(
        state=RoundState.CLOSED,
        opens_on=closes - dt.timedelta(days=10),
        closes_on=closes,
        report_on=closes + dt.timedelta(days=3),
        counted_at=timezone.now(),
        **fields,
    )
    given = answers or {}
    found = units(tuple(sizes))
    top = make.climate_group(of, found[TOP], invited_below=sum(sizes.values()) + silent * len(sizes))
    for name, size in sizes.items():
        at = make.climate_group(
            of, found[name], parent=top, invited=size + silent, invited_below=size + silent
        )
        make.counted(at, given.get(name) or answers_of(size, f"{of.pk} {name}", level=level))
        Comment.objects.bulk_create(
            Comment(round=of, group=at, question=0, text=text) for text in sorted((texts or {}).get(name, []))
        )
    return of


def released(sizes: Mapping[str, int], **fields: Any) -> Round:
    """The same, released."""
    of = counted_round(sizes, **fields)
    release_round(round_id=of.pk)
    of.refresh_from_db()
    return of


def group(of: Round, name: str) -> Group:
    """The group of a round by its name."""
    return of.groups.get(name=name)


__all__ = ["TOP", "answers_of", "counted_round", "group", "plain", "released", "shipped", "units"]
