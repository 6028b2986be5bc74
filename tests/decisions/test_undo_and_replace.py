"""A decision can be undone for ten minutes; after that only a new decision changes it."""

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from styrfart.decisions import actions, queries, rules
from styrfart.decisions.actions import ON_UNDO
from styrfart.decisions.models import UNDO_FOR, Decision, ProgressKind
from styrfart.people.models import Person, Team, Unit
from styrfart.shared.models import AuditEntry, OutgoingMail
from tests import make
from tests.conftest import signed_in
from tests.decisions.conftest import aged, values

pytestmark = pytest.mark.django_db


def replacement(decider: Person, **changes: Any) -> dict[str, Any]:
    given = values(Team(), decider, text="Svar inom fem dagar.", **changes)
    del given["team"]
    return given


def test_undoing_withdraws_the_decision_and_tells_whom_it_was_told(
    team: Team, head: Person, member: Person, adjunct: Person
) -> None:
    decision = actions.make_decision(**values(team, head, owner=member, recipients=[adjunct]))
    OutgoingMail.objects.all().delete()
    actions.undo_decision(decision=decision, actor=head)
    decision.refresh_from_db()
    assert decision.withdrawn_at is not None
    assert {mail.recipient_id for mail in OutgoingMail.objects.all()} == {member.pk, adjunct.pk}
    assert {mail.subject for mail in OutgoingMail.objects.all()} == {f"Beslut {decision.number} är återtaget"}
    entry = AuditEntry.objects.get(verb="decisions.undo_decision")
    assert {person.pk for person in entry.concerns.all()} == {head.pk, member.pk, adjunct.pk}


def test_undoing_ends_after_ten_minutes_to_the_second(team: Team, head: Person) -> None:
    decision = actions.make_decision(**values(team, head))
    assert rules.can_undo(head, decision, now=decision.decided_at + UNDO_FOR)
    assert not rules.can_undo(head, decision, now=decision.decided_at + UNDO_FOR + dt.timedelta(seconds=1))
    with pytest.raises(actions.UndoTimeIsOver):
        actions.undo_decision(decision=aged(decision, minutes=11), actor=head)
    assert Decision.objects.get().withdrawn_at is None


def test_only_the_decider_undoes_and_only_once(team: Team, head: Person, secretary: Person) -> None:
    decision = actions.make_decision(**values(team, head))
    with pytest.raises(actions.NotTheDecider):
        actions.undo_decision(decision=decision, actor=secretary)
    actions.undo_decision(decision=decision, actor=head)
    with pytest.raises(actions.NotInForce):
        actions.undo_decision(decision=decision, actor=head)


def test_rooms_above_follow_when_a_decision_is_undone(team: Team, head: Person) -> None:
    decision = actions.make_decision(**values(team, head))
    followed: list[tuple[int, Person]] = []

    def follow(undone: Decision, actor: Person) -> None:
        followed.append((undone.pk, actor))

    ON_UNDO.append(follow)
    try:
        actions.undo_decision(decision=decision, actor=head)
    finally:
        ON_UNDO.remove(follow)
    assert followed == [(decision.pk, head)]


def test_a_new_decision_takes_the_place_of_the_old(
    team: Team, head: Person, member: Person, adjunct: Person
) -> None:
    old = aged(actions.make_decision(**values(team, head, owner=member, recipients=[adjunct])), minutes=60)
    OutgoingMail.objects.all().delete()
    new = actions.replace_decision(decision=old, **replacement(head))
    old = Decision.objects.select_related("replaced_by").get(pk=old.pk)
    assert (new.replaces, new.team, new.text) == (old, team, "Svar inom fem dagar.")
    assert rules.is_in_force(old) is False
    assert rules.is_in_force(new) is True
    assert list(Decision.objects.in_force()) == [new]
    assert old.progress.get().kind == ProgressKind.REPLACED
    # The owner and the recipient of the old one learn that it no longer holds.
    assert {mail.recipient_id for mail in OutgoingMail.objects.all()} == {member.pk, adjunct.pk}
    assert {mail.subject for mail in OutgoingMail.objects.all()} == {f"Beslut {old.number} är ersatt"}
    assert f"Beslut {new.number}" in OutgoingMail.objects.all()[0].body


def test_who_hears_of_the_new_one_is_not_told_twice(team: Team, head: Person, member: Person) -> None:
    old = actions.make_decision(**values(team, head, owner=member))
    OutgoingMail.objects.all().delete()
    new = actions.replace_decision(decision=old, **replacement(head, owner=member))
    assert OutgoingMail.objects.get().subject == f"Du ska genomföra beslut {new.number}"


def test_a_decision_is_replaced_once(team: Team, head: Person) -> None:
    old = actions.make_decision(**values(team, head))
    actions.replace_decision(decision=old, **replacement(head))
    with pytest.raises(actions.NotInForce):
        actions.replace_decision(decision=old, **replacement(head))
    undone = actions.make_decision(**values(team, head))
    actions.undo_decision(decision=undone, actor=head)
    with pytest.raises(actions.NotInForce):
        actions.replace_decision(decision=undone, **replacement(head))


