"""Days, times, amounts and numbers as readers of each language write them."""

import datetime as dt
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

register = template.Library()

NUMBERS = (
    pgettext_lazy("tal", "noll"),
    pgettext_lazy("tal", "en"),
    pgettext_lazy("tal", "två"),
    pgettext_lazy("tal", "tre"),
    pgettext_lazy("tal", "fyra"),
    pgettext_lazy("tal", "fem"),
    pgettext_lazy("tal", "sex"),
    pgettext_lazy("tal", "sju"),
    pgettext_lazy("tal", "åtta"),
    pgettext_lazy("tal", "nio"),
    pgettext_lazy("tal", "tio"),
    pgettext_lazy("tal", "elva"),
    pgettext_lazy("tal", "tolv"),
)
ONE_NEUTER = pgettext_lazy("tal", "ett")
# Further ahead than this a date says more than a number of days.
WITHIN_DAYS = 13
# Dates in words that a process keeps: three ways, two languages, two years.
KEPT = 5000


def _date(value: dt.date | dt.datetime) -> dt.date:
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


@lru_cache(KEPT)
def _written(value: dt.date, how: str, _language: str | None) -> str:
    """A date in a language. Everybody reads of the same days: last month and next."""
    return formats.date_format(value, how)


@register.filter
def day(value: dt.date | dt.datetime | None) -> str:
    """8 oktober 2026 / 8 October 2026."""
    return _written(_date(value), "DATE_FORMAT", translation.get_language()) if value else ""


@register.filter
def day_short(value: dt.date | dt.datetime | None) -> str:
    """8 oktober / 8 October: where the year is plain from what stands beside it."""
    return _written(_date(value), "MONTH_DAY_FORMAT", translation.get_language()) if value else ""


@register.filter
def weekday(value: dt.date | dt.datetime | None) -> str:
    """torsdag 8 oktober / Thursday 8 October."""
    return _written(_date(value), "l j F", translation.get_language()) if value else ""


@register.filter
def iso_day(value: dt.date | dt.datetime | None) -> str:
    """2026-10-08: for datetime attributes, never for reading."""
    return _date(value).isoformat() if value else ""


@register.filter
def clock(value: dt.datetime | dt.time | None) -> str:
    """09.00 / 09:00."""
    if value is None:
        return ""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return formats.time_format(value, "TIME_FORMAT")


@register.filter
def moment(value: dt.datetime | None) -> str:
    """8 oktober 2026 klockan 09.00 / 8 October 2026 at 09:00."""
    return _("%(day)s klockan %(time)s") % {"day": day(value), "time": clock(value)} if value else ""


@register.filter
def in_words(value: int | None, one: str = "en") -> str:
    """Numbers up to twelve as words, others as digits; `{{ n|in_words:"ett" }}` before ett-words."""
    if value is None:
        return ""
    if value == 1 and one == "ett":
        return str(ONE_NEUTER)
    return str(NUMBERS[value]) if 0 <= value < len(NUMBERS) else formats.number_format(value, use_l10n=True)


@register.filter
def due(value: dt.date | dt.datetime | None, today: dt.date | None = None) -> str:
    """How far off a day is: i dag, i morgon, om tre dagar, sex dagar sent; the date itself when far ahead."""
    if not value:
        return ""
    left = (_date(value) - (today or timezone.localdate())).days
    if left == 0:
        return _("i dag")
    if left == 1:
        return _("i morgon")
    if left > WITHIN_DAYS:
        return day(value)
    if left > 0:
        return _("om %(count)s dagar") % {"count": in_words(left)}
    return ngettext("%(count)s dag sent", "%(count)s dagar sent", -left) % {"count": in_words(-left)}


@register.filter
def ago(value: dt.date | dt.datetime | None, today: dt.date | None = None) -> str:
    """How long ago a day was: i dag, i går, för tre dagar sedan; the date itself when far back."""
    if not value:
        return ""
    past = ((today or timezone.localdate()) - _date(value)).days
    if past == 0:
        return _("i dag")
    if past == 1:
        return _("i går")
    if past < 0 or past > WITHIN_DAYS:
        return day(value)
    return _("för %(count)s dagar sedan") % {"count": in_words(past)}


@register.filter
def kronor(value: Decimal | int | None) -> str:
    """12 500 kronor / SEK 12,500; öre only when there are any."""
    if value is None:
        return ""
    amount = Decimal(value)
    places = 0 if amount == amount.to_integral_value() else 2
    number = formats.number_format(amount, decimal_pos=places, use_l10n=True, force_grouping=True)
    return ngettext("%(number)s krona", "%(number)s kronor", int(amount)) % {"number": number}


@register.filter
def number(value: Any) -> str:
    """12 500 / 12,500; decimals as they are."""
    return "" if value is None else formats.number_format(value, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float | None) -> str:
    """0.87 as 87 procent / 87 percent."""
    return "" if share is None else _("%(number)s procent") % {"number": round(share * 100)}


@register.filter
def in_sentence(title: str) -> str:
    """The title of a post inside a sentence: kontorschef; HR-chef and VD keep their capitals."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


@register.filter
def plain(value: Any) -> str:
    """An id or a number for a machine: without the spaces that readers want in 12 500."""
    with translation.override(None):
        return str(value)
