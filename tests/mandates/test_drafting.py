"""Writing a draft: beginning, answering, and two who write at the same time."""

import datetime as dt

import pytest

from styrfart.mandates import actions, queries
from styrfart.mandates.actions.ruling import MAX_RULES
from styrfart.mandates.facts import (
    MandateAlreadyOpen,
    MandateChanged,
    MandateNotDraft,
    RuleRemoved,
    TooManyRules,
)
from styrfart.mandates.models import Destination, Mandate, MandateState, Question, Rule
from styrfart.mandates.starting_points import read
from styrfart.people.models import Person, Team, UnitKind
from styrfart.shared.models import AuditEntry
from tests import make
from tests.make.mandates import whole_mandate

PURPOSE = Question.PURPOSE


def numbers(mandate: Mandate) -> list[tuple[int, str]]:
    return list(mandate.rules.values_list("number", "concerns"))


def says(concerns: str, **hints: object) -> actions.RuleText:
    return actions.RuleText(concerns=concerns, destination=Destination.MEETING, **hints)  # type: ignore[arg-type]  # any value


def test_a_first_draft_is_empty_and_version_one(draft: Mandate) -> None:
    assert (draft.version, draft.state, draft.purpose) == (1, MandateState.DRAFT, "")
    assert AuditEntry.objects.get().verb == "mandates.start_draft"


def test_a_team_has_one_open_version_at_a_time(team: Team, chair: Person, draft: Mandate) -> None:
    with pytest.raises(MandateAlreadyOpen):
        actions.start_draft(team=team, source=None, actor=chair)
    assert Mandate.objects.count() == 1


def test_a_starting_point_fills_the_draft(team: Team, chair: Person) -> None:
    start = read("office")
    draft = actions.start_draft(team=team, source=start, actor=chair)
    assert draft.purpose == start.purpose
    assert draft.norms.splitlines() == list(start.norms)
    assert draft.target_mix == dict(start.target_mix)
    assert list(draft.results.values_list("text", "measure")) == list(start.results)
    assert numbers(draft) == [(number, rule.concerns) for number, rule in enumerate(start.rules, 1)]


def test_what_goes_to_the_team_above_finds_it(chair: Person) -> None:
    office = make.unit()
    above = make.team(of_unit=office)
    below = make.team(of_unit=make.unit("Avdelning", kind=UnitKind.DIVISION, parent=office))
    draft = actions.start_draft(team=below, source=read("division"), actor=chair)
    assert [rule.to_team for rule in draft.rules.filter(destination=Destination.TEAM)] == [above]


def test_without_a_team_above_such_matters_go_to_the_line(team: Team, chair: Person) -> None:
    draft = actions.start_draft(team=team, source=read("division"), actor=chair)
    assert not draft.rules.filter(destination=Destination.TEAM).exists()
    assert draft.rules.get(number=4).destination == Destination.LINE


def test_a_new_version_copies_the_adopted_one_and_its_rules_keep_their_keys(
    team: Team, chair: Person
) -> None:
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    rule = adopted.rules.get()
    rule.units.set([make.unit("Projekt norr")])
    rule.points.set([make.point()])
    draft = actions.start_draft(team=team, source=adopted, actor=chair)
    copy = draft.rules.get()
    assert draft.version == 2
    assert (draft.purpose, draft.norms, draft.target_mix) == (
        adopted.purpose,
        adopted.norms,
        adopted.target_mix,
    )
    assert [row.text for row in draft.results.all()] == ["Svar i tid"]
    assert copy.pk != rule.pk
    assert copy.key == rule.key
    assert list(copy.units.all()) == list(rule.units.all())
    assert list(copy.points.all()) == list(rule.points.all())
    assert queries.mandate_in_force(team) == adopted


