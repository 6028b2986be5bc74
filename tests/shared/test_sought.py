"""Words are found in texts as an expression finds them, on both databases and however the query is made."""

import re

import pytest
from django.db.models import Q, QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.people.models import Person, Unit
from styrfart.shared.prepared import Prepared
from styrfart.shared.sought import holds, keywords
from tests import make

TEXTS = [
    "Ängsgatan 4",
    "ÄRENDET om Östra ån",
    "100 % av a_b och c\\d",
    "Snöröjning (hela staden) – drift & underhåll",
    "Straße, Émile och naïve",
    "öäå",
    "Nästa år: [prövning] ^$.*+?{2}|",
    "\N{SNOWMAN} är inte \N{GRINNING FACE}",
]
LETTERS = st.text(
    st.sampled_from(sorted({*"".join(TEXTS), *"".join(TEXTS).swapcase(), *"%_\\'\""})), max_size=4
)
PIECES = st.sampled_from(TEXTS).flatmap(
    lambda text: st.tuples(st.just(text), st.integers(0, len(text) - 1), st.integers(1, 6))
)
PIECE = PIECES.map(lambda cut: cut[0][cut[1] : cut[1] + cut[2]])
WORDS = st.lists(st.one_of(LETTERS, PIECE, PIECE.map(str.swapcase)).filter(bool), min_size=1, max_size=3)


def _asked(**given: str) -> "QuerySet[Unit, tuple[str]]":
    return Unit.objects.filter(holds(given, "name", "code")).order_by("pk").values_list("name")


def prepared(asked: dict[str, str]) -> list[tuple[str]]:
    """What the compiled query finds."""
    names = tuple(asked)
    query = PREPARED.setdefault(names, Prepared(_asked, **dict.fromkeys(names, str)))
    return query.rows(**asked)


PREPARED: dict[tuple[str, ...], Prepared] = {}


@pytest.fixture
def units(db: None) -> list[Unit]:
    """One of each text."""
    return [make.unit(text) for text in TEXTS]


@pytest.mark.usefixtures("units")
def test_words_are_found_as_by_expression() -> None:
    @settings(max_examples=300, deadline=None)
    @given(WORDS)
    def law(words: list[str]) -> None:
        by_expression = Unit.objects.order_by("pk")
        for word in words:
            pattern = re.escape(word)
            by_expression = by_expression.filter(Q(name__iregex=pattern) | Q(code__iregex=pattern))
        expected = [(unit.name,) for unit in by_expression]
        asked = keywords(words)
        assert list(_asked(**asked)) == expected
        assert prepared(asked) == expected

    law()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["ängs"], [TEXTS[0]]),
        (["ÄNGSGATAN", "4"], [TEXTS[0]]),
        (["östra", "ärende"], [TEXTS[1]]),
        (["ÅN"], [TEXTS[1]]),
        (["%"], [TEXTS[2]]),
        (["a_b"], [TEXTS[2]]),
        (["C\\D"], [TEXTS[2]]),
        (["(hela", "&"], [TEXTS[3]]),
        (["åäö"], []),
        (["ÖÄÅ"], [TEXTS[5]]),
        (["angs"], []),
        (["ångs"], []),
        (["d.*g"], []),
        ([".*"], [TEXTS[6]]),
        ([".*+?"], [TEXTS[6]]),
        (["\N{SNOWMAN}"], [TEXTS[7]]),
        ([], TEXTS),
    ],
)
def test_what_is_found(units: list[Unit], words: list[str], found: list[str]) -> None:
    assert len(units) == len(TEXTS)
    assert prepared(keywords(words)) == [(text,) for text in found]


@pytest.mark.django_db
def test_a_text_finds_its_place_within_a_pattern() -> None:
    pks = {name: make.person(name, "Ek").pk for name in ("Anna", "Anneli", "Hanna")}

    def named(*, begins: str, holds: str) -> "QuerySet[Person, tuple[int]]":
        found = Person.objects.filter(Q(given_key__begins=begins) | Q(given_name__contains=holds))
        return found.order_by("pk").values_list("pk")

    prepared = Prepared(named, begins=str, holds=str)
    assert prepared.rows(begins="ann", holds="Hanna") == [(pks["Anna"],), (pks["Anneli"],), (pks["Hanna"],)]
    assert prepared.rows(begins="anne", holds="ä") == [(pks["Anneli"],)]
    assert prepared.rows(begins="hann", holds="ä") == [(pks["Hanna"],)]
    assert prepared.rows(begins="ö", holds="n_li") == [(pks["Anneli"],)]
    assert prepared.rows(begins="ö", holds=r"n\_li") == []
