"""The headline of a report claims what a verdict carries, and nothing else."""

import datetime as dt
from dataclasses import replace

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from styrfart.climate import headline
from styrfart.climate.models import RoundKind
from styrfart.climate.queries.released import (
    Change,
    Column,
    ColumnKind,
    Direction,
    Earlier,
    Figure,
    Measure,
    Part,
    Place,
    Report,
    Strength,
    Verdict,
)

MAY = Earlier(1, "Puls 2", dt.date(2026, 5, 4), dt.date(2026, 5, 15))
NAMES = (
    "Motivation",
    "Trygghet att säga ifrån",
    "Rimligt förändringstryck",
    "Tid att utveckla",
    "HME totalt",
)
UP = Verdict(Strength.CLEAR, Direction.HIGHER, True, None)
DOWN = Verdict(Strength.CLEAR, Direction.LOWER, False, None)
MAYBE = Verdict(Strength.PROBABLE, Direction.HIGHER, True, None)
MORE = Verdict(Strength.CLEAR, Direction.HIGHER, None, None)
SAME = Verdict(Strength.NO_CLEAR_DIFFERENCE, Direction.NEITHER, None, None)
BOTH = " ".join(
    (
        "Trygghet att säga ifrån har blivit tydligt bättre,",
        "men rimligt förändringstryck tydligt sämre sedan i maj",
    )
)
EARLY = Verdict(Strength.TOO_EARLY, Direction.NEITHER, None, None)


def measure(name: str) -> Measure:
    return Measure(f"a.{name}", name, "a@1", name == "HME totalt", False, True, "")


def report(
    *verdicts: Verdict, since: Earlier = MAY, is_shown: bool = True, beside: tuple[Verdict, ...] = ()
) -> Report:
    """A report of as many areas as there are verdicts; beside the whole stands one group."""
    names = NAMES[: max(len(verdicts), len(beside), 1)]
    measures = tuple(measure(name) for name in names)
    figures = {each.key: Figure(70, 65, 75, 41) for each in measures}
    whole = Column(ColumnKind.WHOLE, "Kontoret", ("Kontoret",), unit="k")
    if is_shown:
        whole = replace(whole, invited=52, answered=41, figures=figures)
    part = Column(
        ColumnKind.PART,
        "Analys",
        ("Analys",),
        invited=20,
        answered=18,
        figures=figures,
        beside={each.key: verdict for each, verdict in zip(measures, beside, strict=False)},
    )
    return Report(
        round_pk=2,
        group_pk=1,
        title="Puls 3",
        kind=RoundKind.PULSE,
        why="",
        opens_on=dt.date(2026, 9, 14),
        closes_on=dt.date(2026, 9, 25),
        released_on=dt.date(2026, 10, 1),
        least=7,
        least_text=10,
        path=(Place("Kontoret", "k", ""),),
        parts=(Part("a", "a@1", "A", "Vi", "own", False, "Eget formulär.", measures),),
        whole=whole,
        around=None,
        columns=(part,),
        changes={
            each.key: Change(since, 60, verdict) for each, verdict in zip(measures, verdicts, strict=False)
        },
        distributions=(),
        texts=(),
        earlier=(since,),
    )


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ((), "Så svarade 41 av 52"),
        ((SAME, SAME), "Ingen tydlig skillnad sedan i maj"),
        ((EARLY, EARLY), "För tidigt att säga om något har ändrats sedan i maj"),
        ((EARLY, SAME), "Ingen tydlig skillnad sedan i maj i de områden som kan jämföras"),
        ((UP, SAME), "Motivation har blivit tydligt bättre sedan i maj"),
        ((UP, UP), "Motivation och trygghet att säga ifrån har blivit tydligt bättre sedan i maj"),
        (
            (SAME, UP, DOWN),
            BOTH,
        ),
        (
            (UP, UP, UP, DOWN),
            "Tre områden har blivit tydligt bättre, men tid att utveckla tydligt sämre sedan i maj",
        ),
        ((MAYBE, SAME), "Motivation har troligen blivit bättre sedan i maj"),
        ((MAYBE, DOWN), "Trygghet att säga ifrån har blivit tydligt sämre sedan i maj"),
        ((MORE, SAME), "Motivation har blivit tydligt högre sedan i maj"),
        ((SAME, SAME, SAME, SAME, UP), "HME totalt har blivit tydligt bättre sedan i maj"),
        ((UP, SAME, SAME, SAME, UP), "Motivation har blivit tydligt bättre sedan i maj"),
    ],
)
def test_what_is_said_of_changes(verdicts: tuple[Verdict, ...], said: str) -> None:
    assert headline.headline(report(*verdicts)) == said


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ((), "This is how 41 of 52 answered"),
        ((UP,), "Motivation has become clearly better since May"),
        ((UP, UP), "Motivation and trygghet att säga ifrån have become clearly better since May"),
        ((SAME,), "No clear difference since May"),
    ],
)
def test_what_is_said_in_english(verdicts: tuple[Verdict, ...], said: str) -> None:
    with translation.override("en"):
        assert headline.headline(report(*verdicts)) == said


