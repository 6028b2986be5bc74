"""Reads of mandates: the one in force, the open one, and the versions before."""

import uuid
from collections.abc import Collection

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404

from styrfart.mandates import rules
from styrfart.mandates.facts import MandateNotOpen
from styrfart.mandates.models import DelegationPoint, Mandate, MandateState, Rule
from styrfart.people.models import Person, Team
from styrfart.people.queries import team_for
from styrfart.shared.prepared import PreparedObjects

ADOPTED_EVER = (MandateState.ADOPTED, MandateState.SUPERSEDED)
OPEN = (MandateState.DRAFT, MandateState.PROPOSED)


def whole(mandates: QuerySet[Mandate]) -> QuerySet[Mandate]:
    """With results, rules and their hints loaded: five queries however many there are."""
    points = DelegationPoint.objects.select_related("scheme")
    of_mandate = (
        Rule.objects.select_related("post_unit", "to_team", "changed_by")
        .prefetch_related("units", Prefetch("points", points))
        .order_by("number")
    )
    return mandates.select_related("team__unit", "created_by", "proposed_by").prefetch_related(
        "results", Prefetch("rules", of_mandate)
    )


def mandate_in_force(team: Team) -> Mandate | None:
    """The team's adopted mandate with rules and hints, for the matter desk: five queries at most.

    A rule's delegation points are those of the version of the scheme in which they were chosen. A newer
    version has other rows: compare by `code` within the same committee, or ask `delegation.renewed`.
    """
    return whole(Mandate.objects.filter(team=team, state=MandateState.ADOPTED)).first()


def adopted_in_brief(teams: Collection[int]) -> list[Mandate]:
    """The adopted mandates of the teams with these ids, without rules and results. One query."""
    return _ADOPTED.all(teams=teams)


_ADOPTED: PreparedObjects[Mandate] = PreparedObjects(
    lambda teams: Mandate.objects.filter(team__in=teams, state=MandateState.ADOPTED).order_by("pk"),
    ("team",),
    teams=list,
)


def open_mandate(team: Team) -> Mandate | None:
    """The team's draft or proposal, if any, with rules and hints. Five queries at most."""
    return whole(Mandate.objects.filter(team=team, state__in=OPEN)).first()


def open_in_brief(team: Team) -> Mandate | None:
    """The team's draft or proposal, if any, without what it says. One query."""
    found = Mandate.objects.filter(team=team, state__in=OPEN)
    return found.select_related("team", "created_by", "proposed_by").first()


def team_to_read(user: Person, slug: str) -> Team:
    """The team whose mandate `user` may read; 404 to outsiders."""
    team = team_for(user, slug)
    if not rules.can_see_mandate(user, team):
        raise Http404
    return team


def team_to_write(user: Person, slug: str) -> Team:
    """The team whose mandate `user` may write; 404 to outsiders, 403 to those who may only read it."""
    team = team_to_read(user, slug)
    if not rules.can_write_mandate(user, team):
        raise PermissionDenied
    return team


def team_to_lead(user: Person, slug: str) -> Team:
    """The team that `user` chairs; 404 to outsiders, 403 to those who may only read its mandate."""
    team = team_to_read(user, slug)
    if not rules.can_lead_mandate(user, team):
        raise PermissionDenied
    return team


def team_to_archive(user: Person, slug: str) -> Team:
    """The team whose adopted versions `user` may hand to the e-archive; 403 to others who can see it."""
    team = team_to_read(user, slug)
    if not rules.can_archive_mandate(user, team):
        raise PermissionDenied
    return team


def draft_to_write(user: Person, slug: str) -> Mandate:
    """The team's open mandate, to write in; whether it still is a draft, the action checks."""
    return _or_404(open_mandate(team_to_write(user, slug)))


def draft_written(user: Person, slug: str) -> tuple[Team, Mandate | None]:
    """The same for what has been written already: None when the draft is there no more, not a 404."""
    team = team_to_write(user, slug)
    return team, open_mandate(team)


def draft_to_read(user: Person, slug: str) -> Mandate:
    """The team's open mandate, to those in the room; 404 to everybody else, as if it were not there."""
    team = team_to_read(user, slug)
    if not rules.can_see_draft(user, team):
        raise Http404
    return _or_404(open_mandate(team))


def open_to_lead(user: Person, slug: str) -> Mandate:
    """The team's open mandate, to its chair; MandateNotOpen when it has been adopted or discarded."""
    return _still_open(team_to_lead(user, slug))


def open_to_answer(user: Person, slug: str) -> Mandate:
    """The same, to those who confirm it; 403 to secretary, adjunct and those above."""
    team = team_to_read(user, slug)
    if not rules.can_confirm_mandate(user, team):
        raise PermissionDenied
    return _still_open(team)


def adopted_to_lead(user: Person, slug: str) -> Mandate:
    """The team's mandate in force, to its chair."""
    return _or_404(mandate_in_force(team_to_lead(user, slug)))


def rule_of(mandate: Mandate, pk: int) -> Rule | None:
    """A rule of the mandate; None when it has been removed, or never was there."""
    return next((rule for rule in mandate.rules.all() if rule.pk == pk), None)


def rule_in_force(team: Team, key: uuid.UUID) -> Rule:
    """The rule with this key in the team's mandate in force; 404 when it is not there any more."""
    for rule in _or_404(mandate_in_force(team)).rules.all():
        if rule.key == key:
            return rule
    raise Http404


def versions(user: Person, team: Team) -> list[Mandate]:
    """The team's versions that `user` may read, newest first."""
    seen = Mandate.objects.filter(team=team).select_related("created_by", "proposed_by").order_by("-version")
    if not rules.can_see_draft(user, team):
        seen = seen.filter(state__in=ADOPTED_EVER)
    return list(seen)


def version_for(user: Person, team: Team, number: int) -> Mandate:
    """One version, if `user` may read it: an open one only those in the room."""
    mandate = _or_404(whole(Mandate.objects.filter(team=team, version=number)).first())
    if mandate.state in OPEN and not rules.can_see_draft(user, team):
        raise Http404
    return mandate


def _still_open(team: Team) -> Mandate:
    mandate = open_mandate(team)
    if mandate is None:
        raise MandateNotOpen
    return mandate


def _or_404(mandate: Mandate | None) -> Mandate:
    if mandate is None:
        raise Http404
    return mandate
