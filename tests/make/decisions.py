"""Decisions and actions."""

import datetime as dt

from django.utils import timezone

from styrfart.decisions.models import Action, Authority, Decision
from styrfart.people.models import Person, Team
from tests.make.people import person, team


def decision(
    of_team: Team | None = None,
    text: str = "Alla synpunkter får svar inom tio dagar.",
    *,
    by: Person | None = None,
    owner: Person | None = None,
    at: dt.datetime | None = None,
    due_on: dt.date | None = None,
) -> Decision:
    """A decision by management of work, made now."""
    of_team = of_team or team()
    by = by or person()
    at = at or timezone.now()
    year, week, _ = timezone.localtime(at).isocalendar()
    return Decision.objects.create(
        team=of_team,
        year=year,
        week=week,
        sequence=Decision.objects.filter(team=of_team, year=year, week=week).count() + 1,
        text=text,
        reasons="Svaren dröjer i dag.",
        decided_by=by,
        decided_as="Kontorschef",
        authority=Authority.MANAGEMENT,
        decided_at=at,
        recorded_by=by,
        owner=owner or by,
        due_on=due_on or timezone.localdate(at) + dt.timedelta(days=14),
        effect_question="Andel svar i tid",
        effect_on=(due_on or timezone.localdate(at)) + dt.timedelta(days=90),
    )


def action(
    of_team: Team | None = None,
    text: str = "Boka rum",
    *,
    owner: Person | None = None,
    due_on: dt.date | None = None,
) -> Action:
    """An action, due in a week."""
    owner = owner or person()
    return Action.objects.create(
        team=of_team or team(),
        text=text,
        owner=owner,
        due_on=due_on or timezone.localdate() + dt.timedelta(days=7),
        created_by=owner,
    )
