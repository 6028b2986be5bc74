"""Who may plan rounds, see how they are planned, and read what came of them."""

from collections.abc import Collection

from styrfart.climate.models import Group, Round, RoundKind, RoundState
from styrfart.people import rules as people_rules
from styrfart.people.models import Team, TeamRole, Unit
from styrfart.people.standing import User, standing


def can_enter(user: User) -> bool:
    """The room: everyone who works here, to answer and to read what was said."""
    return people_rules.can_see_organisation(user)


def can_plan(user: User) -> bool:
    """Rounds: an HR developer, whoever leads a unit, whoever chairs a team."""
    here = standing(user)
    return (
        people_rules.is_hr_developer(user)
        or any(post.is_head for post in here.posts)
        or TeamRole.CHAIR in here.seats.values()
    )


def can_plan_for(user: User, unit: Unit) -> bool:
    """Rounds in the unit: an HR developer, and its head or one above."""
    return people_rules.is_hr_developer(user) or people_rules.leads(user, unit)


def can_plan_for_team(user: User, team: Team) -> bool:
    """Rounds in the team: an HR developer, and its chair."""
    return people_rules.is_hr_developer(user) or people_rules.is_chair(user, team)


def sees_every_round(user: User) -> bool:
    """HR developers, the highest management, and the system owner, who plans none."""
    return (
        people_rules.is_hr_developer(user)
        or people_rules.is_top_management(user)
        or people_rules.is_system_owner(user)
    )


def can_change_round(user: User, asked: Round) -> bool:
    """A pulse: whoever may plan for all that it is about."""
    units, teams = list(asked.units.all()), list(asked.teams.all())
    return (
        asked.kind != RoundKind.REVIEW
        and bool(units or teams)
        and all(can_plan_for(user, unit) for unit in units)
        and all(can_plan_for_team(user, team) for team in teams)
    )


def can_see_round(user: User, asked: Round) -> bool:
    """How a pulse is planned and how far it is: whoever may change it, and those who see every round."""
    return asked.kind != RoundKind.REVIEW and (sees_every_round(user) or can_change_round(user, asked))


def can_stop_round(user: User, asked: Round) -> bool:
    """Until it is shown: whoever may change it."""
    ended = {RoundState.RELEASED, RoundState.STOPPED}
    return asked.state not in ended and can_change_round(user, asked)


def can_hold_conversation(user: User, group: Group) -> bool:
    """About a group's report, and write what it chose: a head of the unit or above, the team's chair."""
    if group.team is not None:
        return people_rules.is_chair(user, group.team)
    return group.unit is not None and people_rules.leads(user, group.unit)


def can_tell_what_was_done(user: User, group: Group) -> bool:
    """About what a group said: whoever holds its conversation, and the round's owner."""
    return can_hold_conversation(user, group) or group.round.owner_id == standing(user).person_id


def can_read_report(
    user: User, group: Group, *, units_above: Collection[int | None], was_invited: bool
) -> bool:  # fmt: skip
    """Of a group, once it is released: who was invited in it or below it, heads of its unit or one above, the
    team's members, and those who see every round.

    `units_above`: the group's own unit and those above it as they were at launch.
    """
    here = standing(user)
    return (
        was_invited
        or sees_every_round(user)
        or any(post.is_head and post.unit_id in units_above for post in here.posts)
        or (group.unit is not None and people_rules.leads(user, group.unit))
        or (group.team is not None and people_rules.is_in_room(user, group.team))
    )


def can_set_span_limits(user: User) -> bool:
    """How many a manager may lead before it is said, in a unit and below: an HR developer."""
    return people_rules.is_hr_developer(user)


def can_check_release(user: User) -> bool:
    """Have what was shown worked out anew and attacked again: an HR developer and the system owner."""
    return people_rules.is_hr_developer(user) or people_rules.is_system_owner(user)
