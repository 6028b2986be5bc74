"""Those who decide, and the least that a decision needs."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from styrfart.decisions.models import Authority, Decision
from styrfart.people.models import Person, Team
from tests import make


@pytest.fixture
def head(team: Team, chair: Person) -> Person:
    """The chair, who leads the team's unit and so manages its work."""
    make.post(chair, team.unit, title="Kontorschef")
    return chair


def values(team: Team, decider: Person, **changes: Any) -> dict[str, Any]:
    """The least that a decision by management of work needs."""
    today = timezone.localdate()
    return {
        "team": team,
        "text": "Alla synpunkter får svar inom tio dagar.",
        "reasons": "Svaren dröjer i dag.",
        "decided_by": decider,
        "authority": Authority.MANAGEMENT,
        "owner": decider,
        "due_on": today + dt.timedelta(days=14),
        "effect_question": "Andel svar i tid",
        "effect_on": today + dt.timedelta(days=90),
        "actor": decider,
        **changes,
    }


def typed(owner: Person, **changes: Any) -> dict[str, Any]:
    """What is written in the decision form for the least decision."""
    return {
        "text": "Receptionen har jour mellan jul och nyår.",
        "owner": str(owner.pk),
        "due_in": "2v",
        "due_on": "",
        "effect_question": "Andel svar i tid",
        "right": "arbetsledning",
        "reasons": "Många hör av sig.",
        **changes,
    }


def aged(decision: Decision, *, minutes: int = 0, days: int = 0) -> Decision:
    """The decision as if it had been made so long ago; its number and its days ahead stay."""
    moment = timezone.now() - dt.timedelta(days=days, minutes=minutes)
    Decision.objects.filter(pk=decision.pk).update(decided_at=moment)
    decision.refresh_from_db()
    return decision


def shifted(decision: Decision, **days: int) -> Decision:
    """The decision with days so far from today: `shifted(decision, due_on=-6)`."""
    today = timezone.localdate()
    Decision.objects.filter(pk=decision.pk).update(
        **{name: today + dt.timedelta(days=count) for name, count in days.items()}
    )
    decision.refresh_from_db()
    return decision
