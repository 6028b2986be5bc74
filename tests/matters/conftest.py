"""The desk of a team whose chair leads the office, with two units below it and a mandate of four rules."""

from dataclasses import dataclass

import pytest
from django.test import Client

from styrfart.mandates.models import Destination, Mandate
from styrfart.people.models import Person, Team, TeamRole, Unit, UnitKind
from tests import make
from tests.conftest import signed_in


@dataclass
class Office:
    """Who is who around the desk."""

    team: Team
    other_team: Team
    chair: Person
    member: Person
    secretary: Person
    head: Person  # of the unit `services`; in no team
    sender: Person  # works in `services`
    services: Unit
    planning: Unit
    mandate: Mandate

    def as_(self, person: Person) -> Client:
        """A browser in which the person has signed in."""
        return signed_in(person)


@pytest.fixture
def office(db: None) -> Office:
    """An office with two units, its management team, and a mandate in force."""
    top = make.unit("Utvecklingskontoret")
    services = make.unit("Service", kind=UnitKind.UNIT, parent=top)
    planning = make.unit("Planering", kind=UnitKind.UNIT, parent=top)
    team = make.team("Kontorets ledningsgrupp", of_unit=top)
    other = make.team("Stadens ledningsgrupp", of_unit=make.unit("Staden", kind=UnitKind.CITY))
    chair = make.person("Ingrid", "Hall")
    member = make.person("Samir", "Haddad")
    secretary = make.person("Tove", "Lind")
    head = make.person("Mikael", "Strandvik")
    sender = make.person("Moa", "Medin")
    make.member(team, role=TeamRole.CHAIR, person=chair)
    make.member(team, person=member)
    make.member(team, role=TeamRole.SECRETARY, person=secretary)
    make.post(chair, top, title="Kontorschef")
    make.post(member, planning, title="Enhetschef")
    make.post(head, services, title="Enhetschef")
    make.post(sender, services, title="Samordnare", is_head=False)
    mandate = make.mandate(team)
    make.rule(mandate, "Prioritering mellan avdelningar", words=["prioritering", "prioritera"])
    make.rule(
        mandate,
        "Frågor om stadens varumärke",
        destination=Destination.TEAM,
        words=["varumärke"],
        to_team=other,
    )
    make.rule(mandate, "Taxor och avgifter", destination=Destination.COMMITTEE, words=["taxa", "avgift"])
    make.rule(
        mandate,
        "Bemanning och jour inom en enhet",
        destination=Destination.POST,
        words=["bemanning", "jour", "schema"],
        post_title="Enhetschef",
    )
    return Office(team, other, chair, member, secretary, head, sender, services, planning, mandate)
