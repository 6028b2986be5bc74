"""Propose, confirm, adopt; ask for a change; keep; and what the clock does."""

import datetime as dt

import pytest
from django.utils import timezone

from styrfart.mandates import actions, jobs, queries
from styrfart.mandates.actions.adopting import one_year_from
from styrfart.mandates.facts import (
    MandateChanged,
    MandateIncomplete,
    MandateNotAdopted,
    MandateNotProposed,
    NotAllConfirmed,
)
from styrfart.mandates.models import Confirmation, Mandate, MandateState, Question, Remark
from styrfart.people.models import Person, Team, TeamMember, TeamRole
from styrfart.shared.models import OutgoingMail
from tests import make
from tests.make.mandates import whole_mandate

DRAFT, PROPOSED, ADOPTED, SUPERSEDED = MandateState


@pytest.fixture
def draft(team: Team, chair: Person, member: Person, secretary: Person, adjunct: Person) -> Mandate:
    return whole_mandate(team, by=chair)


@pytest.fixture
def proposal(draft: Mandate, chair: Person) -> Mandate:
    return actions.propose_mandate(mandate=draft, revision=1, actor=chair)


def leave(team: Team, person: Person) -> None:
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    TeamMember.objects.filter(team=team, person=person).update(valid_to=yesterday)


def state(mandate: Mandate) -> str:
    return Mandate.objects.get(pk=mandate.pk).state


def told() -> list[tuple[str, str]]:
    return list(OutgoingMail.objects.order_by("pk").values_list("address", "subject"))


def test_a_proposal_waits_for_the_members_and_tells_them(
    proposal: Mandate, chair: Person, member: Person, secretary: Person, adjunct: Person
) -> None:
    assert state(proposal) == PROPOSED
    assert told() == [(member.email, f"Bekräfta mandatet för {proposal.team}")]
    assert queries.to_confirm(member) == [proposal]
    assert [queries.to_confirm(person) for person in (chair, secretary, adjunct)] == [[], [], []]


def test_the_last_confirmation_adopts_and_supersedes_the_one_before(
    team: Team, draft: Mandate, chair: Person, member: Person
) -> None:
    draft.version = 9
    draft.save(update_fields=["version"])
    before = whole_mandate(team, state=ADOPTED)
    proposal = actions.propose_mandate(mandate=draft, revision=1, actor=chair)
    adopted = actions.confirm_mandate(mandate=proposal, revision=1, actor=member)
    today = timezone.localdate()
    assert (adopted.state, adopted.adopted_on, adopted.record_state) == (ADOPTED, today, "completed")
    assert adopted.review_on == one_year_from(today)
    before.refresh_from_db()
    assert (before.state, before.superseded_on) == (SUPERSEDED, today)
    assert queries.mandate_in_force(team) == adopted
    assert told()[-1] == (chair.email, f"Mandatet för {team} är antaget")


def test_a_chosen_review_date_is_kept(draft: Mandate, chair: Person, member: Person) -> None:
    day = timezone.localdate() + dt.timedelta(days=100)
    actions.propose_mandate(mandate=draft, revision=1, actor=chair, review_on=day)
    assert actions.confirm_mandate(mandate=draft, revision=1, actor=member).review_on == day


def test_a_year_from_leap_day_is_the_last_of_february() -> None:
    assert one_year_from(dt.date(2028, 2, 29)) == dt.date(2029, 2, 28)


def test_a_chair_without_members_adopts_alone(team: Team, chair: Person) -> None:
    draft = whole_mandate(team, by=chair)
    assert actions.propose_mandate(mandate=draft, revision=1, actor=chair).state == ADOPTED


def test_an_incomplete_mandate_is_not_proposed(team: Team, chair: Person) -> None:
    draft = actions.start_draft(team=team, source=None, actor=chair)
    with pytest.raises(MandateIncomplete) as missing:
        actions.propose_mandate(mandate=draft, revision=1, actor=chair)
    assert missing.value.questions == list(Question)
    assert state(draft) == DRAFT


def test_what_the_chair_has_not_read_is_not_proposed(draft: Mandate, chair: Person, member: Person) -> None:
    actions.answer_question(mandate=draft, question=Question.PURPOSE, value="Nytt", revision=1, actor=member)
    with pytest.raises(MandateChanged):
        actions.propose_mandate(mandate=draft, revision=1, actor=chair)


def test_what_a_member_has_not_read_is_not_confirmed(
    proposal: Mandate, chair: Person, member: Person
) -> None:
    actions.withdraw_proposal(mandate=proposal, actor=chair)
    actions.answer_question(
        mandate=proposal, question=Question.PURPOSE, value="Nytt", revision=1, actor=chair
    )
    actions.propose_mandate(mandate=proposal, revision=2, actor=chair)
    with pytest.raises(MandateChanged):
        actions.confirm_mandate(mandate=proposal, revision=1, actor=member)
    assert state(proposal) == PROPOSED


def test_confirming_twice_is_confirming_once(
    team: Team, draft: Mandate, chair: Person, member: Person
) -> None:
    make.member(team)
    proposal = actions.propose_mandate(mandate=draft, revision=1, actor=chair)
    for _ in range(2):
        actions.confirm_mandate(mandate=proposal, revision=1, actor=member)
    assert Confirmation.objects.filter(mandate=proposal).count() == 2
    assert state(proposal) == PROPOSED


