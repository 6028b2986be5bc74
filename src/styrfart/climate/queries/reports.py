"""Reports: `report_for` fetches and authorises; page, table, files and picture are told from what it gives.

    report_for(user, round_pk=12, unit="utv") -> Report      # Http404 to outsiders, and before the release
    report_for(user, round_pk=12, team="kontorets-lg") -> Report
    trends_of(report) -> tuple[Trend, ...]                   # one for each headline

The values are in `queries/released.py`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import get_language, gettext

from styrfart.climate import rules
from styrfart.climate.instruments import Instrument
from styrfart.climate.models import Group, Release, Round, RoundKind, Row
from styrfart.climate.queries.lineage import Step, invited_at_or_below, lineage
from styrfart.climate.queries.released import (
    Change,
    Column,
    ColumnKind,
    Direction,
    Distribution,
    Earlier,
    Figure,
    Measure,
    Part,
    Place,
    Report,
    Said,
    Strength,
    Verdict,
    Why,
)
from styrfart.people.models import Person
from styrfart.people.standing import User

MOST_TEXTS = 100  # of each question on a page; all of them in the JSON file


@dataclass(frozen=True)
class _Stored:
    """A row without what only its own report shows."""

    pk: int
    group: int | None
    parent: int | None
    has_own: bool
    invited: int
    answered: int
    figures: Mapping[str, Mapping[str, int]]
    beside: Mapping[str, Mapping[str, Any]]


_LIGHT = ("pk", "group", "parent", "has_own", "invited", "answered", "figures", "beside")


def report_for(
    user: User, *, round_pk: int, unit: str = "", team: str = "", most_texts: int | None = MOST_TEXTS
) -> Report:
    """What the report of a group says, for whoever may read it. Raises `Http404` otherwise.

    `most_texts`: so many of each question's texts, all of them when None.
    """
    group, way = _found(user, round_pk, unit, team)
    return report(group, way, most_texts=most_texts)


def _found(user: User, round_pk: int, unit: str, team: str) -> tuple[Group, tuple[Step, ...]]:
    of = Q(unit__code=unit) if unit else Q(team__slug=team)
    group = (
        Group.objects.filter(of, round_id=round_pk, round__release__isnull=False)
        .exclude(round__kind=RoundKind.REVIEW)
        .select_related("round__release", "unit", "team")
        .first()
    )
    if group is None or not (unit or team) or not isinstance(user, Person):
        raise Http404
    way = lineage(group.pk)
    was_invited = group.pk in invited_at_or_below(round_pk, user.pk)
    if not rules.can_read_report(
        user, group, units_above={step.unit_id for step in way}, was_invited=was_invited
    ):
        raise Http404
    return group, way


def report(group: Group, way: Sequence[Step], *, most_texts: int | None = MOST_TEXTS) -> Report:
    """What the report of a group says; whoever calls has asked whether it may be read."""
    asked, release = group.round, group.round.release
    language = (get_language() or "sv")[:2]
    parts = parts_of(asked.asked, language)
    below = list(
        Group.objects.filter(parent=group)
        .order_by("position")
        .values_list("pk", "name", "unit__code", "team__slug")
    )
    around = dict(
        Row.members.through._default_manager.filter(group__in=[step.pk for step in way]).values_list(
            "group_id", "row_id"
        )
    )
    rows = _rows(release, group, way, [pk for pk, *_ in below], list(around.values()))
    names = _names([row.pk for row in rows if row.group is None])
    own = next((row for row in rows if row.group == group.pk), None)
    earlier = _earlier(group)
    details = _details(own.pk if own else None)
    measures = {measure.key: measure for part in parts for measure in part.measures}
    here = way[-1]
    return Report(
        round_pk=asked.pk,
        group_pk=group.pk,
        title=asked.title,
        kind=RoundKind(asked.kind),
        why=asked.why,
        opens_on=asked.opens_on,
        closes_on=asked.closes_on,
        released_on=timezone.localdate(release.made_at),
        least=release.least,
        least_text=release.least_text,
        path=tuple(Place(step.name, step.unit, step.team) for step in way),
        parts=parts,
        whole=_column(ColumnKind.WHOLE, here.name, here.unit, here.team, own),
        around=None if own else _around(way, rows, around, names, group),
        columns=_columns(below, rows, group, names),
        changes=_changes(details.changes, {each.pk: each for each in earlier}),
        distributions=_distributions(asked.asked, measures, details.items, language),
        texts=_texts(asked, details.texts, language, most_texts),
        earlier=earlier,
    )


def parts_of(asked: Sequence[Instrument], language: str) -> tuple[Part, ...]:
    """The instruments as they were asked, in the reader's language."""
    return tuple(
        Part(
            key=part.key,
            name=part.name,
            title=part.title.to(language),
            source=part.source,
            licence=part.licence.value,
            is_validated=part.is_validated,
            validation=part.validation.to(language),
            measures=tuple(
                Measure(
                    key=f"{part.key}.{key}",
                    name=words.to(language),
                    instrument=part.name,
                    is_total=key == "total",
                    is_item=any(item.key == key for item in part.items),
                    higher_is_better=part.higher_is_better,
                    kolada=part.kolada.get(key, ""),
                )
                for key, words in part.measures.items()
            ),
        )
        for part in asked
    )


def _rows(
    release: Release, group: Group, way: Sequence[Step], below: Sequence[int], joint: Sequence[int]
) -> list[_Stored]:
    """The rows of the group, of those above and below it, and the joint ones among them: one query."""
    found = Row.objects.filter(
        Q(group__in=[*(step.pk for step in way), *below]) | Q(parent=group) | Q(pk__in=joint), release=release
    )
    return [_Stored(*row) for row in found.order_by("position").values_list(*_LIGHT)]


