"""A plan into the database: everything or nothing, in the caller's transaction."""

from styrfart.people.importing.applying.log import log
from styrfart.people.importing.applying.people import write_people
from styrfart.people.importing.applying.rows import close
from styrfart.people.importing.applying.teams import write_teams
from styrfart.people.importing.applying.units import write_units
from styrfart.people.importing.planning import Plan
from styrfart.people.importing.snapshot import Snapshot
from styrfart.people.models import Person, Post, TeamMember

__all__ = ["apply"]


def apply(plan: Plan, snapshot: Snapshot, *, actor: Person | None) -> None:
    """Write what the plan says, and one audit row for each object; `snapshot` is what it was made against."""
    people = write_people(plan, snapshot)
    units = write_units(plan, snapshot)
    close(Post, plan.posts, plan.day)
    Post.objects.bulk_create(
        Post(
            person_id=people[post.person],
            unit_id=units[post.unit],
            title=post.title,
            is_head=post.is_head,
            valid_from=post.valid_from,
            valid_to=post.valid_to,
        )
        for post in plan.new_posts
    )
    teams = write_teams(plan, snapshot, units)
    close(TeamMember, plan.seats, plan.day)
    TeamMember.objects.bulk_create(
        TeamMember(
            team_id=teams[seat.team],
            person_id=people[seat.person],
            role=seat.role,
            function=seat.function,
            valid_from=seat.valid_from,
            valid_to=seat.valid_to,
        )
        for seat in plan.new_seats
    )
    log(plan, {"unit": units, "person": people, "team": teams}, actor=actor)
