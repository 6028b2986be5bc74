"""The texts fit together, and read as if people had written them."""

import re
from collections import Counter

import pytest

from styrfart.demo import library
from styrfart.demo.library import MatterText, TeamText

TEAMS = library.organisation().teams
UNITS = {unit.code for unit in library.organisation().units}
ALL = [matter for team in TEAMS for matter in library.matters(team.texts)]
DECISIONS = [matter.decision for matter in ALL if matter.decision]


def test_there_is_enough_to_read() -> None:
    assert len(ALL) >= 150
    assert len(DECISIONS) >= 100
    points = [*library.scheme("development").points, *library.scheme("district").points]
    assert len(points) >= 60
    assert sum(not point.who for point in points) >= 6


@pytest.mark.parametrize("field", ["question", "why"])
def test_no_two_matters_say_the_same(field: str) -> None:
    said = Counter(getattr(matter, field) for matter in ALL)
    assert [text for text, times in said.items() if times > 1] == []


def test_no_two_decisions_say_the_same() -> None:
    for field in ("text", "reasons"):
        said = Counter(getattr(decision, field) for decision in DECISIONS)
        assert [text for text, times in said.items() if times > 1] == []


@pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.slug)
def test_no_sentence_is_repeated_in_a_teams_answers(team: TeamText) -> None:
    texts = [matter.answer for matter in library.matters(team.texts)]
    said = Counter(text for text in texts if text)
    assert [text for text, times in said.items() if times > 1] == []


def test_questions_are_questions_and_decisions_are_decisions() -> None:
    open_ended = [matter.question for matter in ALL if not re.search(r"[?.]$", matter.question)]
    assert open_ended == []
    assert [one.text for one in DECISIONS if not one.text.endswith(".") or "?" in one.text] == []
    assert [one.effect for one in DECISIONS if one.effect.endswith(".")] == []


def test_texts_fit_their_fields() -> None:
    assert max(len(matter.question) for matter in ALL) <= 200
    assert max(len(one.effect) for one in DECISIONS) <= 300
    assert max(len(one.seen) for one in DECISIONS) <= 300
    assert max(len(action) for one in DECISIONS for action in one.actions) <= 300


@pytest.mark.parametrize("team", TEAMS, ids=lambda team: team.slug)
def test_every_matter_has_what_its_route_needs(team: TeamText) -> None:
    rules = {rule.slug for rule in library.mandate(team.mandate or "division", team.unit).rules}
    for matter in library.matters(team.texts):
        assert {matter.source, *matter.touches} <= UNITS, matter.question
        assert matter.rule in rules | {""}, matter.question
        assert missing(matter) == "", matter.question


def missing(matter: MatterText) -> str:
    """What the matter lacks for where it went."""
    match matter.route:
        case "" if matter.state != "inbox":
            return "a route"
        case "meeting" if matter.state == "queued":
            return "" if matter.outcome else "an outcome"
        case "meeting" | "decide":
            return "" if matter.decision else "a decision"
        case "post" | "line" | "team":
            return "" if matter.answer or matter.state == "handed_over" else "an answer"
        case "decline" | "committee" | "written" | "more":
            return "" if matter.note else "a note"
    return ""


def test_a_year_in_a_text_is_never_written_out() -> None:
    every = [getattr(matter, name) for matter in ALL for name in ("question", "why", "note", "answer")]
    every += [getattr(one, name) for one in DECISIONS for name in ("text", "reasons", "seen", "alternatives")]
    assert [text for text in every if re.search(r"\b20\d\d\b", text)] == []


def test_no_exclamation_marks_and_no_filler() -> None:
    every = " ".join(f"{m.question} {m.why} {m.note} {m.answer}" for m in ALL)
    every += " ".join(f"{one.text} {one.reasons} {one.seen}" for one in DECISIONS)
    assert re.findall(r"!|lorem|ipsum|TODO|xxx", every, re.IGNORECASE) == []
