"""Who is to confirm a proposed mandate, and who has."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from styrfart.mandates.models import Confirmation, Mandate, MandateState
from styrfart.mandates.rules import VOTING
from styrfart.people.models import Person, Team, TeamMember, TeamRole
from styrfart.people.standing import standing
from styrfart.shared.prepared import Prepared


@dataclass(frozen=True)
class Round:
    """How far the confirming has come among those of the team today."""

    confirmed: tuple[Confirmation, ...]
    missing: tuple[Person, ...]

    @property
    def total(self) -> int:
        return len(self.confirmed) + len(self.missing)

    def waits_for(self, person: Person) -> bool:
        return person in self.missing


def adopting_members(team: Team, day: dt.date) -> list[Person]:
    """Who adopts the team's mandate on `day`: chair and members; secretary and adjunct do not."""
    seats = (
        TeamMember.objects.on(day)
        .filter(team=team, role__in=VOTING)
        .select_related("person")
        .order_by("person__name_key", "pk")
    )
    return list({seat.person_id: seat.person for seat in seats}.values())


def confirming(mandate: Mandate, day: dt.date) -> Round:
    """Who of the team on `day` has confirmed, and who has not. Those who have left do not count."""
    of_team = adopting_members(mandate.team, day)
    given = {given.person_id: given for given in mandate.confirmations.select_related("person")}
    return Round(
        confirmed=tuple(given[person.pk] for person in of_team if person.pk in given),
        missing=tuple(person for person in of_team if person.pk not in given),
    )


def confirmed_by(mandate: Mandate) -> list[Confirmation]:
    """Who has confirmed the mandate, by name, also those who left before it was adopted. One query."""
    return list(mandate.confirmations.select_related("person").order_by("person__name_key", "pk"))


def seats_on(team_ids: list[int], day: dt.date) -> Mapping[int, Mapping[int, TeamRole]]:
    """Who (person id) sat as what on `day`, by team id. One query."""
    found: dict[int, dict[int, TeamRole]] = {pk: {} for pk in team_ids}
    for team, person, role in _SEATS.rows(teams=team_ids, day=day):
        found[team][person] = TeamRole(role)
    return found


def _seats(*, teams: list[int], day: dt.date) -> "QuerySet[TeamMember, tuple[int, int, str]]":
    seats = TeamMember.objects.on(day).filter(team_id__in=teams).order_by("valid_from", "pk")
    return seats.values_list("team_id", "person_id", "role")


_SEATS = Prepared(_seats, teams=list, day=dt.date)


def to_confirm(person: Person) -> list[Mandate]:
    """Proposed mandates that wait for `person`. One query beside the standing; none without a seat."""
    teams = [pk for pk, role in standing(person).seats.items() if role in VOTING]
    if not teams:
        return []
    return list(
        Mandate.objects.filter(team__in=teams, state=MandateState.PROPOSED)
        .exclude(confirmations__person=person)
        .select_related("team", "proposed_by")
        .order_by("proposed_at")
    )