def test_replacing_needs_the_right_to_decide(team: Team, head: Person, member: Person) -> None:
    old = actions.make_decision(**values(team, head))
    with pytest.raises(actions.NotAuthorised):
        actions.replace_decision(decision=old, **replacement(member))
    assert rules.is_in_force(Decision.objects.select_related("replaced_by").get(pk=old.pk))


def test_who_may_decide_for_another_unit_does_not_replace_what_concerns_this_one(
    team: Team, head: Person, member: Person
) -> None:
    """The new decision alone would be lawful: it concerns the unit that the member heads."""
    below = make.unit("Service", parent=team.unit)
    make.post(member, below)
    anothers = {"units": [below]}
    actions.make_decision(**values(team, member, **anothers))
    old = actions.make_decision(**values(team, head))
    with pytest.raises(actions.NotAuthorised):
        actions.replace_decision(decision=old, **replacement(member, **anothers))
    assert list(Decision.objects.in_force().filter(pk=old.pk)) == [old]
    assert Decision.objects.filter(replaces=old).count() == 0


def test_undoing_the_new_decision_puts_the_old_one_in_force_again(team: Team, head: Person) -> None:
    old = actions.make_decision(**values(team, head))
    new = actions.replace_decision(decision=old, **replacement(head))
    actions.undo_decision(decision=new, actor=head)
    assert list(Decision.objects.in_force()) == [old]
    assert [row.kind for row in old.progress.all()] == [ProgressKind.REPLACED, ProgressKind.RESTORED]
    assert AuditEntry.objects.get(verb="decisions.undo_decision").detail == {"replaces": [old.number, None]}
    third = actions.replace_decision(decision=old, **replacement(head))
    assert third.replaces == old


def test_whom_the_old_one_concerns_learns_that_it_holds_again(
    team: Team, head: Person, member: Person, adjunct: Person
) -> None:
    old = actions.make_decision(**values(team, head, owner=member))
    new = actions.replace_decision(decision=old, **anew(team, head, owner=adjunct))
    OutgoingMail.objects.all().delete()
    actions.undo_decision(decision=new, actor=head)
    told = {mail.recipient_id: mail.subject for mail in OutgoingMail.objects.all()}
    assert told == {
        member.pk: f"Beslut {old.number} gäller igen",
        adjunct.pk: f"Beslut {new.number} är återtaget",
    }


def test_whoever_decided_the_old_one_hears_that_somebody_above_has_replaced_it(
    team: Team, head: Person
) -> None:
    boss = head_above(team)
    old = actions.make_decision(**values(team, head))
    OutgoingMail.objects.all().delete()
    actions.replace_decision(decision=old, **anew(team, boss))
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [head]


def test_a_new_decision_keeps_what_the_old_one_said_of_a_major_change(team: Team, head: Person) -> None:
    """Else the change would come through without its risk assessment and consultation."""
    change = actions.MajorChange(urgency_ground="Brand i huset")
    old = aged(actions.make_decision(**values(team, head, change=change)), minutes=11)
    page = signed_in(head).get(reverse("decisions:replace-decision", args=at(old))).content.decode()
    assert "Brand i huset" in page
    assert re.search(r'name="is_major_change"[^>]* checked', page)


def test_no_effect_question_of_a_secret_decision_is_offered_to_those_who_may_not_read_it(
    team: Team, head: Person
) -> None:
    boss = head_above(team)
    secret = {"effect_question": "Hur mår hon?", "secrecy_ground": "OSL 39 kap. 2 §"}
    actions.make_decision(**values(team, head, **secret))
    assert "Hur mår hon?" in queries.choices_for(team, head).effects
    assert "Hur mår hon?" not in queries.choices_for(team, boss).effects


def head_above(team: Team) -> Person:
    """The head of a unit above the team's, who sits in no team."""
    above = make.unit("Staden")
    Unit.objects.filter(pk=team.unit_id).update(parent=above, path=f"{above.path}{team.unit_id}/")
    team.unit.refresh_from_db()
    return make.post(in_unit=above, title="Stadsdirektör").person


def anew(team: Team, decider: Person, **changes: Any) -> dict[str, Any]:
    """The keywords of a new decision in the old one's place."""
    return {key: value for key, value in values(team, decider, **changes).items() if key != "team"}


def at(decision: Decision) -> list[Any]:
    return [decision.team.slug, decision.year, decision.week, decision.sequence]


def test_a_page_that_has_grown_old_does_not_replace(team: Team, head: Person, member: Person) -> None:
    old = actions.make_decision(**values(team, head, owner=member))
    seen = old.revision
    actions.take_on(decision=old, actor=member)
    with pytest.raises(actions.HasMovedOn):
        actions.replace_decision(decision=old, revision=seen, **replacement(head))
    assert Decision.objects.count() == 1


def test_the_day_of_the_decision_is_the_local_day(team: Team, head: Person) -> None:
    decision = actions.make_decision(**values(team, head))
    local = timezone.localtime(decision.decided_at)
    assert (decision.year, decision.week) == local.isocalendar()[:2]
