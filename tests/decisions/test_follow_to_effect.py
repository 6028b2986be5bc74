"""The four steps: decided, distributed, done, effect followed; and what may be done when and by whom."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from styrfart.decisions import actions
from styrfart.decisions.models import Decision, DecisionStep, EffectVerdict, ProgressKind
from styrfart.people.models import Person, Team
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.decisions.conftest import aged, values

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(team: Team, head: Person, member: Person) -> Decision:
    """Decided by the chair, owned by the member."""
    made = actions.make_decision(**values(team, head, owner=member))
    OutgoingMail.objects.all().delete()
    return made


def test_the_way_to_effect_in_four_steps(decision: Decision, member: Person) -> None:
    steps = [decision.step]
    decision = actions.take_on(decision=decision, actor=member)
    steps.append(decision.step)
    decision = actions.report_done(decision=decision, actor=member, note="Alla är med.")
    steps.append(decision.step)
    decision = actions.follow_effect(
        decision=decision, verdict=EffectVerdict.PROBABLE, note="87 procent, mot 71.", actor=member
    )
    steps.append(decision.step)
    assert steps == list(DecisionStep)
    assert [(row.kind, row.note, row.by) for row in decision.progress.all()] == [
        (ProgressKind.TAKEN_ON, "", member),
        (ProgressKind.DONE, "Alla är med.", member),
        (ProgressKind.EFFECT, "87 procent, mot 71.", member),
    ]
    decision.refresh_from_db()
    assert (decision.effect_verdict, decision.effect_note) == ("probable", "87 procent, mot 71.")
    assert decision.revision == 4
    verbs = AuditEntry.objects.exclude(verb="decisions.make_decision").order_by("pk")
    assert [entry.verb for entry in verbs] == ["decisions.taken_on", "decisions.done", "decisions.effect"]


def test_what_one_decides_and_owns_is_distributed_at_once(team: Team, head: Person) -> None:
    assert actions.make_decision(**values(team, head)).step == DecisionStep.DISTRIBUTED


def test_taking_on_twice_changes_nothing(decision: Decision, member: Person) -> None:
    first = actions.take_on(decision=decision, actor=member).distributed_at
    assert actions.take_on(decision=decision, actor=member).distributed_at == first
    assert decision.progress.count() == 1


def test_effect_is_followed_only_after_done_and_once(decision: Decision, member: Person) -> None:
    follow: dict[str, Any] = {"verdict": "clear", "note": "Det syns.", "actor": member}
    with pytest.raises(actions.NotDoneYet):
        actions.follow_effect(decision=decision, **follow)
    actions.report_done(decision=decision, actor=member)
    with pytest.raises(actions.TextIsMissing):
        actions.follow_effect(decision=decision, **{**follow, "note": " "})
    actions.follow_effect(decision=decision, **follow)
    with pytest.raises(actions.EffectIsFollowed):
        actions.follow_effect(decision=decision, **follow)


def test_done_is_reported_once_and_says_that_somebody_took_it_on(decision: Decision, member: Person) -> None:
    done = actions.report_done(decision=decision, actor=member)
    assert done.distributed_at == done.done_at
    with pytest.raises(actions.AlreadyDone):
        actions.report_done(decision=decision, actor=member)


def test_what_was_not_done_after_all_is_opened_again_until_the_effect_is_followed(
    decision: Decision, member: Person
) -> None:
    with pytest.raises(actions.NotDoneYet):
        actions.reopen_decision(decision=decision, actor=member)
    actions.report_done(decision=decision, actor=member)
    assert actions.reopen_decision(decision=decision, actor=member).step == DecisionStep.DISTRIBUTED
    actions.report_done(decision=decision, actor=member)
    actions.follow_effect(decision=decision, verdict="none", note="Ingen skillnad.", actor=member)
    with pytest.raises(actions.EffectIsFollowed):
        actions.reopen_decision(decision=decision, actor=member)


def test_a_moved_day_keeps_the_first_promise_and_moves_the_effect_along(
    decision: Decision, member: Person
) -> None:
    first, effect = decision.due_on, decision.effect_on
    later = first + dt.timedelta(days=10)
    moved = actions.move_due(decision=decision, due_on=later, reason="Två är sjuka.", actor=member)
    assert (moved.due_on, moved.first_due_on, moved.effect_on) == (later, first, effect)
    last = effect + dt.timedelta(days=5)
    moved = actions.move_due(decision=decision, due_on=last, reason="Upphandling.", actor=member)
    assert (moved.due_on, moved.first_due_on) == (last, first)
    assert moved.effect_on == effect + (last - later)
    assert [(row.due_from, row.due_to, row.note) for row in moved.progress.all()] == [
        (first, later, "Två är sjuka."),
        (later, last, "Upphandling."),
    ]


def test_the_owner_is_told_when_somebody_else_moves_the_day(
    decision: Decision, member: Person, head: Person
) -> None:
    later = decision.due_on + dt.timedelta(days=10)
    actions.move_due(decision=decision, due_on=later, reason="Nämnden vill vänta.", actor=head)
    told = OutgoingMail.objects.get()
    assert (told.recipient, told.subject) == (member, f"Nytt datum för beslut {decision.number}")
    assert "Nämnden vill vänta." in told.body
    actions.move_due(decision=decision, due_on=later + dt.timedelta(days=1), reason="Mer.", actor=member)
    assert OutgoingMail.objects.count() == 1


def test_a_day_is_moved_forward_from_today_with_a_reason_and_never_after_done(
    decision: Decision, member: Person
) -> None:
    today = timezone.localdate()
    for due_on, reason, refusal in (
        (today - dt.timedelta(days=1), "Skäl", actions.DatesAreOutOfOrder),
        (decision.due_on, "Skäl", actions.DatesAreOutOfOrder),
        (today, " ", actions.TextIsMissing),
    ):
        with pytest.raises(refusal):
            actions.move_due(decision=decision, due_on=due_on, reason=reason, actor=member)
    actions.report_done(decision=decision, actor=member)
    with pytest.raises(actions.AlreadyDone):
        actions.move_due(decision=decision, due_on=today, reason="Skäl", actor=member)


def test_a_note_says_where_it_stands_and_changes_no_step(decision: Decision, member: Person) -> None:
    noted = actions.note_progress(decision=decision, note="Halva vägen.", actor=member)
    assert noted.step == DecisionStep.DECIDED
    assert [(row.kind, row.step, row.note) for row in noted.progress.all()] == [
        (ProgressKind.NOTE, DecisionStep.DECIDED, "Halva vägen.")
    ]
    with pytest.raises(actions.TextIsMissing):
        actions.note_progress(decision=decision, note="", actor=member)


def test_a_review_lets_the_decision_stand_until_another_day(decision: Decision, head: Person) -> None:
    again = timezone.localdate() + dt.timedelta(days=365)
    reviewed = actions.review_decision(decision=decision, actor=head, note="Gäller.", review_on=again)
    assert (reviewed.review_on, reviewed.progress.get().kind) == (again, ProgressKind.REVIEWED)
    with pytest.raises(actions.DatesAreOutOfOrder):
        actions.review_decision(decision=decision, actor=head, review_on=timezone.localdate())
    assert actions.review_decision(decision=decision, actor=head).review_on is None


def test_a_receipt_is_given_once_by_the_recipient(team: Team, head: Person, adjunct: Person) -> None:
    decision = actions.make_decision(**values(team, head, recipients=[adjunct]))
    first = actions.confirm_receipt(decision=decision, actor=adjunct).received_at
    assert first is not None
    assert actions.confirm_receipt(decision=decision, actor=adjunct).received_at == first
    assert AuditEntry.objects.filter(verb="decisions.confirm_receipt").count() == 1
    with pytest.raises(PermissionDenied):
        actions.confirm_receipt(decision=decision, actor=head)


@pytest.mark.parametrize(
    "act",
    [
        lambda decision, actor: actions.take_on(decision=decision, actor=actor),
        lambda decision, actor: actions.note_progress(decision=decision, note="Läget", actor=actor),
        lambda decision, actor: actions.report_done(decision=decision, actor=actor),
        lambda decision, actor: actions.reopen_decision(decision=decision, actor=actor),
        lambda decision, actor: actions.follow_effect(
            decision=decision, verdict="clear", note="Ja", actor=actor
        ),
        lambda decision, actor: actions.move_due(
            decision=decision, due_on=timezone.localdate(), reason="Skäl", actor=actor
        ),
        lambda decision, actor: actions.review_decision(decision=decision, actor=actor),
        lambda decision, actor: actions.create_action(
            team=decision.team,
            decision=decision,
            text="Boka",
            owner=actor,
            due_on=timezone.localdate(),
            actor=actor,
        ),
    ],
)
def test_nothing_more_happens_to_what_is_undone_or_replaced(
    team: Team, head: Person, act: Callable[[Decision, Person], object]
) -> None:
    undone = actions.make_decision(**values(team, head))
    actions.undo_decision(decision=undone, actor=head)
    replaced = actions.make_decision(**values(team, head))
    new = values(team, head)
    del new["team"]
    actions.replace_decision(decision=replaced, **new)
    before = list(Decision.objects.order_by("pk").values())
    for decision in (undone, replaced):
        with pytest.raises(actions.NotInForce):
            act(decision, head)
    assert list(Decision.objects.order_by("pk").values()) == before


def test_two_tabs_do_not_overwrite_each_other(decision: Decision, member: Person) -> None:
    seen = decision.revision
    actions.note_progress(decision=decision, note="Från den ena fliken", actor=member)
    with pytest.raises(actions.HasMovedOn):
        actions.report_done(decision=decision, actor=member, revision=seen)
    with pytest.raises(actions.HasMovedOn):
        actions.move_due(
            decision=decision, due_on=timezone.localdate(), reason="Skäl", actor=member, revision=seen
        )
    assert Decision.objects.get().done_at is None


def test_what_the_committee_is_told_of_is_marked_all_or_none(team: Team, secretary: Person) -> None:
    decider = make.post(in_unit=team.unit, title="Enhetschef").person
    point = make.point(make.scheme(team.unit))
    by_point = {"authority": "delegation", "delegation_point": point}
    one, two = (actions.make_decision(**values(team, decider, **by_point)) for _ in range(2))
    other = actions.make_decision(**values(team, decider))
    today = timezone.localdate()
    with pytest.raises(actions.IsNotReported):
        actions.mark_reported(team=team, decisions=[one, other], reported_on=today, actor=secretary)
    for day in (today + dt.timedelta(days=1), today - dt.timedelta(days=1)):
        with pytest.raises(actions.DatesAreOutOfOrder):
            actions.mark_reported(team=team, decisions=[one], reported_on=day, actor=secretary)
    with pytest.raises(PermissionDenied):
        actions.mark_reported(team=team, decisions=[one], reported_on=today, actor=decider)
    assert Decision.objects.filter(reported_on__isnull=False).count() == 0
    actions.mark_reported(team=team, decisions=[one, two], reported_on=today, actor=secretary)
    assert Decision.objects.filter(reported_on=today).count() == 2
    with pytest.raises(actions.IsNotReported):
        actions.mark_reported(team=team, decisions=[one], reported_on=today, actor=secretary)


def test_letters_say_no_more_of_what_becomes_secret(
    team: Team, head: Person, member: Person, secretary: Person, stranger: Person
) -> None:
    """Sent ones are erased, waiting ones go on their way with other words, later ones have none to lose."""
    decision = actions.make_decision(
        **values(team, head, owner=member, recipients=[stranger], text="Hon får en varning.")
    )
    actions.create_action(
        team=team, decision=decision, text="Ring henne", owner=member, due_on=decision.due_on, actor=head
    )
    other = actions.make_decision(**values(team, head, owner=member, text="Vi byter lampor."))
    sent = OutgoingMail.objects.filter(recipient=stranger)
    sent.update(state=OutgoingMail.State.SENT)
    assert [mail.body.count("varning") for mail in sent.all()] == [1]
    given: dict[str, Any] = {"secrecy_ground": "OSL 39 kap. 2 §", "registry_number": ""}
    actions.register_decision(decision=decision, actor=secretary, **given)
    assert [mail.body for mail in sent.all()] == [""]
    waiting = OutgoingMail.objects.filter(recipient=member).exclude(about__endswith=f"decision/{other.pk}")
    assert [mail.state for mail in waiting] == [OutgoingMail.State.WAITING] * 2
    for mail in waiting:
        assert "varning" not in mail.body
        assert "Ring henne" not in mail.subject + mail.body
        assert "omfattas nu av sekretess" in mail.body
        assert decision.get_absolute_url() in mail.body
    [untouched] = OutgoingMail.objects.filter(about__endswith=f"decision/{other.pk}")
    assert "Vi byter lampor." in untouched.body


def test_registering_is_the_secretarys_and_is_seen_in_the_audit_log(
    decision: Decision, secretary: Person, head: Person
) -> None:
    given: dict[str, Any] = {"secrecy_ground": "OSL 39 kap. 2 §", "registry_number": "1.1-12/2026"}
    with pytest.raises(PermissionDenied):
        actions.register_decision(decision=decision, actor=head, **given)
    actions.register_decision(decision=decision, actor=secretary, **given)
    entry = AuditEntry.objects.get(verb="decisions.register_decision")
    assert entry.detail == {name: ["", value] for name, value in given.items()}
    actions.register_decision(decision=decision, actor=secretary, **given)
    assert AuditEntry.objects.filter(verb="decisions.register_decision").count() == 1
    aged(decision, days=30)
    with pytest.raises(actions.HasMovedOn):
        actions.register_decision(decision=decision, actor=secretary, revision=1, **given)
