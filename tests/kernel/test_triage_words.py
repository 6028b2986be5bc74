"""Rules' words are found in a matter's words, also inside compounds, and not where they only look alike."""

import pytest

from styrfart.kernel.swedish import words
from styrfart.kernel.triage.vocabulary import ABOUT, MODIFIER, PART, SAME, vocabulary

KNOWN = vocabulary(
    words(
        """bemanning lokaler lön budget avtal skola tal bil person chef konsult anställa upphandling licens
        organisation verksamhetsplan rum process lokalförsörjning personalfrågor ledighet växel"""
    )
)
NAME = {entry: root for root, entry in KNOWN.same.items()}


def found(word: str) -> dict[str, float]:
    return {NAME[entry]: worth for entry, worth in KNOWN.find(word).items()}


@pytest.mark.parametrize(
    ("word", "root", "worth"),
    [
        ("bemanningen", "beman", SAME),
        ("sommarbemanningen", "beman", SAME),
        ("bemanningsplan", "beman", MODIFIER),
        ("lokalen", "lokal", SAME),
        ("skollokalerna", "lokal", SAME),
        ("lokalhyra", "lokal", MODIFIER),
        ("lokalfrågor", "lokal", ABOUT),
        ("lokaler", "lokalförsörj", PART),
        ("löneöversyn", "lön", MODIFIER),
        ("timlön", "lön", SAME),
        ("budgetuppföljning", "budget", MODIFIER),
        ("kollektivavtalet", "avtal", SAME),
        ("avtalsuppföljning", "avtal", MODIFIER),
        ("grundskolan", "skol", SAME),
        ("skolskjuts", "skol", MODIFIER),
        ("tjänstebilarna", "bil", SAME),
        ("enhetschefen", "chef", SAME),
        ("chefsrekrytering", "chef", MODIFIER),
        ("konsultstöd", "konsult", MODIFIER),
        ("nyanställning", "anställ", MODIFIER),
        ("anställningsstopp", "anställ", MODIFIER),
        ("upphandlar", "upphandl", SAME),
        ("omorganisationen", "organisation", MODIFIER),
        ("mötesrummet", "rum", SAME),
        ("växeln", "växl", SAME),
        ("licens", "lic", SAME),
        ("licenser", "lic", SAME),
        ("licensen", "lic", SAME),
    ],
)
def test_a_word_is_found_in_its_forms_and_compounds(word: str, root: str, worth: float) -> None:
    assert found(word)[root] == worth


@pytest.mark.parametrize(
    ("word", "root"),
    [
        ("lokalisera", "lokal"),
        ("lokaliseringen", "lokal"),
        ("avtal", "tal"),
        ("samtal", "tal"),
        ("förskola", "skol"),
        ("bilaga", "bil"),
        ("bilateral", "bil"),
        ("mobil", "bil"),
        ("biljett", "bil"),
        ("bildning", "bil"),
        ("forum", "rum"),
        ("lönsamhet", "lön"),
        ("chefskap", "chef"),
        ("personalen", "person"),
        ("personalplan", "person"),
        ("projektledare", "ledighet"),
        ("talesman", "tal"),
    ],
)
def test_a_word_that_only_looks_alike_is_not_found(word: str, root: str) -> None:
    assert root not in found(word)


@pytest.mark.parametrize("listed", ["leverans", "leveranser", "leveransen"])
@pytest.mark.parametrize("said", ["leverans", "leveranser", "leveransen", "leveranserna"])
def test_the_end_of_a_noun_is_not_taken_for_a_genitive(listed: str, said: str) -> None:
    assert list(vocabulary([listed]).find(said).values()) == [SAME]


def test_no_word_breaks_the_search() -> None:
    for word in ("a", "å" * 60, "1234567", "ⅷ", "אבג", "😀", "ss", "sssssssss"):
        assert isinstance(KNOWN.find(word), dict)


def test_a_word_of_nothing_but_endings_takes_no_time() -> None:
    for endings in ("ens" * 18, "nsnans" * 9, "erande" * 9, "a" * 55):
        assert set(found(f"lokal{endings}"[:59] + "x")) <= {"lokal"}
