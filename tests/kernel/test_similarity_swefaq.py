"""Similarity against Swedish questions and answers that others collected (SweFAQ, development part).

The published part of SuperLim-2 by Språkbanken Text, CC BY 4.0. It is not part of this repository: the test
looks in `STYRFART_SWEFAQ`, else in `../shared/data` beside the project. Nothing was trained on it. Chosen
on it, each out of a handful: letters of four, weighed by BM25, function words left out of them, and the
weight of the stems; k1 and b are the textbook's.
"""

import json
import os
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from styrfart.kernel.similarity import Document, Index, Weights

BESIDE = Path(__file__).parents[3] / "shared" / "data" / "swefaq" / "swefaq_dev.jsonl"
FILE = Path(os.environ.get("STYRFART_SWEFAQ", BESIDE))
pytestmark = pytest.mark.skipif(
    not FILE.is_file(),
    reason="SweFAQ is not here: set STYRFART_SWEFAQ to swefaq_dev.jsonl of SuperLim-2 to run this test",
)


@dataclass(frozen=True)
class Question:
    text: str
    answer: str
    category: int


@dataclass(frozen=True)
class Score:
    """Mean reciprocal rank among ten of all answers; share right within the category, and above chance."""

    mrr: float
    accuracy: float
    alpha: float


@cache
def read() -> tuple[tuple[Question, ...], dict[str, str], dict[str, int]]:
    questions, answers, categories = [], {}, {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        category = row["category_id"]
        for place, answer in enumerate(row["candidate_answers"]):
            answers[f"{category}:{place}"] = answer
            categories[f"{category}:{place}"] = category
        questions.append(Question(row["question"], f"{category}:{row['label']}", category))
    return tuple(questions), answers, categories


def measured(rank: Callable[[str, list[str]], list[str]]) -> Score:
    """How well `rank` orders answers: it gets a question and the ids it may answer with, and gives ids,
    best first.

    Chance is that of the data's documentation: the number of questions by the number of answers offered to
    them.
    """
    questions, answers, categories = read()
    size = Counter(categories.values())
    reciprocal, right = 0.0, 0
    for question in questions:
        best = rank(question.text, list(answers))[:10]
        reciprocal += 1 / (1 + best.index(question.answer)) if question.answer in best else 0.0
        own = [id_ for id_, category in categories.items() if category == question.category]
        right += rank(question.text, own)[:1] == [question.answer]
    accuracy = right / len(questions)
    chance = len(questions) / sum(size[question.category] for question in questions)
    return Score(reciprocal / len(questions), accuracy, (accuracy - chance) / (1 - chance))


def score(weights: Weights) -> Score:
    index = Index.of([Document(id_, text) for id_, text in read()[1].items()], weights=weights)
    return measured(
        lambda query, among: [str(hit.id) for hit in index.search(query, allowed=among, k=len(among))]
    )


def test_the_file_is_the_one_that_the_numbers_are_for() -> None:
    questions, answers, _ = read()

    assert (len(questions), len(answers)) == (110, 110)


def test_stems_and_letters_together_beat_the_best_baseline() -> None:
    """Baselines: char 3-5 TF-IDF .691, BM25 stem with char TF-IDF .687, SQLite FTS5 trigram .663."""
    reached = score(Weights())

    assert reached.mrr > 0.705  # reached: .720
    assert reached.accuracy > 0.65  # reached: .682
    assert reached.alpha > 0.63  # reached: .656


def test_letters_carry_it_and_stems_alone_do_not() -> None:
    assert score(Weights(stems=1.0)).mrr < 0.66 < 0.70 < score(Weights(stems=0.0)).mrr  # reached: .644, .710