def _names(joint: Sequence[int]) -> dict[int, list[tuple[int, str]]]:
    """The groups of each joint row, by key and name, in the order of the organisation: one query."""
    through = Row.members.through._default_manager.filter(row__in=joint).order_by("group__position")
    found: dict[int, list[tuple[int, str]]] = {pk: [] for pk in joint}
    for row, group, name in through.values_list("row_id", "group_id", "group__name"):
        found[row].append((group, name))
    return found


@dataclass(frozen=True)
class _Details:
    items: Mapping[str, Sequence[int]]
    changes: Mapping[str, Mapping[str, Any]]
    texts: Sequence[Sequence[str]]


def _details(pk: int | None) -> _Details:
    found = Row.objects.filter(pk=pk).values_list("items", "changes", "texts").first() if pk else None
    return _Details(*found) if found else _Details({}, {}, [])


def _earlier(group: Group) -> tuple[Earlier, ...]:
    """Released rounds before this one in which the same unit or team had a group, the latest first."""
    same = Q(groups__unit=group.unit_id) if group.unit_id else Q(groups__team=group.team_id)
    found = (
        Round.objects.filter(same, release__isnull=False, closes_on__lt=group.round.opens_on)
        .exclude(kind=RoundKind.REVIEW)
        .order_by("-closes_on", "-pk")
    )
    return tuple(Earlier(*row) for row in found.values_list("pk", "title", "opens_on", "closes_on"))


def _column(kind: ColumnKind, name: str, unit: str, team: str, row: _Stored | None) -> Column:
    if row is None:
        return Column(kind, name, (name,), unit=unit, team=team)
    return Column(
        kind,
        name,
        (name,),
        unit=unit,
        team=team,
        invited=row.invited,
        answered=row.answered,
        figures={key: Figure(**said) for key, said in row.figures.items()},
        beside={key: verdict_of(said) for key, said in row.beside.items()},
    )


def _joint(kind: ColumnKind, row: _Stored, members: Sequence[tuple[int, str]], own: str) -> Column:
    """Several groups as one; `own`: the name of the group above, when its own people are among them."""
    names = tuple(name for _, name in members) + ((own,) if row.has_own else ())
    return Column(
        kind,
        get_text_list(list(names), gettext("och")),
        names,
        has_own=row.has_own,
        invited=row.invited,
        answered=row.answered,
        figures={key: Figure(**said) for key, said in row.figures.items()},
        beside={key: verdict_of(said) for key, said in row.beside.items()},
    )


def _columns(
    below: Sequence[tuple[int, str, str | None, str | None]],
    rows: Sequence[_Stored],
    group: Group,
    names: Mapping[int, Sequence[tuple[int, str]]],
) -> tuple[Column, ...]:
    """The groups below in their order; a joint column after the last of its groups."""
    shown = {row.group: row for row in rows if row.group is not None}
    joint = {names[row.pk][-1][0]: row for row in rows if row.group is None and row.parent == group.pk}
    found: list[Column] = []
    for pk, name, unit, team in below:
        found.append(_column(ColumnKind.PART, name, unit or "", team or "", shown.get(pk)))
        if pk in joint:
            row = joint[pk]
            found.append(_joint(ColumnKind.JOINT, row, names[row.pk], group.name))
    return tuple(found)


def _around(
    way: Sequence[Step],
    rows: Sequence[_Stored],
    joint: Mapping[int, int],
    names: Mapping[int, Sequence[tuple[int, str]]],
    group: Group,
) -> Column | None:
    """What stands nearest around a group that is not shown; None when nothing does."""
    by_pk = {row.pk: row for row in rows}
    by_group = {row.group: row for row in rows if row.group is not None}
    for place in range(len(way) - 1, -1, -1):
        step = way[place]
        if step.pk in joint:
            row = by_pk[joint[step.pk]]
            above = way[place - 1].name if place else group.name
            return _joint(ColumnKind.AROUND, row, names[row.pk], above)
        if step.pk in by_group:
            return _column(ColumnKind.AROUND, step.name, step.unit, step.team, by_group[step.pk])
    return None


def verdict_of(said: Mapping[str, Any]) -> Verdict:
    """A verdict as it is stored."""
    return Verdict(
        Strength(said["strength"]),
        Direction(said["direction"]),
        said["is_better"],
        Why(said["why"]) if said["why"] else None,
    )


def _changes(said: Mapping[str, Mapping[str, Any]], earlier: Mapping[int, Earlier]) -> dict[str, Change]:
    """Changes since rounds that are still there."""
    return {
        key: Change(earlier[each["since"]], each["before"], verdict_of(each))
        for key, each in said.items()
        if each["since"] in earlier
    }


def _distributions(
    asked: Sequence[Instrument],
    measures: Mapping[str, Measure],
    items: Mapping[str, Sequence[int]],
    language: str,
) -> tuple[Distribution, ...]:
    return tuple(
        Distribution(
            measures[f"{part.key}.{item.key}"],
            tuple(step.to(language) for step in part.steps),
            tuple(items[f"{part.key}.{item.key}"]),
        )
        for part in asked
        for item in part.items
        if f"{part.key}.{item.key}" in items
    )


def _texts(
    asked: Round, texts: Sequence[Sequence[str]], language: str, most: int | None
) -> tuple[Said, ...]:  # fmt: skip
    """What was written, question by question; questions without a text that is shown are left out."""
    return tuple(
        Said(question.get(language) or next(iter(question.values()), ""), tuple(said[:most]), len(said))
        for question, said in zip(asked.text_questions, texts, strict=False)
        if said
    )
