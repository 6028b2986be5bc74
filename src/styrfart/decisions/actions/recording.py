"""The decision as a record: registry number, secrecy, reporting to the committee."""

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from styrfart.decisions import rules
from styrfart.decisions.actions import refusals, telling
from styrfart.decisions.actions.following import locked
from styrfart.decisions.models import Decision
from styrfart.people.models import Person, Team
from styrfart.shared import audit


@transaction.atomic
def register_decision(
    *,
    decision: Decision,
    secrecy_ground: str,
    registry_number: str,
    actor: Person,
    revision: int | None = None,
) -> Decision:
    """The secretary sets the registry number and marks or unmarks secrecy. Both are seen in the audit log.

    Letters that told of what becomes secret say no more of it.
    """
    decision = locked(decision, revision)
    if not rules.can_register(actor, decision):
        raise PermissionDenied
    detail = {
        name: [getattr(decision, name), value.strip()]
        for name, value in (("secrecy_ground", secrecy_ground), ("registry_number", registry_number))
        if getattr(decision, name) != value.strip()
    }
    if detail:
        if secrecy_ground.strip() and not decision.secrecy_ground:
            telling.withhold_words(decision)
        decision.secrecy_ground = secrecy_ground.strip()
        decision.registry_number = registry_number.strip()
        decision.revision += 1
        decision.save(update_fields=["secrecy_ground", "registry_number", "revision"])
        audit.record(
            "decisions.register_decision",
            decision,
            actor=actor,
            concerns=[decision.decided_by_id, decision.owner_id],
            detail=detail,
        )
    return decision


@transaction.atomic
def mark_reported(
    *, team: Team, decisions: Iterable[Decision], reported_on: dt.date, actor: Person
) -> list[Decision]:
    """Note on which day the committee was told of decisions made by delegation. All or none."""
    if not rules.can_report_to_committee(actor, team):
        raise PermissionDenied
    wanted = {decision.pk for decision in decisions}
    found = list(
        Decision.objects.select_for_update(of=("self",), no_key=True)
        .filter(pk__in=wanted, team=team, is_to_be_reported=True, reported_on=None, withdrawn_at=None)
        .order_by("pk")
    )
    if len(found) != len(wanted):
        raise refusals.IsNotReported
    if any(reported_on < timezone.localdate(decision.decided_at) for decision in found) or (
        reported_on > timezone.localdate()
    ):
        raise refusals.DatesAreOutOfOrder
    for decision in found:
        decision.reported_on = reported_on
        decision.revision += 1
        decision.save(update_fields=["reported_on", "revision"])
        audit.record(
            "decisions.mark_reported",
            decision,
            actor=actor,
            concerns=[decision.decided_by_id],
            detail={"reported_on": [None, reported_on.isoformat()]},
        )
    return found


def note_archived(*, team: Team, count: int, actor: Person) -> None:
    """Somebody fetched the team's completed records for the e-archive; the log remembers how many."""
    if not rules.can_archive(actor, team):
        raise PermissionDenied
    audit.record(
        "decisions.archive", team, actor=actor, concerns=[actor], detail={"records": ["", str(count)]}
    )
