"""People: new, changed, back again, gone. Their posts are planned apart."""

from typing import Any

from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.planning.plan import Plan
from styrfart.people.importing.problems import Problem
from styrfart.people.importing.register import PersonWish, Register
from styrfart.people.importing.snapshot import PersonNow, Snapshot


def plan_people(plan: Plan, register: Register, snapshot: Snapshot, *, is_whole: bool) -> frozenset[str]:
    """Compare the people of the register with those there are; gives the keys of those who have left."""
    if Sheet.PEOPLE not in register.sheets:
        return frozenset()
    for wish in register.people.values():
        if wish.pk is None:
            plan.new_people.append(wish)
        elif changed := _changed(snapshot.people[wish.pk], wish):
            plan.changed_people.append((snapshot.people[wish.pk], changed))
    if not is_whole:
        return frozenset()
    for now in snapshot.people.values():
        if not now.is_active or f"p{now.pk}" in register.people:
            continue
        if snapshot.leaves_when_missing(now):
            plan.ended_people.append(now)
        elif now.pk in snapshot.owners and (now.number or now.pk in snapshot.posts):
            plan.problems.append(Problem("owner_stays", values={"name": now.name}))
    return frozenset(f"p{now.pk}" for now in plan.ended_people)


def _changed(now: PersonNow, wish: PersonWish) -> dict[str, Any]:
    """The fields that the register says otherwise; what it leaves empty stays."""
    wanted: dict[str, Any] = {
        "given_name": wish.given_name,
        "family_name": wish.family_name,
        "email": wish.email or now.email,
        "number": wish.number or now.number,
        "is_active": True,
    }
    return {name: value for name, value in wanted.items() if getattr(now, name) != value}
