"""Whatever is done in whatever order, by whomever: what must hold of decisions still holds."""

import contextlib
import datetime as dt

import hypothesis.strategies as st
import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from styrfart.decisions import actions, queries
from styrfart.decisions.models import Decision, DecisionStep, EffectVerdict, Progress
from styrfart.people.models import Person, TeamRole
from styrfart.shared.models import AuditEntry
from tests import make
from tests.decisions.conftest import aged, values

NUMBER = st.integers(0, 7)
WHO = st.sampled_from(["chair", "owner", "secretary", "stranger"])
DAYS = st.integers(-3, 40)


class Decisions(RuleBasedStateMachine):
    """A team's decisions, and everything that can be done with them."""

    @initialize()
    def begin(self) -> None:
        # One transaction for each run, undone at the end: hypothesis runs many in one test.
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.team = make.team()
        self.people = {
            "chair": make.member(self.team, role=TeamRole.CHAIR).person,
            "owner": make.member(self.team).person,
            "secretary": make.member(self.team, role=TeamRole.SECRETARY).person,
            "stranger": make.person(),
        }
        make.post(self.people["chair"], self.team.unit, title="Kontorschef")
        self.seen: dict[int, int] = {}

    def teardown(self) -> None:
        if hasattr(self, "atomic"):
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)

    def one(self, number: int) -> Decision | None:
        found = list(Decision.objects.filter(team=self.team).select_related("team").order_by("pk"))
        return found[number % len(found)] if found else None

    def attempt(self, number: int, who: str, name: str, **given: object) -> None:
        """Do it, or be refused; anything else is a fault."""
        decision = self.one(number)
        if decision is None:
            return
        with contextlib.suppress(actions.DecisionRefused, PermissionDenied), transaction.atomic():
            getattr(actions, name)(decision=decision, actor=self.people[who], **given)

    @rule(who=WHO, owner=WHO, due=DAYS, effect=DAYS)
    def make_decision(self, who: str, owner: str, due: int, effect: int) -> None:
        today = timezone.localdate()
        with contextlib.suppress(actions.DecisionRefused), transaction.atomic():
            actions.make_decision(
                **values(
                    self.team,
                    self.people["chair"],
                    actor=self.people[who],
                    owner=self.people[owner],
                    due_on=today + dt.timedelta(days=due),
                    effect_on=today + dt.timedelta(days=effect),
                    recipients=[self.people["stranger"]],
                )
            )

    @rule(number=NUMBER, who=WHO, is_old=st.booleans())
    def replace_decision(self, number: int, who: str, is_old: bool) -> None:
        given = values(self.team, self.people[who])
        del given["team"], given["actor"]
        self.attempt(number, who, "replace_decision", revision=1 if is_old else None, **given)

    @rule(number=NUMBER, who=WHO)
    def undo_decision(self, number: int, who: str) -> None:
        self.attempt(number, who, "undo_decision")

    @rule(number=NUMBER)
    def let_time_pass(self, number: int) -> None:
        decision = self.one(number)
        if decision and not decision.withdrawn_at:
            aged(decision, minutes=11)

    @rule(number=NUMBER, who=WHO)
    def take_on(self, number: int, who: str) -> None:
        self.attempt(number, who, "take_on")

    @rule(number=NUMBER, who=WHO, note=st.sampled_from(["", "Halva vägen."]))
    def note_progress(self, number: int, who: str, note: str) -> None:
        self.attempt(number, who, "note_progress", note=note)

    @rule(number=NUMBER, who=WHO, revision=st.sampled_from([None, 1, 2]))
    def report_done(self, number: int, who: str, revision: int | None) -> None:
        self.attempt(number, who, "report_done", revision=revision)

    @rule(number=NUMBER, who=WHO)
    def reopen_decision(self, number: int, who: str) -> None:
        self.attempt(number, who, "reopen_decision")

    @rule(number=NUMBER, who=WHO, verdict=st.sampled_from(EffectVerdict), note=st.sampled_from(["", "Så."]))
    def follow_effect(self, number: int, who: str, verdict: EffectVerdict, note: str) -> None:
        self.attempt(number, who, "follow_effect", verdict=verdict, note=note)

    @rule(number=NUMBER, who=WHO, days=DAYS)
    def move_due(self, number: int, who: str, days: int) -> None:
        due_on = timezone.localdate() + dt.timedelta(days=days)
        self.attempt(number, who, "move_due", due_on=due_on, reason="Skäl")

    @rule(number=NUMBER, who=WHO, days=DAYS)
    def review_decision(self, number: int, who: str, days: int) -> None:
        review_on = timezone.localdate() + dt.timedelta(days=days)
        self.attempt(number, who, "review_decision", review_on=review_on)

    @rule(number=NUMBER, who=WHO)
    def confirm_receipt(self, number: int, who: str) -> None:
        self.attempt(number, who, "confirm_receipt")

    @rule(number=NUMBER, who=WHO, ground=st.sampled_from(["", "OSL 39 kap. 2 §"]))
    def register_decision(self, number: int, who: str, ground: str) -> None:
        self.attempt(number, who, "register_decision", secrecy_ground=ground, registry_number="1")

    # --- What must hold -------------------------------------------------------------------------------
    @invariant()
    def numbers_run_without_gaps(self) -> None:
        if hasattr(self, "team"):
            numbers = [decision.sequence for decision in Decision.objects.filter(team=self.team)]
            assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def each_decision_keeps_its_law(self) -> None:
        if not hasattr(self, "team"):
            return
        for decision in Decision.objects.filter(team=self.team):
            assert decision.decided_by == self.people["chair"]
            assert decision.effect_on >= decision.due_on
            assert decision.step >= DecisionStep.DISTRIBUTED or decision.done_at is None
            assert (decision.effect_at is None) == (decision.effect_verdict == "")
            assert decision.revision >= self.seen.get(decision.pk, 1)
            self.seen[decision.pk] = decision.revision

    @invariant()
    def a_decision_is_replaced_by_one_that_holds_or_was_replaced(self) -> None:
        if hasattr(self, "team"):
            for new in Decision.objects.filter(team=self.team, replaces__isnull=False):
                assert new.withdrawn_at is None
                old = new.replaces
                assert old is not None
                assert old.withdrawn_at is None
                assert old.pk < new.pk

    @invariant()
    def every_step_is_in_the_history_and_in_the_audit_log(self) -> None:
        if not hasattr(self, "team"):
            return
        for decision in Decision.objects.filter(team=self.team):
            told = Progress.objects.filter(decision=decision)
            assert told.filter(kind="effect").count() == bool(decision.effect_at)
            is_open = told.filter(kind="done").count() - told.filter(kind="reopened").count()
            assert is_open == bool(decision.done_at)
            made = AuditEntry.objects.filter(object_type="decisions.decision", object_id=str(decision.pk))
            assert made.filter(verb="decisions.make_decision").count() == 1
            assert made.filter(verb="decisions.undo_decision").count() == bool(decision.withdrawn_at)

    @invariant()
    def what_waits_can_be_read_by_whom_it_waits_for(self) -> None:
        if not hasattr(self, "team"):
            return
        for person in self.people.values():
            fresh = Person.objects.get(pk=person.pk)
            readable = {one.get_absolute_url() for one in Decision.objects.visible_to(fresh)}
            assert {due.url.partition("#")[0] for due in queries.due_for(fresh)} <= readable


@pytest.mark.django_db(transaction=True)
def test_no_order_of_deeds_breaks_what_must_hold() -> None:
    run_state_machine_as_test(
        Decisions, settings=settings(max_examples=12, stateful_step_count=25, deadline=None)
    )
