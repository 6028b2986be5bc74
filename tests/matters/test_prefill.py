"""What pages know beforehand: the question as a decision, working days; and nothing heavy at the start."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrfart.matters.prefill import as_decision


@pytest.mark.parametrize(
    ("question", "decision"),
    [
        ("Ska vi flytta mötet till onsdag?", "Vi ska flytta mötet till onsdag."),
        ("Ska receptionen ha jour i jul?", "Receptionen ska ha jour i jul."),
        ("Får chefsmötena hållas på distans?", "Chefsmötena får hållas på distans."),
        # What cannot be turned by moving words is for whoever decides to word: a question is no decision.
        ("Ska enheten för gatudrift köpa en bil?", ""),
        ("Ska enheten Gatudrift köpa en bil?", ""),
        ("Ska den nya receptionen öppna i maj?", ""),
        ("Hur gör vi?", ""),
        ("Ska vi", ""),
        ("Ska vi flytta mötet", ""),
        # Turned, these would say what nobody has chosen.
        ("Ska vi flytta mötet till onsdag eller torsdag?", ""),
        ("Ska vi inte ha jour i jul?", ""),
        ("Ska vi ha jour, och i så fall när?", ""),
        ("Ska vi köpa bilen? Vad kostar den?", ""),
        ("", ""),
    ],
)
def test_a_question_becomes_a_decision_where_its_words_only_change_places(
    question: str, decision: str
) -> None:
    assert as_decision(question) == decision


@given(st.text(max_size=200))
def test_any_question_survives(question: str) -> None:
    turned = as_decision(question)
    assert turned == "" or (turned.endswith(".") and "?" not in turned)


def test_the_desk_loads_no_arrays_before_they_are_needed() -> None:
    code = (
        "import django, sys; django.setup(); import styrfart.config.urls;"
        "print(sorted({'numpy', 'scipy', 'xlsxwriter'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
