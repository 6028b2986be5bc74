"""Drawings of the report: what is not shown is not drawn, and no line passes it."""

import datetime as dt
import re

import pytest
from django.utils import translation

from styrfart.climate.queries.released import Figure
from styrfart.climate.telling_report import CoursePoint
from styrfart.climate.templatetags.climate_report import between_days, course, soft, step_bar

MANY, FEW = Figure(60, 55, 65, 41), Figure(72, 60, 84, 9)


def points(*figures: Figure | None) -> list[CoursePoint]:
    return [CoursePoint("maj", figure) for figure in figures]


def test_a_course_goes_from_each_round_to_the_next() -> None:
    drawn = course(points(MANY, FEW, MANY))
    assert drawn.count('class="g-course"') == 2
    assert drawn.count('class="g-band"') == 3
    assert (drawn.count('class="g-dot"'), drawn.count('class="g-dot--few"')) == (2, 1)


def test_no_line_passes_a_round_in_which_it_was_not_shown() -> None:
    drawn = course(points(MANY, None, MANY))
    assert 'class="g-course"' not in drawn
    assert drawn.count('class="g-band"') == 2


def test_higher_stands_higher_on_the_whole_scale() -> None:
    tops = [
        int(re.findall(r'cy="(\d+)"', course(points(Figure(value, value, value, 41))))[0])
        for value in (0, 60, 100)
    ]
    assert tops == sorted(tops, reverse=True)
    assert re.findall(r"<text[^>]*>(\d+)</text>", course(points(MANY))) == ["0", "50", "100"]


@pytest.mark.parametrize(("share", "width"), [(0.0, "0.0%"), (0.4349, "43.5%"), (1.0, "100.0%")])
def test_a_bar_starts_at_nought_and_is_as_long_as_its_share(share: float, width: str) -> None:
    assert f'width="{width}" height="14" rx="3"/></svg>' in step_bar(share)


@pytest.mark.parametrize(
    ("first", "last", "language", "said"),
    [
        (dt.date(2026, 9, 14), dt.date(2026, 9, 25), "sv", "14–25 september 2026"),
        (dt.date(2026, 9, 14), dt.date(2026, 9, 25), "en", "14–25 September 2026"),
        (dt.date(2026, 9, 28), dt.date(2026, 10, 9), "sv", "28 september–9 oktober 2026"),
        (dt.date(2026, 12, 28), dt.date(2027, 1, 8), "sv", "28 december 2026–8 januari 2027"),
        (dt.date(2026, 9, 14), dt.date(2026, 9, 14), "sv", "14 september 2026"),
    ],
)
def test_the_days_of_a_round(first: dt.date, last: dt.date, language: str, said: str) -> None:
    with translation.override(language):
        assert between_days(first, last) == said


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("Verksamhetsutveckling", "Verksamhets|utveckling"),
        ("Utvecklingskontoret", "Utvecklings|kontoret"),
        ("Rimligt förändringstryck", "Rimligt förändrings|tryck"),
        ("Kansli", "Kansli"),
        ("Ledning", "Ledning"),
    ],
)
def test_a_long_name_can_be_broken_where_it_was_put_together(name: str, broken: str) -> None:
    assert soft(name).replace("\u00ad", "|") == broken