def test_a_new_version_refers_to_the_points_of_the_scheme_in_force(chair: Person) -> None:
    committee = make.unit("Nämnden", kind=UnitKind.COMMITTEE)
    team = make.team(of_unit=make.unit("Kontoret", parent=committee))
    before = make.scheme(committee, valid_to=dt.date(2025, 12, 31))
    gone = make.point(before, "9.9")
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    adopted.rules.get().points.set([make.point(before, "1.1"), gone])
    now = make.point(make.scheme(committee, valid_from=dt.date(2026, 1, 1)), "1.1")
    draft = actions.start_draft(team=team, source=adopted, actor=chair)
    assert set(draft.rules.get().points.all()) == {now, gone}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        (Question.PURPOSE, "Vi leder kontoret."),
        (Question.ONLY_WE, "Väga behov."),
        (Question.TEAM_TYPE, "coordinating"),
        (Question.NORMS, "Ett\nTvå"),
        (Question.TARGET_MIX, {"information": 20, "dialogue": 80}),
    ],
)
def test_an_answer_is_saved(draft: Mandate, chair: Person, question: Question, value: object) -> None:
    actions.answer_question(mandate=draft, question=question, value=value, revision=1, actor=chair)  # type: ignore[arg-type]  # any value
    draft.refresh_from_db()
    assert getattr(draft, question.value) == value
    assert draft.revision == 2


def test_results_are_saved_in_order_and_replaced(draft: Mandate, chair: Person) -> None:
    for rows in ([("Ett", "a"), ("Två", "")], [("Tre", "")]):
        draft = actions.answer_question(
            mandate=draft, question=Question.RESULTS, value=rows, revision=draft.revision, actor=chair
        )
    assert list(draft.results.values_list("position", "text", "measure")) == [(1, "Tre", "")]


def test_of_two_who_answer_the_same_question_the_second_is_told_and_nothing_is_lost(
    draft: Mandate, chair: Person, member: Person
) -> None:
    actions.answer_question(mandate=draft, question=PURPOSE, value="Mitt", revision=1, actor=member)
    with pytest.raises(MandateChanged) as told:
        actions.answer_question(mandate=draft, question=PURPOSE, value="Ditt", revision=1, actor=chair)
    assert told.value.by == member.full_name
    draft.refresh_from_db()
    assert draft.purpose == "Mitt"


def test_having_seen_both_texts_the_second_may_save_theirs(
    draft: Mandate, chair: Person, member: Person
) -> None:
    actions.answer_question(mandate=draft, question=PURPOSE, value="Mitt", revision=1, actor=member)
    actions.answer_question(mandate=draft, question=PURPOSE, value="Vårt", revision=2, actor=chair)
    draft.refresh_from_db()
    assert draft.purpose == "Vårt"


def test_two_who_answer_different_questions_do_not_disturb_each_other(
    draft: Mandate, chair: Person, member: Person
) -> None:
    actions.answer_question(mandate=draft, question=PURPOSE, value="Mitt", revision=1, actor=member)
    actions.answer_question(mandate=draft, question=Question.NORMS, value="Lyssna", revision=1, actor=chair)
    draft.refresh_from_db()
    assert (draft.purpose, draft.norms) == ("Mitt", "Lyssna")


def test_saving_what_stands_there_already_changes_nothing(
    draft: Mandate, chair: Person, member: Person
) -> None:
    actions.answer_question(mandate=draft, question=PURPOSE, value="Samma", revision=1, actor=member)
    again = actions.answer_question(mandate=draft, question=PURPOSE, value="Samma", revision=1, actor=chair)
    assert again.revision == 2
    assert AuditEntry.objects.filter(verb="mandates.answer_question").count() == 1


@pytest.mark.parametrize("state", [MandateState.PROPOSED, MandateState.ADOPTED, MandateState.SUPERSEDED])
def test_only_a_draft_is_written_in(team: Team, chair: Person, state: MandateState) -> None:
    mandate = whole_mandate(team, state=state)
    rule = mandate.rules.get()
    with pytest.raises(MandateNotDraft):
        actions.answer_question(mandate=mandate, question=PURPOSE, value="Nytt", revision=1, actor=chair)
    with pytest.raises(MandateNotDraft):
        actions.add_rule(mandate=mandate, text=says("Nytt"), actor=chair)
    with pytest.raises(MandateNotDraft):
        actions.change_rule(rule=rule, text=says("Nytt"), revision=9, actor=chair)
    with pytest.raises(MandateNotDraft):
        actions.move_rule(rule=rule, up=True, actor=chair)
    with pytest.raises(MandateNotDraft):
        actions.remove_rule(rule=rule, revision=9, actor=chair)
    with pytest.raises(MandateNotDraft):
        actions.discard_draft(mandate=mandate, actor=chair)
    assert Rule.objects.get().concerns == rule.concerns


