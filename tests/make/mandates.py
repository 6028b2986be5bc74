"""Mandates, their rules, and schemes of delegation."""

import datetime as dt

from django.utils import timezone

from styrfart.mandates.models import (
    Confirmation,
    Delegate,
    DelegationPoint,
    DelegationScheme,
    Destination,
    Mandate,
    MandateState,
    Result,
    Rule,
    TeamType,
)
from styrfart.people.models import Person, Team, Unit, UnitKind
from tests.make.people import SINCE, person, team, unit


def mandate(
    of_team: Team | None = None,
    *,
    state: MandateState = MandateState.ADOPTED,
    by: Person | None = None,
    adopted_on: dt.date = dt.date(2026, 1, 15),
    review_on: dt.date | None = None,
) -> Mandate:
    """A mandate, adopted unless told otherwise; proposed by `by`, who has confirmed it."""
    of_team = of_team or team()
    by = by or person()
    is_adopted = state in {MandateState.ADOPTED, MandateState.SUPERSEDED}
    is_proposed = state == MandateState.PROPOSED
    made = Mandate.objects.create(
        team=of_team,
        version=Mandate.objects.filter(team=of_team).count() + 1,
        state=state,
        purpose="Vi ser till att staden byggs i den takt som nämnden har bestämt.",
        only_we="Väga avdelningarnas behov mot varandra.",
        team_type=TeamType.COORDINATING,
        created_by=by,
        proposed_by=by if is_proposed else None,
        proposed_at=timezone.now() if is_proposed else None,
        adopted_on=adopted_on if is_adopted else None,
        superseded_on=dt.date(2026, 6, 1) if state == MandateState.SUPERSEDED else None,
        review_on=review_on,
    )
    if is_proposed:
        Confirmation.objects.create(mandate=made, person=by)
    return made


def whole_mandate(
    of_team: Team | None = None, *, state: MandateState = MandateState.DRAFT, by: Person | None = None
) -> Mandate:
    """A mandate in which every question is answered; a draft unless told otherwise."""
    made = mandate(of_team, state=state, by=by)
    made.norms = "Underlag fem dagar före.\nVi talar för helheten."
    made.target_mix = {"information": 20, "dialogue": 30, "advice": 15, "decision": 20, "follow_up": 15}
    made.save(update_fields=["norms", "target_mix"])
    Result.objects.create(mandate=made, position=1, text="Svar i tid", measure="Andel inom tio dagar")
    rule(made)
    return made


def rule(
    of_mandate: Mandate | None = None,
    concerns: str = "Prioritering mellan avdelningar",
    *,
    destination: Destination = Destination.MEETING,
    words: list[str] | None = None,
    post_title: str = "",
    to_team: Team | None = None,
) -> Rule:
    """A rule of a mandate, numbered next."""
    of_mandate = of_mandate or mandate()
    return Rule.objects.create(
        mandate=of_mandate,
        number=of_mandate.rules.count() + 1,
        concerns=concerns,
        destination=destination,
        words=words or [],
        post_title=post_title,
        to_team=to_team,
    )


def scheme(
    of_committee: Unit | None = None,
    *,
    valid_from: dt.date = SINCE,
    valid_to: dt.date | None = None,
    name: str = "Utvecklingsnämndens delegationsordning",
) -> DelegationScheme:
    """A scheme of delegation without points."""
    return DelegationScheme.objects.create(
        committee=of_committee or unit("Utvecklingsnämnden", kind=UnitKind.COMMITTEE),
        name=name,
        valid_from=valid_from,
        valid_to=valid_to,
    )


def point(
    of_scheme: DelegationScheme | None = None,
    code: str = "1.1",
    text: str = "Anställa tillsvidare",
    *,
    is_delegable: bool = True,
    title: str = "Enhetschef",
    amount_limit: int | None = None,
    words: list[str] | None = None,
) -> DelegationPoint:
    """A point that one post may decide by; a non-delegable one has nobody."""
    of_scheme = of_scheme or scheme()
    made = DelegationPoint.objects.create(
        scheme=of_scheme,
        position=of_scheme.points.count() + 1,
        code=code,
        text=text,
        is_delegable=is_delegable,
        words=words or [],
    )
    if is_delegable:
        Delegate.objects.create(point=made, title=title, amount_limit=amount_limit)
    return made
