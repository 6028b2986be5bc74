"""Words and stems of Swedish."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.swedish import LONGEST_WORD, fold, stem, words

SAME_STEM = [
    ("skolan", "skolor"),
    ("frågan", "frågorna"),
    ("policyn", "policy"),
    ("arbetsmiljön", "arbetsmiljö"),
    ("strategin", "strategier"),
    ("bemanning", "bemanna"),
    ("anställning", "anställer"),
    ("upphandlingen", "upphandla"),
    ("rekryteringar", "rekrytera"),
    ("programmet", "program"),
    ("lokalerna", "lokal"),
    ("växeln", "växlar"),
    ("möbler", "möbel"),
    ("verksamhetsplanen", "verksamhetsplaner"),
    ("projektet", "projekt"),
    ("skrivbordet", "skrivbord"),
    ("vikariatet", "vikarie"),
    ("frånvaron", "frånvaro"),
    ("föräldraledig", "föräldraledighet"),
]

OTHER_STEM = [
    ("lokal", "lokalisera"),
    ("ledighet", "leda"),
    ("ledning", "led"),
    ("bokning", "bok"),
    ("tidning", "tid"),
    ("plan", "planering"),
    ("handel", "handling"),
    ("förskola", "skola"),
    ("tjänstledig", "tjänsteled"),
    ("budget", "budg"),
]


@pytest.mark.parametrize(("one", "other"), SAME_STEM)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(("one", "other"), OTHER_STEM)
def test_other_words_have_other_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_plan_stays_plan_in_compounds() -> None:
    assert stem("arbetsplan") == "arbetsplan"
    assert stem("tjänsteman") == "tjänsteman"


def test_a_text_is_words_without_marks_case_or_hyphens() -> None:
    assert words("Ska IT-avdelningen\u00adköpa två ”skärmar” à 4_000 kr?") == [
        "ska", "it", "avdelningenköpa", "två", "skärmar", "à", "4", "000", "kr",
    ]  # fmt: skip


def test_letters_in_two_parts_are_one_letter() -> None:
    assert words("fo\u0308rskola") == ["förskola"]


def test_invisible_marks_do_not_part_words() -> None:
    assert words("be\u200bmanning \u202eord") == ["bemanning", "ord"]


def test_a_text_is_read_so_far_and_no_further() -> None:
    assert fold("A" * 50, limit=3) == "aaa"


def test_a_run_of_letters_that_is_no_word_is_left_out() -> None:
    assert words("kort " + "a" * (LONGEST_WORD + 1)) == ["kort"]


@settings(deadline=None)
@given(st.text(st.characters()))
def test_any_text_has_words(text: str) -> None:
    for word in words(text):
        assert stem(word)