def test_a_rule_is_added_last_with_its_hints(draft: Mandate, chair: Person) -> None:
    unit, point = make.unit("Projekt norr"), make.point()
    actions.add_rule(mandate=draft, text=says("Först"), actor=chair)
    actions.add_rule(
        mandate=draft,
        text=says("Sist", words=["konsult"], units=[unit], points=[point], amount_max=500),
        actor=chair,
    )
    rule = Rule.objects.get(number=2)
    assert (rule.concerns, rule.words, rule.amount_max) == ("Sist", ["konsult"], 500)
    assert (list(rule.units.all()), list(rule.points.all())) == ([unit], [point])
    assert rule.changed_by == chair


def test_rules_are_moved_and_removed_and_stay_numbered_from_one(draft: Mandate, chair: Person) -> None:
    one, two, three = (
        actions.add_rule(mandate=draft, text=says(text), actor=chair) for text in ("Ett", "Två", "Tre")
    )
    actions.move_rule(rule=three, up=True, actor=chair)
    assert numbers(draft) == [(1, "Ett"), (2, "Tre"), (3, "Två")]
    actions.move_rule(rule=one, up=True, actor=chair)
    actions.move_rule(rule=two, up=False, actor=chair)
    assert numbers(draft) == [(1, "Ett"), (2, "Tre"), (3, "Två")]
    actions.move_rule(rule=one, up=False, actor=chair)
    assert numbers(draft) == [(1, "Tre"), (2, "Ett"), (3, "Två")]
    actions.remove_rule(rule=three, revision=99, actor=chair)
    assert numbers(draft) == [(1, "Ett"), (2, "Två")]


def test_of_two_who_change_the_same_rule_the_second_is_told(
    draft: Mandate, chair: Person, member: Person
) -> None:
    rule = actions.add_rule(mandate=draft, text=says("Inköp"), actor=chair)
    read_in = 2
    actions.change_rule(rule=rule, text=says("Inköp och avrop"), revision=read_in, actor=member)
    with pytest.raises(MandateChanged) as told:
        actions.change_rule(rule=rule, text=says("Stora inköp"), revision=read_in, actor=chair)
    assert told.value.by == member.full_name
    with pytest.raises(MandateChanged):
        actions.remove_rule(rule=rule, revision=read_in, actor=chair)
    assert Rule.objects.get().concerns == "Inköp och avrop"


def test_a_rule_that_moved_meanwhile_is_still_the_same_rule(
    draft: Mandate, chair: Person, member: Person
) -> None:
    actions.add_rule(mandate=draft, text=says("Ett"), actor=chair)
    two = actions.add_rule(mandate=draft, text=says("Två"), actor=chair)
    actions.move_rule(rule=two, up=True, actor=member)
    actions.change_rule(rule=two, text=says("Två, ändrad"), revision=3, actor=chair)
    assert numbers(draft) == [(1, "Två, ändrad"), (2, "Ett")]


def test_a_rule_removed_meanwhile_is_told_of(draft: Mandate, chair: Person, member: Person) -> None:
    rule = actions.add_rule(mandate=draft, text=says("Inköp"), actor=chair)
    actions.remove_rule(rule=rule, revision=2, actor=member)
    with pytest.raises(RuleRemoved):
        actions.change_rule(rule=rule, text=says("Stora inköp"), revision=2, actor=chair)
    with pytest.raises(RuleRemoved):
        actions.move_rule(rule=rule, up=True, actor=chair)


def test_a_mandate_has_no_more_rules_than_that(draft: Mandate, chair: Person) -> None:
    Rule.objects.bulk_create(
        Rule(mandate=draft, number=number, concerns="x", destination="meeting")
        for number in range(1, MAX_RULES + 1)
    )
    with pytest.raises(TooManyRules):
        actions.add_rule(mandate=draft, text=says("En till"), actor=chair)


def test_a_discarded_draft_leaves_the_adopted_version_alone(team: Team, chair: Person) -> None:
    adopted = whole_mandate(team, state=MandateState.ADOPTED)
    draft = actions.start_draft(team=team, source=adopted, actor=chair)
    actions.discard_draft(mandate=draft, actor=chair)
    assert list(Mandate.objects.all()) == [adopted]
    assert adopted.rules.count() == 1
