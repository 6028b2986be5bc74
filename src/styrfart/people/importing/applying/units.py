"""Units come, move and go; what they were stays in their periods."""

import datetime as dt

from styrfart.people.importing.applying.rows import batches, write
from styrfart.people.importing.planning import Plan
from styrfart.people.importing.register import UnitWish
from styrfart.people.importing.snapshot import Snapshot
from styrfart.people.models import Unit, UnitPeriod
from styrfart.people.models.name_key import fold


def write_units(plan: Plan, snapshot: Snapshot) -> dict[str, int]:
    """Write units, their places in the tree and their periods; gives the pk for every code."""
    made = Unit.objects.bulk_create(
        Unit(code=wish.code, name=wish.name, kind=wish.kind, path="/", valid_from=plan.day)
        for wish in plan.new_units
    )
    pks = {now.code: now.pk for now in snapshot.units.values()}
    pks |= {unit.code: unit.pk for unit in made}
    write(
        Unit,
        ["name", "name_key", "kind", "valid_to"],
        ((wish.name, fold(wish.name), wish.kind, None, now.pk) for now, wish in plan.changed_units),
    )
    _end(plan)
    moved = [*plan.new_units, *(wish for _now, wish in plan.changed_units)]
    write(Unit, ["parent"], ((pks.get(wish.parent), pks[wish.code]) for wish in moved))
    _place(snapshot, moved, pks)
    _note_periods(plan, pks)
    return pks


def _place(snapshot: Snapshot, moved: list[UnitWish], pks: dict[str, int]) -> None:
    """Write the path of every unit that lies elsewhere than before: the moved, and all below them."""
    parents = {code: now.parent for code, now in snapshot.units.items()}
    parents |= {wish.code: wish.parent for wish in moved}
    paths: dict[str, str] = {"": "/"}

    def path_of(code: str) -> str:
        branch = []
        while code not in paths:
            branch.append(code)
            code = parents[code]
        path = paths[code]
        for each in reversed(branch):
            path = paths[each] = f"{path}{pks[each]}/"
        return path

    before = {code: now.path for code, now in snapshot.units.items()}
    write(
        Unit, ["path"], [(path_of(code), pks[code]) for code in parents if path_of(code) != before.get(code)]
    )


def _end(plan: Plan) -> None:
    last = plan.day - dt.timedelta(days=1)
    for gone in batches(now.pk for now in plan.ended_units):
        # A unit that began the same day keeps the day before, since others may refer to it.
        Unit.objects.filter(pk__in=gone, valid_from__gt=last).update(valid_from=last)
        Unit.objects.filter(pk__in=gone).update(valid_to=last)
        _close_periods(gone, plan.day)


def _close_periods(pks: list[int], day: dt.date) -> None:
    """End what the units are called now; a period that began this very day never was."""
    periods = UnitPeriod.objects.filter(unit__in=pks, valid_to=None)
    periods.filter(valid_from__gte=day).delete()
    periods.update(valid_to=day - dt.timedelta(days=1))


def _note_periods(plan: Plan, pks: dict[str, int]) -> None:
    for changed in batches(now.pk for now, _wish in plan.changed_units):
        _close_periods(changed, plan.day)
    wishes = [*plan.new_units, *(wish for _now, wish in plan.changed_units)]
    UnitPeriod.objects.bulk_create(
        UnitPeriod(
            unit_id=pks[wish.code],
            name=wish.name,
            kind=wish.kind,
            parent_id=pks.get(wish.parent),
            valid_from=plan.day,
        )
        for wish in wishes
    )
