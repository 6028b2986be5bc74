"""When an adopted mandate should be looked through again."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from styrfart.mandates.models import Mandate, MandateState
from styrfart.mandates.queries.confirming import seats_on
from styrfart.mandates.queries.mandates import adopted_in_brief
from styrfart.mandates.rules import ReviewReason, reasons_to_review
from styrfart.people.models import Person, TeamRole
from styrfart.people.standing import standing


@dataclass(frozen=True)
class ReviewCall:
    """A mandate that calls for a review, and why."""

    mandate: Mandate
    reasons: tuple[ReviewReason, ...]


def review_call(mandate: Mandate, today: dt.date | None = None) -> ReviewCall | None:
    """Why the adopted mandate should be looked through; None when it need not. Two queries."""
    return next(iter(review_calls([mandate], today or timezone.localdate())), None)


def review_calls(mandates: Iterable[Mandate], today: dt.date) -> list[ReviewCall]:
    """Those of the adopted `mandates` that call for a review: a query for today, one a day of adoption."""
    mandates = list(mandates)
    now = seats_on([mandate.team_id for mandate in mandates], today) if mandates else {}
    by_day: dict[dt.date, list[int]] = {}
    for mandate in mandates:
        by_day.setdefault(_since(mandate), []).append(mandate.team_id)
    then = {
        (day, team): seats for day, teams in by_day.items() for team, seats in seats_on(teams, day).items()
    }
    calls = []
    for mandate in mandates:
        reasons = reasons_to_review(
            then=then[_since(mandate), mandate.team_id],
            now=now[mandate.team_id],
            review_on=mandate.review_on,
            today=today,
        )
        if reasons:
            calls.append(ReviewCall(mandate, reasons))
    return calls


def to_review(chair: Person, today: dt.date) -> list[ReviewCall]:
    """The mandates of the teams that `chair` chairs that call for a review and are not being written anew."""
    teams = [pk for pk, role in standing(chair).seats.items() if role == TeamRole.CHAIR]
    if not teams:
        return []
    return review_calls(without_open_version(adopted_in_brief(teams)), today)


def without_open_version(mandates: Iterable[Mandate]) -> list[Mandate]:
    """Those whose team has no draft or proposal: a review that has begun is not called for again."""
    mandates = list(mandates)
    busy = set(
        Mandate.objects.filter(
            team__in=[mandate.team_id for mandate in mandates],
            state__in=[MandateState.DRAFT, MandateState.PROPOSED],
        ).values_list("team_id", flat=True)
    )
    return [mandate for mandate in mandates if mandate.team_id not in busy]


def _since(mandate: Mandate) -> dt.date:
    """From when changes in the team count: the adoption, or the latest look through."""
    day = mandate.reviewed_on or mandate.adopted_on
    if day is None:
        raise ValueError("a mandate that was never adopted has nothing to be reviewed from")
    return day
