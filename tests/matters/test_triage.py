"""From rows to the kernel and back: the proposal names the rule, the person or the team, and says why."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation
from pytest_django import DjangoAssertNumQueries

from styrfart.kernel import triage as kernel
from styrfart.kernel.triage import Confidence, Need, ReasonKind
from styrfart.mandates.models import Destination, Mandate, MandateState, Rule
from styrfart.matters import phrases, triage
from styrfart.matters.models import Asked, Matter, Route
from styrfart.matters.phrases import proposals
from styrfart.people.models import Team, TeamRole
from tests import make
from tests.matters.conftest import Office


def fetched(matter: Matter) -> Matter:
    return (
        Matter.objects.select_related("team__unit", "owner")
        .prefetch_related("units", "materials")
        .get(pk=matter.pk)
    )


def on_jour(office: Office) -> Matter:
    matter = make.matter(office.team, by=office.sender, owner=office.sender)
    matter.units.add(office.services)
    return fetched(matter)


def test_the_rule_is_quoted_and_its_post_is_found_nearest_above_the_owner(office: Office) -> None:
    proposal = triage.propose(on_jour(office))
    assert (proposal.route, proposal.rule_number, proposal.person) == (Route.POST, 4, office.head)
    told = phrases.told(proposal)
    assert told.title == "Mandatet föreslår: lämna till Mikael Strandvik."
    assert told.rule == "Punkt 4: Bemanning och jour inom en enhet."
    assert told.reasons[0] == "Ärendet handlar om ”jour”, ledord i punkt 4."


def test_a_rule_that_names_a_unit_finds_its_head_whoever_it_is(office: Office) -> None:
    Rule.objects.filter(mandate=office.mandate, number=4).update(post_unit=office.planning)
    assert triage.propose(on_jour(office)).person == office.member


def test_what_the_chair_may_decide_the_chair_decides_now(office: Office) -> None:
    Rule.objects.filter(mandate=office.mandate, number=4).update(post_title="Kontorschef")
    proposal = triage.propose(on_jour(office))
    assert (proposal.route, proposal.person) == (Route.DECIDE, office.chair)
    assert "Det är ordföranden som får besluta." in phrases.told(proposal).reasons


def test_a_chair_who_is_not_head_of_the_teams_unit_is_known_as_chair(office: Office) -> None:
    office.team.members.filter(person=office.member).delete()
    office.team.members.filter(role=TeamRole.CHAIR).update(person=office.member)
    Rule.objects.filter(mandate=office.mandate, number=4).update(post_unit=office.planning)
    assert triage.propose(on_jour(office)).route == Route.DECIDE


def test_another_team_is_named(office: Office) -> None:
    matter = make.matter(office.team, "Hur får vi använda stadens varumärke på skyltarna?", by=office.sender)
    proposal = triage.propose(fetched(matter))
    assert (proposal.route, proposal.rule_number, proposal.team) == (Route.TEAM, 2, office.other_team)
    assert phrases.told(proposal).title == "Mandatet föreslår: lämna till Stadens ledningsgrupp."


@pytest.mark.parametrize(("ended_days_ago", "route"), [(0, Route.TEAM), (1, Route.UNKNOWN)])
def test_a_team_that_has_ended_is_nobodys_route(office: Office, ended_days_ago: int, route: Route) -> None:
    matter = make.matter(office.team, "Hur får vi använda stadens varumärke på skyltarna?", by=office.sender)
    assert triage.propose(fetched(matter)).team == office.other_team  # the mandate is prepared

    last = timezone.localdate() - dt.timedelta(days=ended_days_ago)
    Team.objects.filter(pk=office.other_team.pk).update(valid_to=last)
    proposal = triage.propose(fetched(matter))

    assert proposal.route == route
    assert proposal.team == (office.other_team if route == Route.TEAM else None)
    told = phrases.told(proposal)
    assert proposal.rule_number == 2
    assert told.reasons[0] == "Ärendet handlar om ”varumärke”, ledord i punkt 2."
    if route == Route.UNKNOWN:
        assert told.title == "Mandatet ger inget svar på vart det här ska."
        assert phrases.home(proposal) == ""


def test_no_rule_says_so_and_what_it_would_need(office: Office) -> None:
    matter = make.matter(office.team, "Kan biodlaren ställa sina bikupor på taket?", by=make.person())
    proposal = triage.propose(fetched(matter))
    told = phrases.told(proposal)
    assert proposal.route == Route.UNKNOWN
    assert told.title == "Mandatet ger inget svar på vart det här ska."
    assert told.rule == ""
    assert told.needs == "För att veta säkrare behövs: vilka enheter som berörs."


def test_a_team_without_mandate_has_no_rule(office: Office) -> None:
    Mandate.objects.update(state=MandateState.DRAFT, adopted_on=None)
    matter = make.matter(office.team, "Kan biodlaren ställa sina bikupor på taket?", by=make.person())
    assert triage.propose(fetched(matter)).route == Route.UNKNOWN


def test_the_scheme_of_delegation_keeps_the_matter_for_the_committee(office: Office) -> None:
    scheme = make.scheme(office.team.unit)
    make.point(scheme, "1.1", "Fastställa taxor för nyttjande av offentlig plats", is_delegable=False)
    matter = make.matter(
        office.team,
        "Ska vi fastställa nya taxor för nyttjande av offentlig plats?",
        by=office.sender,
        asked=Asked.DECISION,
    )
    proposal = triage.propose(fetched(matter))
    assert (proposal.route, proposal.point_code) == (Route.COMMITTEE, "1.1")
    assert proposal.may_be_for_committee_only
    assert [point.code for point in triage.points_touched(proposal)] == ["1.1"]


def test_a_point_with_a_newer_version_is_read_again(office: Office) -> None:
    matter = make.matter(office.team, "Ska vi skaffa elcyklar till inspektionen?", by=office.sender)
    assert triage.propose(fetched(matter)).point_id is None
    scheme = make.scheme(office.team.unit)
    point = make.point(scheme, "3.1", "Inköp av elcyklar till inspektionen", words=["elcyklar"])
    proposal = triage.propose(fetched(matter))
    assert (proposal.point_id, proposal.person) == (point.pk, office.head)


def test_a_rule_that_changes_is_read_again(office: Office) -> None:
    matter = on_jour(office)
    assert triage.propose(matter).rule_number == 4
    Rule.objects.filter(mandate=office.mandate, number=4).update(
        destination=Destination.MEETING, post_title=""
    )
    Mandate.objects.filter(pk=office.mandate.pk).update(revision=2)
    assert triage.propose(matter).route == Route.MEETING


def test_an_answer_is_remembered_until_what_was_asked_is_another(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    proper = kernel.propose_prepared

    def counted(matter: kernel.Matter, *more: Any, **named: Any) -> kernel.Proposal:
        asked.append(matter.question)
        return proper(matter, *more, **named)

    monkeypatch.setattr(kernel, "propose_prepared", counted)
    matter = on_jour(office)
    first = triage.propose(matter)
    assert triage.propose(fetched(matter)) == first
    assert len(asked) == 1
    # The matter, who may decide, and the day: each is asked about anew.
    Matter.objects.filter(pk=matter.pk).update(question="Ska vi ändra taxan?")
    assert triage.propose(fetched(matter)).rule_number == 3
    make.post(office.sender, office.planning, title="Verksamhetschef")
    triage.propose(fetched(matter))
    assert len(asked) == 3
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda: tomorrow)
    triage.propose(fetched(matter))
    assert len(asked) == 4


def test_nothing_is_remembered_of_what_is_secret(office: Office) -> None:
    matter = on_jour(office)
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 26 kap. 1 §")
    assert triage.propose(fetched(matter)).rule_number == 4
    ready = triage.rules_in_force(office.team)
    assert ready.answers.of_matter == {}
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="")
    triage.propose(fetched(matter))
    assert list(ready.answers.of_matter) == [matter.pk]
    Matter.objects.filter(pk=matter.pk).update(secrecy_ground="OSL 26 kap. 1 §")
    triage.propose(fetched(matter))
    assert ready.answers.of_matter == {}


def test_a_known_mandate_costs_few_queries(
    office: Office, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    matter = on_jour(office)
    triage.propose(matter)
    with django_assert_num_queries(4):
        triage.propose(matter)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("sv", "”vakant” hör till ”bemanning” i punkt 4."),
        ("en", "”bemanning” in rule 4 covers ”vakant”."),
    ],
)
def test_a_word_that_only_a_subject_connects_with_the_rule_is_not_called_the_rules_own(
    office: Office, language: str, told: str
) -> None:
    matter = make.matter(office.team, "Ska tjänsten ligga vakant?", by=office.sender, owner=office.sender)
    matter.units.add(office.services)
    proposal = triage.propose(fetched(matter))

    assert proposal.rule_number == 4
    with translation.override(language):
        assert phrases.told(proposal).reasons[0] == told


def test_every_reason_and_need_of_the_kernel_has_words() -> None:
    assert set(proposals._SAY) == set(ReasonKind)
    assert set(proposals._NEEDS) == set(Need)


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("confidence", Confidence)
@pytest.mark.parametrize("route", Route)
def test_every_route_can_be_told(route: Route, confidence: Confidence, language: str) -> None:
    with translation.override(language):
        assert phrases.told(triage.Proposal(route=route, confidence=confidence)).title.endswith(".")
