"""Units, persons, posts, roles and teams."""

import datetime as dt
import itertools

from styrfart.people.models import (
    Person,
    Post,
    Role,
    RoleAssignment,
    Team,
    TeamLevel,
    TeamMember,
    TeamPeriod,
    TeamRole,
    Unit,
    UnitKind,
    UnitPeriod,
)

SINCE = dt.date(2024, 1, 1)
_number = itertools.count(1)


def unit(
    name: str = "Utvecklingskontoret", *, kind: UnitKind = UnitKind.ADMINISTRATION, parent: Unit | None = None
) -> Unit:
    """A unit, in the tree and in its history."""
    made = Unit.objects.create(
        code=f"E{next(_number)}", name=name, kind=kind, parent=parent, path="/", valid_from=SINCE
    )
    made.path = f"{parent.path if parent else '/'}{made.pk}/"
    made.save(update_fields=["path"])
    UnitPeriod.objects.create(unit=made, name=name, kind=kind, parent=parent, valid_from=SINCE)
    return made


def person(given: str = "Anna", family: str = "Ek", **fields: object) -> Person:
    """Somebody who can sign in."""
    number = next(_number)
    values: dict[str, object] = {
        "email": f"p{number}@demo.example",
        "given_name": given,
        "family_name": family,
    }
    values.update(fields)
    return Person.objects.create(**values)


def post(
    holder: Person | None = None,
    in_unit: Unit | None = None,
    *,
    title: str = "Enhetschef",
    is_head: bool = True,
) -> Post:
    """A post, by default as head of a unit."""
    return Post.objects.create(
        person=holder or person(), unit=in_unit or unit(), title=title, is_head=is_head, valid_from=SINCE
    )


def role(which: Role, holder: Person | None = None) -> Person:
    """Somebody who has the role."""
    holder = holder or person()
    RoleAssignment.objects.create(person=holder, role=which, valid_from=SINCE)
    return holder


def team(name: str = "Kontorets ledningsgrupp", *, of_unit: Unit | None = None) -> Team:
    """A management team without members, as it is and in its history."""
    number = next(_number)
    made = Team.objects.create(
        slug=f"lg-{number}", name=name, unit=of_unit or unit(), level=TeamLevel.OFFICE, valid_from=SINCE
    )
    TeamPeriod.objects.create(team=made, name=name, unit=made.unit, level=made.level, valid_from=SINCE)
    return made


def earlier_name(of_team: Team, name: str, *, first: dt.date, last: dt.date) -> TeamPeriod:
    """What the team was called before: what it is called now began the day after."""
    of_team.periods.filter(valid_to=None).update(valid_from=last + dt.timedelta(days=1))
    return TeamPeriod.objects.create(
        team=of_team, name=name, unit=of_team.unit, level=of_team.level, valid_from=first, valid_to=last
    )


def member(
    of_team: Team, *, role: TeamRole = TeamRole.MEMBER, person: Person | None = None, function: str = ""
) -> TeamMember:
    """A seat in the team."""
    if person is None:
        number = next(_number)
        person = Person.objects.create(
            email=f"p{number}@demo.example", given_name="Bo", family_name=f"Nummer{number}"
        )
    return TeamMember.objects.create(
        team=of_team, person=person, role=role, function=function, valid_from=SINCE
    )
