"""The mandates that one may begin from are whole, distinct and within what a form accepts."""

from itertools import pairwise

import pytest

from styrfart.kernel import triage
from styrfart.mandates import starting_points
from styrfart.mandates.forms.rule import LONGEST_WORD, MOST_WORDS
from styrfart.mandates.models import Destination, Rule, TimeUse
from styrfart.mandates.starting_points import NAMES, StartingPoint

all_three = pytest.mark.parametrize("start", starting_points.all_of_them(), ids=list(NAMES))


@all_three
def test_a_starting_point_has_as_much_as_a_team_can_keep_in_mind(start: StartingPoint) -> None:
    assert 3 <= len(start.results) <= 5
    assert 5 <= len(start.norms) <= 7
    assert 12 <= len(start.rules) <= 18
    assert len(start.only_we.splitlines()) == 3


@all_three
def test_its_meeting_time_is_a_hundred_percent_with_little_information(start: StartingPoint) -> None:
    assert list(start.target_mix) == list(TimeUse.values)
    assert sum(start.target_mix.values()) == 100
    assert start.target_mix["information"] <= 20


@all_three
def test_its_texts_fit_the_fields(start: StartingPoint) -> None:
    longest = Rule._meta.get_field("concerns").max_length or 0
    assert [rule.concerns for rule in start.rules if len(rule.concerns) > longest] == []
    assert [text for text, measure in start.results if len(text) > 300 or len(measure) > 200] == []


@all_three
def test_every_rule_says_where_and_has_words_to_be_found_by(start: StartingPoint) -> None:
    for rule in start.rules:
        assert 7 <= len(rule.words) <= MOST_WORDS, rule.concerns
        assert max(map(len, rule.words)) <= LONGEST_WORD, rule.concerns
        assert len(set(rule.words)) == len(rule.words), rule.concerns
        assert [word for word in rule.words if word != word.strip().lower()] == []
        assert bool(rule.post_title) == (rule.destination == Destination.POST)
        assert bool(rule.to) == (rule.destination == Destination.TEAM)


@all_three
def test_a_word_leads_to_one_rule_or_to_rules_that_amounts_tell_apart(start: StartingPoint) -> None:
    seen: dict[str, list[tuple[int | None, int | None]]] = {}
    for rule in start.rules:
        for word in rule.words:
            seen.setdefault(word, []).append((rule.amount_min, rule.amount_max))
    shared = {word: limits for word, limits in seen.items() if len(limits) > 1}
    assert [word for word, limits in shared.items() if (None, None) in limits] == []


@all_three
def test_what_must_not_be_delegated_goes_to_the_committee(start: StartingPoint) -> None:
    to_committee = {word for rule in start.rules if rule.destination == "committee" for word in rule.words}
    assert {"yttrande", "remiss", "motion"} <= to_committee


def test_an_unknown_starting_point_is_refused() -> None:
    with pytest.raises(KeyError):
        starting_points.read("../office")


@all_three
def test_the_desk_finds_nearly_every_rule_by_any_two_of_its_words(start: StartingPoint) -> None:
    rules = tuple(
        triage.Rule(
            number=number,
            text=rule.concerns,
            destination=triage.Destination(rule.destination.value),
            post_title=rule.post_title,
            words=rule.words,
            amount_min=rule.amount_min,
            amount_max=rule.amount_max,
        )
        for number, rule in enumerate(start.rules, 1)
    )
    prepared = triage.prepare(triage.Mandate(rules), triage.Scheme())
    found, misled = [], []
    for rule in rules:
        is_read = rule.destination == triage.Destination.WRITTEN
        for one, other in pairwise(rule.words):
            matter = triage.Matter(
                question=f"Hur gör vi med {one} och {other}?",
                asked=triage.Asked.INFORMATION if is_read else triage.Asked.DECISION,
                cost=rule.amount_min or rule.amount_max,
            )
            said = triage.propose_prepared(matter, prepared, triage.Team(unit=1))
            if said.rule in {None, rule.number}:
                found.append(said.rule == rule.number)
            elif said.confidence == triage.Confidence.CLEAR:
                misled.append((one, other, rule.number, said.rule))
    assert misled == []
    assert sum(found) >= 0.95 * len(found)