def test_a_group_that_is_not_shown_has_no_finding() -> None:
    assert headline.headline(report(UP, is_shown=False)) == "Kontoret visas inte för sig"


@pytest.mark.parametrize(
    ("opens_on", "said"),
    [
        (dt.date(2025, 5, 4), "Ingen tydlig skillnad sedan i maj 2025"),
        (dt.date(2026, 9, 1), "Ingen tydlig skillnad sedan förra gången"),
    ],
)
def test_when_is_told_so_that_it_cannot_be_mistaken(opens_on: dt.date, said: str) -> None:
    since = Earlier(1, "Puls 2", opens_on, opens_on + dt.timedelta(days=7))
    assert headline.headline(report(SAME, since=since)) == said


@pytest.mark.parametrize(
    ("verdicts", "said"),
    [
        ((), "Index i varje område"),
        ((SAME,), "Varje område bredvid värdet i maj"),
        ((UP, SAME), "Ett område har ändrats tydligt sedan i maj"),
        ((UP, DOWN), "Två områden har ändrats tydligt sedan i maj"),
        ((MAYBE, SAME), "Ett område har troligen ändrats sedan i maj"),
    ],
)
def test_what_the_figure_says(verdicts: tuple[Verdict, ...], said: str) -> None:
    assert headline.figure_says(report(*verdicts)) == said


@pytest.mark.parametrize(
    ("beside", "said"),
    [
        ((), "Index i varje grupp"),
        ((EARLY, EARLY), "Index i varje grupp"),
        ((SAME, EARLY), "Ingen grupp skiljer sig tydligt från helheten"),
        ((MAYBE, SAME), "Någon grupp skiljer sig troligen från helheten"),
        ((UP, DOWN), "Två värden skiljer sig tydligt från helheten"),
    ],
)
def test_the_table_of_groups_counts_and_names_nobody(beside: tuple[Verdict, ...], said: str) -> None:
    assert headline.units_say(report(beside=beside)) == said


@given(st.lists(st.sampled_from([UP, DOWN, MAYBE, MORE, SAME, EARLY]), min_size=1, max_size=5))
def test_a_word_stands_only_where_a_verdict_carries_it(verdicts: list[Verdict]) -> None:
    told = [headline.headline(report(*verdicts)), headline.figure_says(report(*verdicts))]
    strengths = {verdict.strength for verdict in verdicts}
    for text in told:
        without = text.replace("Ingen tydlig skillnad", "")
        if "tydlig" in without:
            assert Strength.CLEAR in strengths
        if "troligen" in without:
            assert Strength.PROBABLE in strengths
        if "bättre" in text:
            assert {UP, MAYBE} & set(verdicts)
        if "sämre" in text:
            assert DOWN in verdicts
        if "Ingen tydlig" in text:
            assert not strengths & {Strength.CLEAR, Strength.PROBABLE}
        assert "säker" not in text
