"""Teams come, move and go; what they were stays in their periods."""

import datetime as dt

from styrfart.people.importing.applying.rows import batches, write
from styrfart.people.importing.planning import Plan
from styrfart.people.importing.snapshot import Snapshot
from styrfart.people.models import Team
from styrfart.people.team_periods import begin_periods, end_periods


def write_teams(plan: Plan, snapshot: Snapshot, units: dict[str, int]) -> dict[str, int]:
    """Write teams; gives the pk for every slug."""
    made = Team.objects.bulk_create(
        Team(slug=wish.slug, name=wish.name, level=wish.level, unit_id=units[wish.unit], valid_from=plan.day)
        for wish in plan.new_teams
    )
    write(
        Team,
        ["name", "level", "unit", "valid_to"],
        ((wish.name, wish.level, units[wish.unit], None, now.pk) for now, wish in plan.changed_teams),
    )
    last = plan.day - dt.timedelta(days=1)
    for gone in batches(now.pk for now in plan.ended_teams):
        # A team that began the same day keeps the day before, since others may refer to it.
        Team.objects.filter(pk__in=gone, valid_from__gt=last).update(valid_from=last)
        Team.objects.filter(pk__in=gone).update(valid_to=last)
        end_periods(gone, plan.day)
    for begun in batches([*(team.pk for team in made), *(now.pk for now, _wish in plan.changed_teams)]):
        begin_periods(begun, plan.day)
    pks = {now.slug: now.pk for now in snapshot.teams.values()}
    return pks | {team.slug: team.pk for team in made}
