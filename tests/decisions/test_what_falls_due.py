"""What waits for whom, what is on its way, and how many decisions are carried out in time."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from styrfart.decisions import actions, queries
from styrfart.decisions.models import Action, Decision
from styrfart.decisions.queries import DueKind, Quarter, quarter_of
from styrfart.people.models import Person, Team
from tests import make
from tests.decisions.conftest import aged, shifted, values

pytestmark = pytest.mark.django_db


def kinds(person: Person) -> list[DueKind]:
    """What waits for the person, as on a request of its own."""
    return [one.kind for one in queries.due_for(Person.objects.get(pk=person.pk))]


def test_a_new_decision_waits_for_its_owner_and_its_recipients(
    team: Team, head: Person, member: Person, adjunct: Person
) -> None:
    decision = actions.make_decision(**values(team, head, owner=member, recipients=[adjunct]))
    assert (kinds(member), kinds(adjunct), kinds(head)) == ([DueKind.TAKE_ON], [DueKind.RECEIPT], [])
    [one] = queries.due_for(member)
    assert one.title == f"Ta dig an beslut {decision.number}"
    assert one.why.startswith("Ingrid Hall beslutade i dag. Klart senast ")
    assert (one.verb, one.url) == ("Ta dig an", f"{decision.get_absolute_url()}#nasta")
    actions.take_on(decision=decision, actor=member)
    actions.confirm_receipt(decision=decision, actor=adjunct)
    assert (kinds(member), kinds(adjunct)) == ([], [])


def test_a_due_day_comes_back_to_the_owner_and_two_weeks_later_to_the_chair(
    team: Team, head: Person, member: Person
) -> None:
    decision = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=0)
    assert (kinds(member), kinds(head)) == ([DueKind.DONE], [])
    shifted(decision, due_on=-13)
    assert (kinds(member), kinds(head)) == ([DueKind.DONE], [])
    shifted(decision, due_on=-14)
    assert (kinds(member), kinds(head)) == ([DueKind.DONE], [DueKind.OVERDUE])
    [one] = queries.due_for(head)
    assert one.title == f"Beslut {decision.number} är 14 dagar sent"
    actions.report_done(decision=decision, actor=member)
    assert (kinds(member), kinds(head)) == ([], [])


def test_effect_and_review_come_back_on_their_days(team: Team, head: Person, member: Person) -> None:
    decision = actions.make_decision(**values(team, head, owner=member))
    actions.report_done(decision=decision, actor=member)
    shifted(decision, due_on=-1, effect_on=1, review_on=1)
    assert (kinds(member), kinds(head)) == ([], [])
    shifted(decision, effect_on=0, review_on=0)
    assert (kinds(member), kinds(head)) == ([DueKind.EFFECT], [DueKind.REVIEW])
    actions.follow_effect(decision=decision, verdict="clear", note="Ja.", actor=member)
    actions.review_decision(decision=decision, actor=head)
    assert (kinds(member), kinds(head)) == ([], [])


def test_an_action_comes_back_on_its_day(team: Team, member: Person) -> None:
    action = make.action(team, owner=member, due_on=timezone.localdate())
    make.action(team, owner=member)
    [one] = queries.due_for(member)
    assert (one.kind, one.title, one.url) == (DueKind.ACTION, "Boka rum", action.get_absolute_url())
    actions.complete_action(action=action, actor=member)
    assert kinds(member) == []


def test_the_most_overdue_comes_first_and_what_does_not_hold_waits_for_nobody(
    team: Team, head: Person, member: Person
) -> None:
    for days in (-2, -9, -5):
        shifted(actions.make_decision(**values(team, head, owner=member)), due_on=days)
    undone = actions.make_decision(**values(team, head, owner=member, recipients=[member]))
    actions.undo_decision(decision=undone, actor=head)
    waiting = queries.due_for(member)
    today = timezone.localdate()
    assert [(today - one.on).days for one in waiting] == [9, 5, 2]
    assert all(one.is_late for one in waiting)


def test_a_secret_decision_waits_only_for_those_who_may_read_it(
    team: Team, head: Person, stranger: Person
) -> None:
    decision = actions.make_decision(**values(team, head, owner=stranger, recipients=[stranger]))
    other = actions.make_decision(**values(team, head, recipients=[stranger]))
    assert kinds(stranger) == [DueKind.RECEIPT, DueKind.TAKE_ON]
    Decision.objects.filter(pk__in=[decision.pk, other.pk]).update(secrecy_ground="OSL 39 kap. 2 §")
    assert kinds(stranger) == []


@pytest.mark.parametrize("size", [1, 3])
def test_what_waits_takes_three_questions_of_the_database(
    team: Team, head: Person, member: Person, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-1)
        actions.make_decision(**values(team, head, recipients=[member]))
        make.action(team, owner=member, due_on=timezone.localdate())
    fresh = Person.objects.get(pk=member.pk)
    queries.due_for(fresh)
    with django_assert_num_queries(3):
        assert len(queries.due_for(fresh)) == 3 * size


@pytest.mark.parametrize("size", [1, 3])
def test_decisions_on_their_way_take_one_question(
    team: Team, head: Person, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        actions.make_decision(**values(team, head))
    queries.on_their_way(head)
    with django_assert_num_queries(1):
        rows = queries.on_their_way(head, team=team)
        assert [(row.word, row.decision.owner.full_name) for row in rows] == [("i tid", "Ingrid Hall")] * size


def test_on_their_way_late_first_and_followed_effects_for_a_month(
    team: Team, head: Person, member: Person, stranger: Person
) -> None:
    followed = actions.make_decision(**values(team, head))
    actions.report_done(decision=followed, actor=head)
    actions.follow_effect(decision=followed, verdict="clear", note="Ja.", actor=head)
    late = shifted(actions.make_decision(**values(team, head, owner=member)), due_on=-6)
    coming = actions.make_decision(**values(team, head))
    undone = actions.make_decision(**values(team, head))
    actions.undo_decision(decision=undone, actor=head)
    rows = queries.on_their_way(head)
    assert [row.decision for row in rows] == [late, coming, followed]
    assert [(row.word, row.tone) for row in rows] == [
        ("sex dagar sent", "late"),
        ("i tid", "none"),
        ("tydlig förbättring", "ok"),
    ]
    assert queries.on_their_way(stranger) == []
    Decision.objects.filter(pk=followed.pk).update(effect_at=timezone.now() - dt.timedelta(days=31))
    assert [row.decision for row in queries.on_their_way(head)] == [late, coming]


# --- Styrfart ----------------------------------------------------------------------------------------
def test_quarters() -> None:
    assert quarter_of(dt.date(2026, 11, 22)) == Quarter(2026, 4)
    assert [(Quarter(2026, n).first, Quarter(2026, n).last) for n in (1, 2, 3, 4)] == [
        (dt.date(2026, 1, 1), dt.date(2026, 3, 31)),
        (dt.date(2026, 4, 1), dt.date(2026, 6, 30)),
        (dt.date(2026, 7, 1), dt.date(2026, 9, 30)),
        (dt.date(2026, 10, 1), dt.date(2026, 12, 31)),
    ]
    assert Quarter(2026, 1).before == Quarter(2025, 4)
    assert Quarter(2026, 4).before == Quarter(2026, 3)


def promised(team: Team, head: Person, due_on: dt.date, done_on: dt.date | None, **fields: Any) -> Decision:
    """A decision due on a day and done on another, long ago."""
    decision = make.decision(team, by=head, owner=head, due_on=due_on)
    done_at = done_on and timezone.make_aware(dt.datetime.combine(done_on, dt.time(23, 30)))
    Decision.objects.filter(pk=decision.pk).update(
        done_at=done_at,
        distributed_at=done_at,
        decided_at=timezone.make_aware(dt.datetime.combine(due_on - dt.timedelta(days=60), dt.time(9))),
        **fields,
    )
    decision.refresh_from_db()
    return decision


def replaced_on(decision: Decision, day: dt.date) -> None:
    moment = timezone.make_aware(dt.datetime.combine(day, dt.time(0, 5)))
    Decision.objects.filter(pk=decision.pk).update(replaced_at=moment)


def test_styrfart_counts_what_was_promised_for_the_quarter(team: Team, chair: Person) -> None:
    last = quarter_of(timezone.localdate()).before
    day = last.first
    week = dt.timedelta(days=7)
    promised(team, chair, day, day)  # on the day itself, late at night
    promised(team, chair, day + week, day + week + dt.timedelta(days=1))  # a day late
    promised(team, chair, day + 2 * week, day)  # early
    promised(team, chair, day + 3 * week, None)  # still open: not done
    promised(team, chair, last.last, last.last)
    promised(team, chair, day - dt.timedelta(days=1), day)  # another quarter
    # A day that was moved: the first promise counts.
    promised(team, chair, day + 20 * week, day + 5 * week, first_due_on=day + 4 * week)
    found = queries.styrfart(team, last)
    assert (found.on_time, found.due) == (3, 6)
    assert found.dots == (True, False, True, False, False, True)


def test_what_was_undone_or_replaced_before_its_day_was_never_due(team: Team, chair: Person) -> None:
    last = quarter_of(timezone.localdate()).before
    day = last.first + dt.timedelta(days=30)
    promised(team, chair, day, None, withdrawn_at=timezone.now())
    old = promised(team, chair, day, None)
    replaced_on(old, day)
    assert queries.styrfart(team, last).dots == ()
    # Replaced only after its day had passed: not done in time.
    replaced_on(old, day + dt.timedelta(days=1))
    assert queries.styrfart(team, last).dots == (False,)


def test_in_a_quarter_that_runs_only_what_has_fallen_due_counts(team: Team, chair: Person) -> None:
    today = timezone.localdate()
    promised(team, chair, today, None)
    now = quarter_of(today)
    assert queries.styrfart(team, now).dots == ()
    promised(team, chair, today, today)
    assert queries.styrfart(team, now).dots == (True,)


@pytest.mark.parametrize("size", [1, 3])
def test_styrfart_takes_one_question(
    team: Team, chair: Person, size: int, django_assert_num_queries: Any
) -> None:
    last = quarter_of(timezone.localdate()).before
    for _ in range(size):
        promised(team, chair, last.first, last.first)
    with django_assert_num_queries(1):
        assert queries.styrfart(team, last).due == size


# --- Search ------------------------------------------------------------------------------------------
def test_search_finds_words_numbers_and_capitals_among_what_one_may_read(
    team: Team, head: Person, stranger: Person
) -> None:
    decision = actions.make_decision(**values(team, head, text="Översyn av ÄRENDENA", reasons="Kö."))
    for text in ("översyn", "ÖVERSYN ärendena", "kö", "svar i tid", decision.number):
        assert queries.search(head, text) == [decision], text
    for text in ("", "   ", "översyn saknas", "99:1", "%", "_", ".*", "\0"):
        assert queries.search(head, text) == [], text
    assert queries.search(stranger, "översyn") == []
    for mine in (values(team, head, owner=stranger), values(team, head, recipients=[stranger])):
        heard = actions.make_decision(**mine | {"text": "Växeln"})
        assert queries.search(stranger, "växeln") == [heard]
        Decision.objects.filter(pk=heard.pk).update(secrecy_ground="OSL 39 kap. 2 §")
        assert queries.search(stranger, "växeln") == []
        assert queries.search(head, "växeln")[0] == heard
    actions.undo_decision(decision=decision, actor=head)
    assert queries.search(head, "översyn") == []


@pytest.mark.parametrize("size", [1, 3])
def test_search_takes_one_question(
    team: Team, head: Person, size: int, django_assert_num_queries: Any
) -> None:
    for _ in range(size):
        actions.make_decision(**values(team, head))
    queries.due_for(head)
    with django_assert_num_queries(1):
        found = queries.search(head, "synpunkter")
        assert [(one.team.name, one.owner.full_name) for one in found] == [(team.name, "Ingrid Hall")] * size


def test_old_actions_that_nobody_owns_are_not_mine(team: Team, member: Person, stranger: Person) -> None:
    make.action(team, owner=member, due_on=timezone.localdate() - dt.timedelta(days=5))
    assert Action.objects.count() == 1
    assert kinds(stranger) == []
    aged(make.decision(team, by=member), days=3)
    assert kinds(stranger) == []