def test_a_member_may_ask_for_a_change_and_the_chair_is_told(
    proposal: Mandate, chair: Person, member: Person
) -> None:
    actions.ask_for_change(mandate=proposal, text="Regel 3 är otydlig", actor=member)
    assert state(proposal) == DRAFT
    assert not proposal.confirmations.exists()
    assert Remark.objects.get().text == "Regel 3 är otydlig"
    assert told()[-1] == (chair.email, f"Samir Haddad vill ändra mandatet för {proposal.team}")
    with pytest.raises(MandateNotProposed):
        actions.confirm_mandate(mandate=proposal, revision=1, actor=member)


def test_a_withdrawn_proposal_is_a_draft_without_confirmations(proposal: Mandate, chair: Person) -> None:
    actions.withdraw_proposal(mandate=proposal, actor=chair)
    assert state(proposal) == DRAFT
    assert not proposal.confirmations.exists()
    with pytest.raises(MandateNotProposed):
        actions.withdraw_proposal(mandate=proposal, actor=chair)


def test_who_has_left_does_not_count_and_who_is_new_must_confirm(
    team: Team, proposal: Mandate, member: Person
) -> None:
    leave(team, member)
    newcomer = make.member(team).person
    so_far = queries.confirming(proposal, timezone.localdate())
    assert [given.person.given_name for given in so_far.confirmed] == ["Ingrid"]
    assert so_far.missing == (newcomer,)
    assert actions.confirm_mandate(mandate=proposal, revision=1, actor=newcomer).state == ADOPTED


def test_when_only_somebody_who_has_left_is_missing_the_clock_adopts(
    team: Team, proposal: Mandate, member: Person
) -> None:
    jobs.settle_proposals.func()
    assert state(proposal) == PROPOSED
    leave(team, member)
    for _ in range(2):
        jobs.settle_proposals.func()
    assert state(proposal) == ADOPTED


def test_the_chair_may_not_adopt_over_the_heads_of_members(
    team: Team, proposal: Mandate, chair: Person, member: Person
) -> None:
    with pytest.raises(NotAllConfirmed):
        actions.adopt_mandate(mandate=proposal, actor=chair)
    leave(team, member)
    assert actions.adopt_mandate(mandate=proposal, actor=chair).state == ADOPTED


def test_a_new_chair_confirms_what_the_former_proposed(
    team: Team, proposal: Mandate, chair: Person, member: Person
) -> None:
    leave(team, chair)
    newcomer = make.member(team, role=TeamRole.CHAIR).person
    assert actions.confirm_mandate(mandate=proposal, revision=1, actor=member).state == PROPOSED
    assert actions.confirm_mandate(mandate=proposal, revision=1, actor=newcomer).state == ADOPTED


def test_a_new_chair_is_told_what_a_member_wants_to_change(
    team: Team, proposal: Mandate, chair: Person, member: Person
) -> None:
    leave(team, chair)
    newcomer = make.member(team, role=TeamRole.CHAIR).person
    OutgoingMail.objects.all().delete()
    actions.ask_for_change(mandate=proposal, text="Syftet är för långt", actor=member)
    assert told() == [(newcomer.email, f"Samir Haddad vill ändra mandatet för {team}")]


def test_a_mandate_looked_through_and_kept_is_not_called_for_until_next_year(
    team: Team, chair: Person
) -> None:
    today = timezone.localdate()
    mandate = make.mandate(team, review_on=today - dt.timedelta(days=1))
    assert queries.review_call(queries.adopted_in_brief([team.pk])[0]) is not None
    kept = actions.keep_mandate(mandate=mandate, actor=chair)
    assert (kept.reviewed_on, kept.review_on) == (today, one_year_from(today))
    assert queries.review_call(queries.adopted_in_brief([team.pk])[0]) is None


def test_only_the_mandate_in_force_is_kept(proposal: Mandate, chair: Person) -> None:
    with pytest.raises(MandateNotAdopted):
        actions.keep_mandate(mandate=proposal, actor=chair)


def test_the_clock_tells_the_chair_once(team: Team, chair: Person, member: Person) -> None:
    make.mandate(team, review_on=timezone.localdate() - dt.timedelta(days=1))
    for _ in range(2):
        jobs.call_for_reviews.func()
    assert told() == [(chair.email, f"Se över mandatet för {team}")]
    assert f"Mandatet för {team} skulle ha setts över" in OutgoingMail.objects.get().body


@pytest.mark.parametrize(("days", "calls"), [(30, 1), (0, 1), (-1, 0)])
def test_a_team_is_called_for_a_review_as_long_as_it_is_there(
    team: Team, chair: Person, days: int, calls: int
) -> None:
    make.mandate(team, review_on=timezone.localdate() - dt.timedelta(days=1))
    Team.objects.update(valid_to=timezone.localdate() + dt.timedelta(days=days))
    jobs.call_for_reviews.func()
    assert len(told()) == calls


def test_a_review_that_has_begun_is_not_called_for(team: Team, chair: Person) -> None:
    mandate = make.mandate(team, review_on=timezone.localdate() - dt.timedelta(days=1))
    assert [call.mandate for call in queries.to_review(chair, timezone.localdate())] == [mandate]
    whole_mandate(team)
    jobs.call_for_reviews.func()
    assert told() == []
    assert queries.to_review(chair, timezone.localdate()) == []
