"""What waits, in which order, and for whom."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.decisions.models import Decision
from styrfart.mandates.models import MandateState
from styrfart.matters.models import HandOver, Matter, MatterState, Route, Routing
from styrfart.overview.queries import coming, home, waiting
from styrfart.overview.queries.home import own_team
from styrfart.people.models import Person, Role, Team, TeamRole
from tests import make

pytestmark = pytest.mark.django_db
TODAY = dt.timedelta()


@pytest.fixture
def today() -> dt.date:
    return timezone.localdate()


def handed(to: Person, by: Person, team: Team, answer_by: dt.date, question: str = "Vem svarar?") -> HandOver:
    """A matter that `by` handed to `to`."""
    matter = make.matter(team, question, by=make.person(), state=MatterState.HANDED_OVER)
    routing = Routing.objects.create(
        matter=matter, team=team, by=by, proposed_route=Route.UNKNOWN, route=Route.POST, is_accepted=False
    )
    return HandOver.objects.create(matter=matter, routing=routing, to_person=to, answer_by=answer_by)


def late_decision(team: Team, owner: Person, today: dt.date) -> Decision:
    decision = make.decision(team, by=make.person(), owner=owner, due_on=today)
    decision.due_on = today - dt.timedelta(days=3)
    decision.distributed_at = decision.decided_at
    decision.save(update_fields=["due_on", "distributed_at"])
    return decision


def test_late_first_then_the_queue_then_by_day(team: Team, chair: Person, today: dt.date) -> None:
    make.matter(team)
    handed(chair, make.person(), team, today + dt.timedelta(days=2), "Senare?")
    handed(chair, make.person(), team, today, "I dag?")
    late_decision(team, chair, today)
    assert [item.title.split(":")[0] for item in waiting(chair)] == [
        "Rapportera hur det går med beslut " + str(Decision.objects.get().number).split(":")[0],
        "Välj väg för ett nytt ärende",
        "Svara på",
        "Svara på",
    ]
    assert [item.title for item in waiting(chair)][2:] == ["Svara på: I dag?", "Svara på: Senare?"]
    assert [item.is_late for item in waiting(chair)] == [True, False, False, False]


def test_nothing_waits_for_somebody_else(team: Team, chair: Person, stranger: Person, today: dt.date) -> None:
    make.matter(team)
    late_decision(team, chair, today)
    assert waiting(stranger) == []


def test_a_proposed_mandate_waits_for_the_members_who_have_not_confirmed(
    team: Team, chair: Person, member: Person, secretary: Person
) -> None:
    make.mandate(team, state=MandateState.PROPOSED, by=chair)
    assert [item.title for item in waiting(member)] == ["Bekräfta mandatet för Kontorets ledningsgrupp"]
    assert waiting(member)[0].why == "Ingrid Hall föreslog det i dag."
    assert waiting(chair) == []
    assert waiting(secretary) == []


def test_a_new_chair_is_asked_to_look_through_the_mandate(team: Team, today: dt.date) -> None:
    make.mandate(team)
    new = make.member(team, role=TeamRole.CHAIR)
    new.valid_from = today - dt.timedelta(days=1)
    new.save(update_fields=["valid_from"])
    assert [(item.title, item.why) for item in waiting(new.person)] == [
        (
            "Se över mandatet för Kontorets ledningsgrupp",
            "Gruppen har fått en ny ordförande sedan mandatet antogs.",
        )
    ]


def test_decisions_to_report_wait_for_the_one_who_keeps_the_record(
    team: Team, chair: Person, secretary: Person
) -> None:
    decision = make.decision(team, by=chair)
    Decision.objects.filter(pk=decision.pk).update(
        authority="delegation", delegation_point=make.point(), is_to_be_reported=True
    )
    assert [item.title for item in waiting(secretary)] == ["Anmäl ett beslut till nämnden"]
    assert "Anmäl" not in " ".join(item.title for item in waiting(chair))


def test_nothing_waits_for_an_outsider(team: Team) -> None:
    coach = make.role(Role.COACH)
    make.member(team, role=TeamRole.ADJUNCT, person=coach, function="coach")
    handed(coach, make.person(), team, timezone.localdate())
    assert waiting(coach) == []
    assert coming(coach) == []
    page = home(coach)
    assert (page.sees_organisation, page.team, page.coverage, page.running) == (False, None, None, None)
    assert (page.on_their_way, page.mine) == ([], [])


def test_what_comes_lies_ahead_and_is_in_order(
    team: Team, chair: Person, member: Person, today: dt.date
) -> None:
    soon = make.decision(team, "Nära.", by=chair, owner=member, due_on=today + dt.timedelta(days=3))
    make.decision(team, "Fjärran.", by=chair, owner=member, due_on=today + dt.timedelta(days=31))
    make.action(team, "Ring", owner=chair, due_on=today + dt.timedelta(days=1))
    make.action(team, "Gjort", owner=chair, due_on=today)
    handed(member, chair, team, today + dt.timedelta(days=2), "Vem tar det?")
    assert [(one.title, (one.on - today).days) for one in coming(chair)] == [
        ("Ring", 1),
        ("Vem tar det?", 2),
        ("Nära.", 3),
    ]
    assert coming(chair)[2].what == f"Samir Haddad ska ha genomfört beslut {soon.number}."
    assert [one.what for one in coming(member)] == [f"Du ska ha genomfört beslut {soon.number}."]


def test_what_comes_to_a_member_is_their_own(
    team: Team, chair: Person, member: Person, today: dt.date
) -> None:
    make.decision(team, by=chair, owner=chair, due_on=today + dt.timedelta(days=3))
    assert len(coming(chair)) == 1
    assert coming(member) == []


def test_a_secret_decision_does_not_come_to_an_owner_outside_the_room(
    team: Team, chair: Person, stranger: Person, today: dt.date
) -> None:
    decision = make.decision(team, by=chair, owner=stranger, due_on=today + dt.timedelta(days=3))
    assert len(coming(stranger)) == 1
    Decision.objects.filter(pk=decision.pk).update(secrecy_ground="OSL")
    assert coming(stranger) == []
    assert len(coming(chair)) == 1


def test_figures_are_about_the_team_that_one_leads(chair: Person, team: Team) -> None:
    above = make.team("Stadens ledningsgrupp")
    make.member(above, person=chair)
    assert own_team(chair) == team


def test_an_adjunct_has_no_team_of_their_own(adjunct: Person) -> None:
    assert own_team(adjunct) is None


def test_somebody_without_a_team_sees_where_their_matters_are(team: Team, employee: Person) -> None:
    make.matter(team, "Min fråga?", by=employee)
    make.matter(team, "Utkast?", by=employee, state=MatterState.DRAFT)
    closed = make.matter(team, "Klar?", by=employee)
    Matter.objects.filter(pk=closed.pk).update(state=MatterState.INFORMED)
    rows = [(row.matter.question, row.where) for row in home(employee).mine]
    assert ("Min fråga?", "Väntar på väg hos Kontorets ledningsgrupp.") in rows
    assert "Klar?" not in [question for question, _where in rows]


def test_coverage_counts_teams_and_names_none(team: Team) -> None:
    top = make.role(Role.TOP_MANAGEMENT)
    make.mandate(team)
    make.team("Utan mandat")
    late = make.mandate(make.team("Sent"))
    late.review_on = timezone.localdate() - dt.timedelta(days=1)
    late.save(update_fields=["review_on"])
    cover = home(top).coverage
    assert cover is not None
    assert (cover.teams, cover.adopted, cover.to_review, cover.without) == (3, 2, 1, 1)
    assert home(make.role(Role.HR_DEVELOPER)).coverage == cover
    assert home(make.person()).coverage is None


def test_only_the_system_owner_sees_how_the_system_fares(owner: Person, chair: Person) -> None:
    assert home(owner).running is not None
    assert home(chair).running is None
