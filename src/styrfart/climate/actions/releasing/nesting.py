"""How the rows of a report lie in each other, told from what is stored of them: so for every round alike."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from styrfart.climate.actions.releasing.sheets import Groups, Ints
from styrfart.climate.models import Release
from styrfart.kernel.release import Forest


@dataclass(frozen=True)
class Place:
    """Where a row stands: one group by its place, or several siblings; `parent` is the group above those."""

    group: int | None
    members: tuple[int, ...] = ()
    parent: int | None = None
    has_own: bool = False


@dataclass(frozen=True, eq=False)
class Nesting:
    """`home` [group]: the smallest row that the group's own people are in, -1 for none. `above` [row]: the
    smallest row around it, -1 for none."""

    places: tuple[Place, ...]
    home: Ints
    above: Ints


def nest(places: Sequence[Place], parent: Sequence[int]) -> Nesting:
    """The nesting of rows over groups, in whatever order those stand."""
    own = {place.group: number for number, place in enumerate(places) if place.group is not None}
    joint = {member: number for number, place in enumerate(places) for member in place.members}
    within = np.full(len(parent), -1, dtype=np.int64)
    above = np.full(len(places), -1, dtype=np.int64)
    for group in Forest(np.array(parent, dtype=np.int64)).order.tolist():
        over = parent[group]
        around = within[over] if over >= 0 else -1
        if group in own:
            above[own[group]] = around
        within[group] = own.get(group, joint.get(group, around))
    home = within.copy()
    for number, place in enumerate(places):
        if place.group is None and place.parent is not None:
            above[number] = within[place.parent]
            if place.has_own:
                home[place.parent] = number
    return Nesting(tuple(places), home, above)


def places_of(release: Release, groups: Groups) -> list[Place]:
    """Where the stored rows of a release stand, in their order."""
    place = groups.place
    members: dict[int, list[int]] = {}
    through = release.rows.model.members.through._default_manager
    for row, group in through.filter(row__release=release).values_list("row_id", "group_id"):
        members.setdefault(row, []).append(place[group])
    stored: Any = release.rows.order_by("position").values_list("pk", "group", "parent", "has_own")
    return [
        Place(
            None if group is None else place[group],
            tuple(sorted(members.get(pk, []))) if group is None else (),
            None if group is not None or parent is None else place[parent],
            has_own,
        )
        for pk, group, parent, has_own in stored
    ]


def names_of(nesting: Nesting, groups: Groups) -> list[Hashable]:
    """What each row is the same by in another round: its unit, its team, or the units that are joined."""
    one = [
        ("unit", unit) if unit is not None else ("team", groups.team[at])
        for at, unit in enumerate(groups.unit)
    ]  # a pair a group
    return [
        one[place.group]
        if place.group is not None
        else (
            frozenset(one[member] for member in place.members),
            one[place.parent] if place.has_own and place.parent is not None else None,
        )
        for place in nesting.places
    ]
