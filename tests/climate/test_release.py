"""The release of a round: what is written, once, and what is not."""

import pytest

from styrfart.climate.actions.releasing import NotCounted, release_round
from styrfart.climate.instruments import shipped
from styrfart.climate.models import Release, Round, RoundState, Row
from styrfart.shared.models import AuditEntry
from tests import make
from tests.climate.answers import counted_round, released

pytestmark = pytest.mark.django_db


def rows_of(of: Round) -> dict[str, Row]:
    """Rows by name; a joint row by the names of its members."""
    return {
        row.group.name
        if row.group
        else " + ".join(each.name for each in row.members.order_by("position")): row
        for row in Row.objects.filter(release__round=of).order_by("position")
    }


def test_a_round_is_released_once_and_says_what_was_shown() -> None:
    of = counted_round({"Analys": 8, "Kansli": 9})
    first = release_round(round_id=of.pk)
    of.refresh_from_db()
    assert of.state == RoundState.RELEASED
    assert of.released_at == first.made_at
    assert (first.invited, first.answered) == (17, 17)
    assert list(rows_of(of)) == ["Kontoret", "Analys", "Kansli"]
    assert [row.answered for row in rows_of(of).values()] == [17, 8, 9]
    again = release_round(round_id=of.pk)
    assert again.pk == first.pk
    assert Release.objects.count() == 1
    assert AuditEntry.objects.filter(verb="climate.release_round").count() == 1


def test_a_round_that_is_open_or_not_counted_is_not_released() -> None:
    for state, counted_at in [(RoundState.OPEN, None), (RoundState.CLOSED, None)]:
        of = make.climate_round(state=state, counted_at=counted_at)
        with pytest.raises(NotCounted):
            release_round(round_id=of.pk)
    assert not Release.objects.exists()


def test_small_siblings_are_joined_and_nothing_is_said_of_each() -> None:
    of = released({"Ledarutveckling": 13, "Analys": 4, "Kansli": 5})
    rows = rows_of(of)
    assert list(rows) == ["Kontoret", "Ledarutveckling", "Analys + Kansli"]
    assert rows["Analys + Kansli"].answered == 9
    assert not Row.objects.filter(group__name__in=["Analys", "Kansli"]).exists()


def test_figures_are_those_of_the_national_database_in_whole_points() -> None:
    # Half answer 5, half 3, to every question: (4 - 1) / 4 = 75.
    of = released({"Analys": 10}, answers={"Analys": {"5" * 9: 5, "3" * 9: 5}})
    figures = rows_of(of)["Analys"].figures
    assert set(figures) == {f"hme.{each}" for each in shipped()["hme"].measures}
    assert {figure["index"] for figure in figures.values()} == {75}
    total = figures["hme.total"]
    # All who were invited have answered: nothing is uncertain.
    assert (total["low"], total["high"], total["answers"]) == (75, 75, 10)


def test_an_interval_is_rounded_outwards() -> None:
    of = counted_round({"Analys": 12}, answers={"Analys": {"543254325": 5, "334445534": 7}}, silent=9)
    release_round(round_id=of.pk)
    figure = rows_of(of)["Analys"].figures["hme.total"]
    assert figure["low"] < figure["index"] < figure["high"]
    assert all(isinstance(figure[each], int) for each in ("low", "index", "high"))
    assert (figure["low"], figure["index"], figure["high"]) == exact(of)


def exact(of: Round) -> tuple[int, int, int]:
    """The same figure straight from the kernel, without any of the release's code."""
    import math  # only here

    import numpy as np  # as the code that is tested

    from styrfart.kernel.indices import HME, count, measure, usual  # as the code that is tested

    answers = np.array([[int(each) for each in "543254325"]] * 5 + [[int(each) for each in "334445534"]] * 7)
    moments = count(answers, np.zeros(12, dtype=int), scale=HME, number=1)
    held = usual(HME, moments)
    found = measure(moments, scale=HME, invited=[21], held_to=held).of(0, "total")
    assert found.low is not None
    assert found.high is not None
    assert found.index is not None
    return math.floor(found.low), math.floor(found.index + 0.5), math.ceil(found.high)
