"""What a matter is like, by weights that were learned from matters sorted before."""

import dataclasses
import math

import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.triage import (
    Asked,
    Destination,
    Mandate,
    Matter,
    ReasonKind,
    Rule,
    Weights,
    prepare,
    propose_prepared,
    weights_from,
)
from styrfart.kernel.triage.likeness import data_from, features, frame, likeness, told
from styrfart.kernel.triage.subjects import SUBJECTS
from tests.kernel.desk import NO_SCHEME, NORTH, TEAM

# Two subjects, and something that none of them is about: "flugfiske" speaks for the first, 4 for 2 units.
ROWS = {"=flugfisk": [100, 0, 0], "^kon": [0, 80, 0], "=drak": [0, -128, 127]}
PLACE = {name: place for place, subject in enumerate(SUBJECTS) for name in subject.names}


def _weights() -> Weights:
    return weights_from(data_from(("inköp", "omorganisation", "flygning"), (0.0, 0.0, 0.5), 0.05, ROWS))


def _matter(question: str, why_us: str = "") -> Matter:
    return Matter(question=question, why_us=why_us, asked=Asked.DECISION)


def test_weights_are_read_as_they_were_written() -> None:
    weights = _weights()

    assert weights.classes == ("inköp", "omorganisation", "flygning")
    assert weights.bias == (0.0, 0.0, 0.5)
    assert {
        name: [each - 256 if each > 127 else each for each in row] for name, row in weights.rows.items()
    } == ROWS


@pytest.mark.parametrize("data", [b"", b"a\n\nb", b"a\n1.0\n0.0\n\nb\n\n", b"a\n1.0\n0.0\n\nb\n\n12"])
def test_what_is_no_weights_is_refused(data: bytes) -> None:
    with pytest.raises(KernelError):
        weights_from(data)


def test_a_word_is_its_stem_and_its_pieces_and_words_of_grammar_are_nothing() -> None:
    assert features("och", {}) == {}
    assert features("2027", {}) == {}
    assert set(features("draken", {})) == {"=drak", "^dra", "drak", "rake", "aken", "ken$"}
    assert sum(value**2 for value in features("draken", {}).values()) == pytest.approx(1 + 0.7**2)


CONCEPTS = {"drak": ("#leksaker",), "fisk": ("#djur", "#mat"), "tomt": ("#mark",)}


@pytest.mark.parametrize(
    ("word", "concepts"),
    [
        ("drakarna", {"#leksaker": 1.5}),
        ("fisken", {"#djur": 1.5, "#mat": 1.5}),
        # The last part and the first part of a compound, also with a joint between them.
        ("pappersdrake", {"#leksaker": 1.2}),
        ("tomtpriset", {"#mark": 1.2}),
        ("fiskedrake", {"#leksaker": 1.2, "#djur": 1.2, "#mat": 1.2}),
        ("konsert", {}),
    ],
)
def test_a_word_belongs_to_the_concepts_of_itself_and_of_its_parts(
    word: str, concepts: dict[str, float]
) -> None:
    found = features(word, CONCEPTS)

    assert {name: value for name, value in found.items() if name.startswith("#")} == pytest.approx(concepts)


@pytest.mark.parametrize(
    ("cost", "touched", "told"),
    [
        (None, 0, {"$asked decision", "$cost -", "$reach 0"}),
        (0, 1, {"$asked decision", "$cost 0", "$reach 1"}),
        (50_000, 2, {"$asked decision", "$cost 0", "$reach 2"}),
        (500_001, 3, {"$asked decision", "$cost 2", "$reach 3"}),
        (9_000_000, 8, {"$asked decision", "$cost 3", "$reach 3"}),
    ],
)
def test_what_is_asked_costs_and_touches_is_told_in_steps(
    cost: int | None, touched: int, told: set[str]
) -> None:
    matter = dataclasses.replace(_matter("Drakar?"), cost=cost, touched=(NORTH,) * touched)

    assert set(frame(matter)) == told


def test_concepts_are_read_as_they_were_written_and_speak_for_a_class() -> None:
    written = data_from(("inköp", "flygning"), (0.0, 0.0), 0.05, {"#leksaker": [0, 90]}, CONCEPTS)
    weights = weights_from(written)

    assert weights.concepts == CONCEPTS
    assert weights.of_word("pappersdrakar") == pytest.approx((0.0, 90 * 0.05 * 1.2))


def test_what_is_asked_speaks_for_a_class() -> None:
    rows = {"$asked decision": [100, 0]}
    weights = weights_from(data_from(("inköp", "omorganisation"), (0.0, 0.0), 0.05, rows))
    asked = likeness(_matter("?"), weights)
    told = likeness(dataclasses.replace(_matter("?"), asked=Asked.THINKING), weights)

    assert asked[PLACE["inköp"]] == pytest.approx(1 / (1 + math.exp(-2)))
    assert told[PLACE["inköp"]] == pytest.approx(0.5)


def test_the_question_says_more_than_the_reasons_and_the_length_says_nothing() -> None:
    short, long = told(_matter("flugfiske", "drakar")), told(_matter("flugfiske " * 50, "drakar " * 50))

    assert sum(worth**2 for _, worth in short) == pytest.approx(1)
    assert sum(worth**2 for _, worth in long) == pytest.approx(1)
    assert dict(short)["drakar"] == pytest.approx(0.5 * dict(short)["flugfiske"])


def test_likeness_is_the_share_of_each_subject() -> None:
    shares = likeness(_matter("Flugfiske?"), _weights())

    # exp(5), exp(0) and exp(0.5): the last is no subject's.
    assert shares[PLACE["inköp"]] == pytest.approx(0.98247, abs=1e-4)
    assert shares[PLACE["omorganisation"]] == pytest.approx(0.00662, abs=1e-4)
    assert sum(shares) == pytest.approx(0.98908, abs=1e-4)
    assert len(shares) == len(SUBJECTS)


@pytest.mark.parametrize("question", ["", "?", "och", "\x00\ud800", "flugfiske" * 3000])
def test_any_text_has_a_likeness(question: str) -> None:
    assert 0 <= sum(likeness(_matter(question), _weights())) <= 1


MANDATE = Mandate(
    (
        Rule(1, "Inköp", Destination.MEETING),
        Rule(2, "Omorganisation", Destination.MEETING, words=("konsert",)),
    )
)


def _rule(question: str, weights: Weights | None) -> int | None:
    prepared = prepare(MANDATE, NO_SCHEME)
    matter = dataclasses.replace(_matter(question), owner=NORTH, touched=(NORTH,))
    return propose_prepared(matter, prepared, TEAM, weights=weights).rule


def test_a_rule_is_quoted_for_what_is_surely_like_its_subject_and_says_so() -> None:
    matter = dataclasses.replace(_matter("Ska vi ha flugfiske?"), owner=NORTH, touched=(NORTH,))
    proposal = propose_prepared(matter, prepare(MANDATE, NO_SCHEME), TEAM, weights=_weights())

    assert proposal.rule == 1
    assert [(reason.kind, dict(reason.values)) for reason in proposal.reasons] == [
        (ReasonKind.RULE_LIKE, {"rule": 1, "word": "inköp"})
    ]
    assert _rule("Ska vi ha flugfiske?", None) is None


def test_what_is_like_something_else_is_not_quoted() -> None:
    assert _rule("Ska vi ha drakar?", _weights()) is None


def test_a_rules_own_word_goes_before_what_is_a_little_like_another() -> None:
    assert _rule("Ska vi ha en konsert?", _weights()) == 2
