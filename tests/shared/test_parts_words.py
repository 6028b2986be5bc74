"""Days, times, amounts and numbers as readers of each language write and read them."""

import contextlib
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from styrfart.shared.forms import DayField, DayInput, KronorField, read_day
from styrfart.shared.templatetags import words

DAY = dt.date(2026, 10, 8)
STOCKHOLM_NINE = dt.datetime(2026, 10, 8, 7, 0, tzinfo=dt.UTC)
NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("shown", "value", "swedish", "english"),
    [
        (words.day, DAY, "8 oktober 2026", "8 October 2026"),
        (words.day, STOCKHOLM_NINE, "8 oktober 2026", "8 October 2026"),
        (words.day, dt.datetime(2026, 10, 7, 23, 30, tzinfo=dt.UTC), "8 oktober 2026", "8 October 2026"),
        (words.day, None, "", ""),
        (words.day_short, DAY, "8 oktober", "8 October"),
        (words.weekday, DAY, "torsdag 8 oktober", "Thursday 8 October"),
        (words.clock, STOCKHOLM_NINE, "09.00", "09:00"),
        (words.clock, dt.time(16, 5), "16.05", "16:05"),
        (words.moment, STOCKHOLM_NINE, "8 oktober 2026 klockan 09.00", "8 October 2026 at 09:00"),
        (words.iso_day, DAY, "2026-10-08", "2026-10-08"),
        (words.kronor, 12500, f"12{NBSP}500 kronor", "SEK 12,500"),
        (words.kronor, Decimal("12500.50"), f"12{NBSP}500,50 kronor", "SEK 12,500.50"),
        (words.kronor, 1, "1 krona", "SEK 1"),
        (words.number, 1234567, f"1{NBSP}234{NBSP}567", "1,234,567"),
        (words.number, 6.4, "6,4", "6.4"),
        (words.percent, 0.874, "87 procent", "87 percent"),
        (words.in_words, 1, "en", "one"),
        (words.in_words, 12, "tolv", "twelve"),
        (words.in_words, 13, "13", "13"),
        (words.in_words, 1300, f"1{NBSP}300", "1,300"),
        (words.plain, 12500, "12500", "12500"),
    ],
)
def test_each_language_has_its_own_way(shown: Any, value: Any, swedish: str, english: str) -> None:
    with override("sv"):
        assert shown(value) == swedish
    with override("en"):
        assert shown(value) == english


def test_one_thing_is_ett_where_the_word_wants_it() -> None:
    with override("sv"):
        assert words.in_words(1, "ett") == "ett"
        assert words.in_words(2, "ett") == "två"


@pytest.mark.parametrize(
    ("days", "swedish", "english"),
    [
        (-13, "13 dagar sent", "13 days late"),
        (-6, "sex dagar sent", "six days late"),
        (-1, "en dag sent", "one day late"),
        (0, "i dag", "today"),
        (1, "i morgon", "tomorrow"),
        (2, "om två dagar", "in two days"),
        (13, "om 13 dagar", "in 13 days"),
        (14, "22 oktober 2026", "22 October 2026"),
    ],
)
def test_how_far_off_a_day_is(days: int, swedish: str, english: str) -> None:
    with override("sv"):
        assert words.due(DAY + dt.timedelta(days), DAY) == swedish
    with override("en"):
        assert words.due(DAY + dt.timedelta(days), DAY) == english


@pytest.mark.parametrize(
    ("days", "swedish"),
    [
        (0, "i dag"),
        (1, "i går"),
        (2, "för två dagar sedan"),
        (14, "24 september 2026"),
        (-1, "9 oktober 2026"),
    ],
)
def test_how_long_ago_a_day_was(days: int, swedish: str) -> None:
    with override("sv"):
        assert words.ago(DAY - dt.timedelta(days), DAY) == swedish


@pytest.mark.parametrize(
    "text",
    [
        "2026-12-15",
        "20261215",
        "15 december 2026",
        "15 dec 2026",
        "15 Dec. 2026",
        "den 15 december 2026",
        "15:e december 2026",
        "15 December, 2026",
        "15/12 2026",
        "15/12/2026",
        "15.12.2026",
        " 15  december  2026 ",
        "15 december",  # the next one
        "15/12",
    ],
)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert read_day(text, DAY) == dt.date(2026, 12, 15)


def test_a_day_without_a_year_is_the_next_one() -> None:
    assert read_day("8 oktober", DAY) == DAY
    assert read_day("7 oktober", DAY) == dt.date(2027, 10, 7)
    assert read_day("29 februari", DAY) == dt.date(2028, 2, 29)


@pytest.mark.parametrize(
    "text",
    [
        "snart",
        "31 februari 2026",
        "2026-13-01",
        "15",
        "",
        "0000-00-00",
        "15 december 26",
        "1/2/3/4",
        "999999999",
    ],
)
def test_what_is_no_day_says_how_to_write_one(text: str) -> None:
    with override("sv"), pytest.raises(ValidationError) as caught:
        DayField().clean(text)
    assert caught.value.messages in (
        ["Skriv datumet som 15 december 2026 eller 2026-12-15"],
        ["Ange ett datum"],
    )


@given(st.dates(dt.date(1900, 1, 1), dt.date(2199, 12, 31)), st.sampled_from(["sv", "en"]))
def test_a_day_that_is_shown_can_be_read_again(day: dt.date, language: str) -> None:
    with override(language):
        assert read_day(words.day(day), DAY) == day


@given(st.text(max_size=60))
def test_no_text_breaks_the_field_for_days(text: str) -> None:
    with contextlib.suppress(ValidationError):
        assert isinstance(DayField(required=False).clean(text), dt.date | None)


def test_a_day_in_a_form_stands_as_readers_write_it() -> None:
    with override("sv"):
        assert 'value="8 oktober 2026"' in DayInput().render("x", DAY)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("12500", "12500"),
        ("12 500", "12500"),
        (f"12{NBSP}500 kr", "12500"),
        ("12.500", "12500"),
        ("12,500", "12500"),
        ("12 500,50", "12500.50"),
        ("12 500 kronor", "12500"),
        ("1,5 mnkr", "1500000"),
        ("250 tkr", "250000"),
        ("SEK 12,500.50", "12500.50"),
        ("1 234 567", "1234567"),
        ("0", "0"),
    ],
)
def test_an_amount_is_read_as_people_write_it(text: str, amount: str) -> None:
    assert KronorField().clean(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text", ["mycket", "-1", "12,50,30", "1e5", "NaN", "Infinity", "9" * 40, "12 euro", "."]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        KronorField().clean(text)


@given(st.text(max_size=60))
def test_no_text_breaks_the_field_for_amounts(text: str) -> None:
    with contextlib.suppress(ValidationError):
        assert isinstance(KronorField(required=False).clean(text), Decimal | None)


@pytest.mark.parametrize(
    ("title", "inside"),
    [
        ("Kontorschef", "kontorschef"),
        ("HR-chef", "HR-chef"),
        ("VD", "VD"),
        ("Ärendechef", "ärendechef"),
        ("", ""),
    ],
)
def test_a_title_inside_a_sentence_begins_small(title: str, inside: str) -> None:
    assert words.in_sentence(title) == inside
