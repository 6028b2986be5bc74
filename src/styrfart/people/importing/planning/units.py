"""Units: new, renamed, moved, ended. Their heads are told here and written with the posts."""

from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.planning.names import Names
from styrfart.people.importing.planning.plan import ONE_DAY, Change, Closing, Difference, Plan, Tenure
from styrfart.people.importing.register import Register, UnitWish
from styrfart.people.importing.snapshot import Snapshot, UnitNow


def plan_units(
    plan: Plan, register: Register, snapshot: Snapshot, closing: Closing, *, is_whole: bool
) -> None:
    """Compare the units of the register with those there are."""
    if Sheet.UNITS not in register.sheets:
        return
    names, heads = Names(register, snapshot), snapshot.heads()
    for wish in register.units.values():
        now = snapshot.units.get(wish.code)
        if now and now.is_open:
            _refuse_if_ended(now, closing)
        before = heads.get(wish.code, []) if now and now.is_open else []
        after = sorted(register.heads.get(wish.code, ()))
        changes = _changes(now, wish, names)
        if before != after:
            told = [", ".join(names.person(key) for key in keys) for keys in (before, after)]
            changes.append(Change("head", *told))
        concerns = tuple(sorted({*before, *after})) if before != after else ()
        if now is None or not now.is_open:
            section = "new"
            plan.new_units.append(wish) if now is None else plan.changed_units.append((now, wish))
        elif not changes:
            continue
        else:
            section = "changed"
            if _differs(now, wish):
                plan.changed_units.append((now, wish))
                if now.since > plan.day:
                    closing.refuse(Tenure(now.pk, now.since, now.name))
        plan.differences.append(
            Difference(section, "unit", wish.code, wish.name, wish.code, tuple(changes), concerns)
        )
    if is_whole:
        _end_missing(plan, register, snapshot, heads, closing)


def _refuse_if_ended(now: UnitNow, closing: Closing) -> None:
    """A unit that ended on a later day cannot be told of as if it had not."""
    if now.ends is not None:
        closing.refuse(Tenure(now.pk, now.ends + ONE_DAY, now.name))


def _differs(now: UnitNow, wish: UnitWish) -> bool:
    return (now.name, now.kind, now.parent) != (wish.name, wish.kind, wish.parent)


def _changes(now: UnitNow | None, wish: UnitWish, names: Names) -> list[Change]:
    if now is None or not now.is_open:
        found = [Change("kind", "", wish.kind)]
        return [*found, Change("parent", "", names.unit_after(wish.parent))] if wish.parent else found
    found = []
    if now.name != wish.name:
        found.append(Change("name", now.name, wish.name))
    if now.kind != wish.kind:
        found.append(Change("kind", now.kind, wish.kind))
    if now.parent != wish.parent:
        found.append(Change("parent", names.unit_before(now.parent), names.unit_after(wish.parent)))
    return found


def _end_missing(
    plan: Plan, register: Register, snapshot: Snapshot, heads: dict[str, list[str]], closing: Closing
) -> None:
    for now in snapshot.units.values():
        if now.is_open and now.code not in register.units:
            plan.ended_units.append(now)
            _refuse_if_ended(now, closing)
            if now.since > plan.day:
                closing.refuse(Tenure(now.pk, now.since, now.name))
            concerns = tuple(heads.get(now.code, ()))
            plan.differences.append(Difference("ended", "unit", now.code, now.name, now.code, (), concerns))
