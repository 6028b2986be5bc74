"""What the demonstration writes obeys every rule that the actions obey, and tells its story in figures."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.utils import timezone

from styrfart.decisions import rules as decision_rules
from styrfart.decisions.models import (
    Action,
    Authority,
    Decision,
    DecisionStep,
    Participant,
    Progress,
    ProgressKind,
    Recipient,
)
from styrfart.decisions.queries import quarter_of, styrfart
from styrfart.demo.town import Town
from styrfart.mandates.models import DelegationPoint, Mandate, MandateState
from styrfart.mandates.queries import adopted_in_brief, confirming, review_call
from styrfart.matters import triage
from styrfart.matters.models import (
    CLOSED,
    EventKind,
    HandOver,
    Matter,
    MatterEvent,
    MatterState,
    Preparation,
    Route,
    Routing,
)
from styrfart.matters.queries import mirror, queue, waiting_for
from styrfart.matters.queries.mirror import NEVER_OURS
from styrfart.meetings.models import AgendaItem
from styrfart.people.deeds import known_verbs
from styrfart.people.models import Person, Post, Team, TeamMember, TeamRole, Unit, UnitPeriod
from styrfart.people.standing import standing
from styrfart.shared.models import AuditEntry
from tests.demonstration import ROOMS


def test_rows_made_after_the_demonstration_get_numbers_of_their_own(town: Town) -> None:
    last = Person.objects.order_by("-pk").values_list("pk", flat=True)[0]
    with transaction.atomic():
        new = Person.objects.create(email="ny@demo.example", given_name="Ny", family_name="Här")
        transaction.set_rollback(True)
    assert new.pk == last + 1


# --- The shape of it -----------------------------------------------------------------------------------
def test_the_shape_is_that_of_the_real_thing(town: Town) -> None:
    def people_under(code: str) -> int:
        path = Unit.objects.get(code=code).path
        return (
            Post.objects.on(town.today)
            .filter(unit__path__startswith=path)
            .values("person")
            .distinct()
            .count()
        )

    assert Unit.objects.on(town.today).filter(parent__code="uk", kind="division").count() == 8
    assert 140 <= people_under("norr") <= 160
    assert 140 <= people_under("social") <= 160
    assert {people_under(unit.code) for unit in Unit.objects.filter(parent__code="norr")} <= {11, 12}
    assert Unit.objects.filter(parent__code="aldre").count() == 8
    assert Post.objects.on(town.today).filter(unit__code="un").count() == 13
    assert TeamMember.objects.on(town.today).filter(team__slug="uk", role=TeamRole.MEMBER).count() == 8


def test_the_reorganisation_left_a_trace(town: Town) -> None:
    ended = Unit.objects.filter(valid_to__lt=town.today)
    assert sorted(unit.name for unit in ended) == ["Administrativa avdelningen", "It-avdelningen"]
    before = UnitPeriod.objects.filter(unit__code="digitalutv").order_by("valid_from")
    assert [period.name for period in before] == ["It-stöd", "Digital utveckling"]
    first, second = before
    assert first.valid_to == second.valid_from - dt.timedelta(days=1)


def test_nobody_can_sign_in_with_a_password(town: Town) -> None:
    assert not any(person.has_usable_password() for person in Person.objects.all())


# --- Nothing that an action would refuse -----------------------------------------------------------------
def test_nothing_has_happened_today_or_later(town: Town) -> None:
    midnight = timezone.make_aware(dt.datetime.combine(town.today, dt.time()))
    late = []
    for room in ROOMS:
        for model in apps.get_app_config(room).get_models():
            moments = [field.name for field in model._meta.fields if isinstance(field, models.DateTimeField)]
            late += [
                (model, name)
                for name in moments
                if model._default_manager.filter(**{f"{name}__gte": midnight})
            ]
    assert late == []


def test_everybody_who_decided_was_authorised(town: Town) -> None:
    refused = []
    decisions = Decision.objects.select_related("team__unit", "matter", "delegation_point__scheme__committee")
    for decision in decisions.prefetch_related("matter__units", "delegation_point__delegates"):
        post = decision_rules.deciding_post(
            decision.decided_by,
            authority=Authority(decision.authority),
            point=decision.delegation_point,
            units=list(decision.matter.units.all()) or [decision.team.unit],
            cost=decision.cost,
        )
        if post is None or post.title != decision.decided_as:
            refused.append(str(decision))
    assert refused == []
    assert Decision.objects.filter(authority=Authority.DELEGATION).count() >= 4


def test_decisions_follow_their_steps_in_order(town: Town) -> None:
    for decision in Decision.objects.prefetch_related("progress", "participants", "recipients"):
        moments = [decision.decided_at, decision.distributed_at, decision.done_at, decision.effect_at]
        known = [moment for moment in moments if moment]
        assert known == sorted(known)
        assert moments[: len(known)] == known  # no step is jumped over
        assert timezone.localdate(decision.decided_at) <= decision.due_on <= decision.effect_on
        steps = [row.step for row in decision.progress.all()]
        assert steps == list(range(DecisionStep.DISTRIBUTED, decision.step + 1))
        there = {row.person_id for row in decision.participants.all() if not row.is_excluded}
        assert decision.decided_by_id not in {row.person_id for row in decision.participants.all()}
        excluded = {row.person_id for row in decision.participants.all() if row.is_excluded}
        assert not excluded & ({decision.owner_id, decision.rapporteur_id} | there)
        told = [row.person_id for row in decision.recipients.all()]
        assert not {decision.owner_id, decision.decided_by_id} & set(told)


def test_numbers_follow_on_each_other_within_the_week(town: Town) -> None:
    weeks: dict[tuple[int, int, int], list[int]] = {}
    for team, year, week, sequence in Decision.objects.values_list("team", "year", "week", "sequence"):
        weeks.setdefault((team, year, week), []).append(sequence)
    assert all(sorted(found) == list(range(1, len(found) + 1)) for found in weeks.values())


def test_a_major_change_was_assessed_and_consulted_on_before_it_was_decided(town: Town) -> None:
    changes = Decision.objects.filter(is_major_change=True)
    assert changes.count() >= 1
    for decision in changes:
        decided = timezone.localdate(decision.decided_at)
        assert decision.risk_assessed_on
        assert decision.consultation_closed_on
        assert decision.risk_assessed_on <= decision.consultation_closed_on <= decided
        assert decision.risk_reference
        assert decision.consultation_reference


def test_every_verdict_and_step_can_be_seen(town: Town) -> None:
    assert {decision.step for decision in Decision.objects.all()} == set(DecisionStep)
    assert len(set(Decision.objects.values_list("effect_verdict", flat=True))) >= 5
    assert Participant.objects.exclude(dissent="").count() >= 1
    assert Participant.objects.filter(is_excluded=True).count() >= 1
    assert Recipient.objects.filter(received_at=None).exists()
    assert Action.objects.filter(done_at=None).exists()
    assert Progress.objects.exclude(note="").exists()


def test_matters_are_where_their_history_says(town: Town) -> None:
    for matter in Matter.objects.prefetch_related("events", "routings", "hand_overs", "preparations"):
        assert bool(matter.closed_at) == (matter.state in CLOSED), matter
        at = [event.at for event in matter.events.all()]
        assert at == sorted(at)
        assert matter.changed_at == at[-1]
        assert matter.events.all()[0].kind == EventKind.HANDED_IN
        open_overs = [over for over in matter.hand_overs.all() if over.is_open]
        assert bool(open_overs) == (matter.state == MatterState.HANDED_OVER)
        assert bool([p for p in matter.preparations.all() if not p.done_at]) == (
            matter.state == MatterState.PREPARING
        )
        assert (matter.decision_id is not None) == (matter.state == MatterState.DECIDED)


def test_every_event_can_be_told_in_words(town: Town) -> None:
    from styrfart.matters import phrases
    from styrfart.matters.queries import history

    for matter in Matter.objects.all():
        for event in history(matter):
            assert phrases.happened(event)


def test_every_choice_of_route_names_a_rule_in_force_then(town: Town) -> None:
    for routing in Routing.objects.select_related("proposed_rule__mandate", "team"):
        rule, day = routing.proposed_rule, timezone.localdate(routing.at)
        if rule is None:
            assert routing.proposed_route == Route.UNKNOWN
            assert not routing.is_accepted
            continue
        mandate = rule.mandate
        assert mandate.team_id == routing.team_id
        assert mandate.adopted_on
        assert mandate.adopted_on <= day
        assert mandate.superseded_on is None or day <= mandate.superseded_on
        assert routing.proposed_route == rule.destination


def test_only_the_committee_decides_what_must_not_be_delegated(town: Town) -> None:
    assert not Decision.objects.filter(delegation_point__is_delegable=False).exists()
    assert not DelegationPoint.objects.filter(is_delegable=False, delegates__isnull=False).exists()
    assert not DelegationPoint.objects.filter(is_delegable=True, delegates__isnull=True).exists()


def test_an_adopted_mandate_was_confirmed_by_everybody_and_a_proposed_one_waits(town: Town) -> None:
    for mandate in Mandate.objects.select_related("team"):
        round_ = confirming(mandate, town.today)
        if mandate.state == MandateState.ADOPTED:
            assert round_.missing == ()
        if mandate.state == MandateState.PROPOSED:
            assert mandate.team.slug == "uk-norr"
            assert round_.missing
            assert mandate.proposed_by in [given.person for given in round_.confirmed]
        given = mandate.confirmations.values_list("confirmed_at", flat=True)
        assert all(mandate.proposed_at and mandate.proposed_at <= at for at in given)


def test_the_log_says_who_did_what_with_the_verbs_of_the_actions(town: Town) -> None:
    entries = AuditEntry.objects.filter(verb__startswith="matters.")
    assert entries.count() == MatterEvent.objects.count()
    decided = AuditEntry.objects.filter(verb="decisions.make_decision")
    assert decided.count() == Decision.objects.count()
    known = {verb for verb, _words in known_verbs()}
    known |= {f"matters.{kind}" for kind in EventKind} | {f"decisions.{kind}" for kind in ProgressKind}
    used = set(AuditEntry.objects.values_list("verb", flat=True))
    assert used - known == set()
    # A survey concerns a whole office, and nobody in particular.
    assert not AuditEntry.objects.filter(concerns=None).exclude(object_type="climate.round").exists()


# --- The story ---------------------------------------------------------------------------------------
@pytest.fixture
def office(town: Town) -> Team:
    return Team.objects.get(slug="uk")


@pytest.fixture
def ingrid(office: Team) -> Person:
    return office.members.get(role=TeamRole.CHAIR).person


def never_ours(routings: Iterable[Routing]) -> float:
    """The share of matters whose last route went to somebody else."""
    last: dict[int, str] = {}
    for routing in routings:
        last[routing.matter_id] = routing.route
    return sum(route in NEVER_OURS for route in last.values()) / len(last)


def test_fewer_matters_come_that_never_belonged_here(town: Town, office: Team) -> None:
    mandate = office.mandates.get(version=1)
    assert mandate.adopted_on
    routings = office.routings.exclude(route=Route.MORE).order_by("at")
    before = never_ours(routings.filter(at__date__lt=mandate.adopted_on))
    year = never_ours(routings.filter(at__date__gte=mandate.adopted_on))
    latest = never_ours(routings.filter(at__date__gte=town.today - dt.timedelta(days=150)))
    assert 0.45 <= before <= 0.55
    assert 0.12 <= year <= 0.25
    assert latest <= 0.25


def test_decisions_slipped_before_the_mandate_and_are_kept_after_it(town: Town, office: Team) -> None:
    mandate = office.mandates.get(version=1)
    assert mandate.adopted_on

    def in_time(decisions: Iterable[Decision]) -> float:
        kept = [
            decision.done_at is not None and timezone.localdate(decision.done_at) <= decision.due_on
            for decision in decisions
        ]
        return sum(kept) / len(kept)

    due = office.decisions.filter(due_on__lt=town.today)
    assert 0.35 <= in_time(due.filter(decided_at__date__lt=mandate.adopted_on)) <= 0.48
    assert 0.65 <= in_time(due.filter(decided_at__date__gte=mandate.adopted_on)) <= 0.8
    carried_out = styrfart(office, quarter_of(town.today).before)
    assert (carried_out.on_time, carried_out.due) == (8, 11)


def test_the_chair_has_four_matters_to_sort_and_the_mandate_knows_three(
    town: Town, office: Team, ingrid: Person
) -> None:
    waiting = Matter.objects.filter(team=office, state=MatterState.INBOX).order_by("handed_in_at")
    routes = [triage.propose(matter).route for matter in waiting.select_related("team__unit", "owner")]
    assert routes == [Route.MEETING, Route.POST, Route.WRITTEN, Route.UNKNOWN]
    desk = queue(ingrid, office)
    assert desk
    assert desk.count == 4
    assert next(one.title for one in waiting_for(ingrid)) == "Välj väg för fyra nya ärenden"


def test_one_rule_is_often_passed_over_and_the_chair_is_told(town: Town, office: Team) -> None:
    often = [use for use in mirror(office).uses if use.is_often_overruled]
    assert [use.rule.concerns[:14] for use in often] == ["Inköp och avro"]
    assert often[0].instead in {Route.DECIDE, Route.MEETING}


def test_teams_have_come_differently_far_with_their_mandates(town: Town) -> None:
    states = Counter(
        (team.mandates.order_by("version").last() or Mandate(state="none")).state
        for team in Team.objects.on(town.today)
    )
    assert states == Counter({"adopted": 10, "proposed": 1, "draft": 1, "none": 1})
    adopted = adopted_in_brief([team.pk for team in Team.objects.all()])
    calls = {mandate.team.slug for mandate in adopted if review_call(mandate, town.today)}
    assert calls == {"uk-soder", "uk-trafik"}


def test_there_are_routes_and_receivers_of_every_kind(town: Town) -> None:
    assert set(Routing.objects.values_list("route", flat=True)) == set(Route) - {Route.UNKNOWN}
    assert HandOver.objects.filter(to_team__isnull=False).exists()
    assert HandOver.objects.filter(answered_at=None).count() >= 2
    assert Preparation.objects.filter(done_at=None).exists()
    assert MatterEvent.objects.filter(kind=EventKind.RECEIVED).exists()


@pytest.fixture
def personas(town: Town) -> dict[str, Person]:
    from styrfart.demo.personas import PERSONAS

    return {persona.key: Person.objects.get(email=persona.email) for persona in PERSONAS}


def test_personas_are_who_they_are_said_to_be(personas: dict[str, Person]) -> None:
    here = {key: standing(person) for key, person in personas.items()}
    assert list(here["chair"].seats.values()).count(TeamRole.CHAIR) == 1
    assert TeamRole.SECRETARY in here["secretary"].seats.values()
    assert set(here["member"].seats.values()) == {TeamRole.CHAIR, TeamRole.MEMBER}
    assert here["employee"].seats == {}
    assert [sorted(here[key].roles) for key in ("hr", "owner", "coach", "top")] == [
        ["hr_developer"],
        ["system_owner"],
        ["coach"],
        ["top_management"],
    ]
    assert here["coach"].posts == ()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans without counting rows")
def test_the_planner_knows_how_much_was_written_before_it_is_read(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [AgendaItem._meta.db_table])
        [counted] = cursor.fetchone()
    assert counted == AgendaItem.objects.count() > 1000
