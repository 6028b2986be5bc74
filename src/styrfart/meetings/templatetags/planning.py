"""When a team meets, in words, and what its items are for: `{% load planning %}`."""

import datetime as dt

from django import template
from django.utils import dates
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from styrfart.meetings.actions import ItemValues
from styrfart.meetings.models import Rhythm, Series, StandingItem, WheelItem
from styrfart.meetings.purposes import VERBS
from styrfart.shared.templatetags.words import clock, in_words

register = template.Library()

# How many meetings a year that each rhythm comes to at most.
A_YEAR = {
    Rhythm.WEEKLY: 52,
    Rhythm.FORTNIGHTLY: 26,
    Rhythm.THIRD_WEEK: 17,
    Rhythm.FOURTH_WEEK: 13,
    Rhythm.MONTHLY: 12,
    Rhythm.QUARTERLY: 4,
}


@register.filter
def when(series: Series) -> str:
    """Varannan torsdag 09.00–11.00 / Every other Thursday 09:00–11:00."""
    return _("%(days)s %(first)s–%(last)s") % {
        "days": on_days(Rhythm(series.rhythm), series.first_on),
        "first": clock(series.starts_at),
        "last": clock(ending(series.starts_at, series.kind.minutes)),
    }


def ending(starts_at: dt.time, minutes: int) -> dt.time:
    """When a meeting ends by the clock on the wall, on a day when the clock is left alone."""
    return (dt.datetime.combine(dt.date(2000, 1, 1), starts_at) + dt.timedelta(minutes=minutes)).time()


def on_days(rhythm: Rhythm, first_on: dt.date) -> str:
    """Varannan torsdag; första torsdagen i månaden."""
    weekday = str(dates.WEEKDAYS[first_on.weekday()])
    week = (first_on.day - 1) // 7
    nth = (
        pgettext("i månaden", "Första"),
        pgettext("i månaden", "Andra"),
        pgettext("i månaden", "Tredje"),
        pgettext("i månaden", "Fjärde"),
        pgettext("i månaden", "Sista"),
    )[week]
    said = {
        Rhythm.WEEKLY: _("Varje %(weekday)s"),
        Rhythm.FORTNIGHTLY: _("Varannan %(weekday)s"),
        Rhythm.THIRD_WEEK: _("Var tredje %(weekday)s"),
        Rhythm.FOURTH_WEEK: _("Var fjärde %(weekday)s"),
        Rhythm.MONTHLY: _("%(nth)s %(weekday)sen i månaden"),
        Rhythm.QUARTERLY: _("%(nth)s %(weekday)sen var tredje månad"),
    }[rhythm]
    return said % {"weekday": weekday, "nth": nth}


@register.filter
def duration(minutes: int) -> str:
    """45 minuter, 2 timmar, 2 timmar och 30 minuter."""
    hours, rest = divmod(minutes, 60)
    shown = []
    if hours:
        shown.append(ngettext("%(count)s timme", "%(count)s timmar", hours) % {"count": in_words(hours)})
    if rest:
        shown.append(ngettext("%(count)s minut", "%(count)s minuter", rest) % {"count": rest})
    return _(" och ").join(shown)


@register.filter
def verb(purpose: str) -> str:
    """Besluta, Tänka ihop, Veta: what an item is for, said to people."""
    return str(VERBS[purpose])


@register.filter
def briefly(item: StandingItem | WheelItem | ItemValues) -> str:
    """Besluta, 20 min: what an item is for and how long it takes."""
    return _("%(verb)s, %(number)s min") % {"verb": verb(item.purpose), "number": item.minutes}
