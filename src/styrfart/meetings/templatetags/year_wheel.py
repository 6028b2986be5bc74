"""The annual wheel as a picture: twelve months, an arc for each item, and today. The list says the same."""

import calendar
import datetime as dt
import math
from collections.abc import Iterable, Sequence

from django import template
from django.utils import dates
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from styrfart.meetings.models import ReportingPeriod
from styrfart.meetings.queries.wheel import Due
from styrfart.shared.templatetags.furniture import joined
from styrfart.shared.templatetags.words import day_short

register = template.Library()

SIZE = 344
MIDDLE = SIZE / 2
INNER, OUTER, LETTERS = 58, 138, 155
# Ring and tone of what belongs together, from the outside in.
RINGS: dict[str, tuple[int, str]] = {
    ReportingPeriod.ANNUAL_REPORT: (128, "d1"),
    ReportingPeriod.BUDGET: (128, "d1"),
    ReportingPeriod.TERTIAL_1: (128, "d1"),
    ReportingPeriod.TERTIAL_2: (128, "d1"),
    ReportingPeriod.PLAN: (128, "d1"),
    ReportingPeriod.SURVEY: (108, "d2"),
    ReportingPeriod.SALARY: (108, "d2"),
    ReportingPeriod.RISK: (108, "d2"),
    ReportingPeriod.STRATEGY: (88, "d3"),
    ReportingPeriod.TEAM: (88, "d3"),
    ReportingPeriod.OWN: (68, "d4"),
}
# The shortest arc in days: shorter ones would be a dot.
SHORTEST = 8


def turn(day: dt.date, year: int) -> float:
    """Where in the year a day lies, as an angle: January begins at the top; before and after are cut."""
    length = 366 if calendar.isleap(year) else 365
    at = min(max((day - dt.date(year, 1, 1)).days, 0), length - 1)
    return at / length * math.tau


def point(angle: float, radius: float) -> tuple[str, str]:
    """The point at an angle from the top, clockwise."""
    return f"{MIDDLE + radius * math.sin(angle):.1f}", f"{MIDDLE - radius * math.cos(angle):.1f}"


def arc(first: dt.date, last: dt.date, year: int, radius: int, tone: str) -> SafeString:
    """The time from when an item should stand on an agenda to its day."""
    start, stop = turn(min(first, last - dt.timedelta(days=SHORTEST)), year), turn(last, year)
    a, b = point(start, radius), point(stop, radius)
    return format_html(
        '<path class="s-{}" d="M{} {}A{} {} 0 {} 1 {} {}"/>',
        *(tone, *a, radius, radius, int(stop - start > math.pi), *b),
    )


@register.simple_tag
def year_wheel(dues: Sequence[Due], year: int, today: dt.date) -> SafeString:
    """The year as a picture with a key; hidden from readers of screens, who have the list beside it."""
    return format_html(
        '<svg class="wheel" viewBox="0 0 {} {}" width="100%" aria-hidden="true" focusable="false">'
        "{}{}{}{}</svg>{}",
        SIZE,
        SIZE,
        _frame(),
        _months(year, today),
        joined(
            arc(due.from_day, due.due_on, year, *RINGS[due.item.period])
            for due in dues
            if due.due_on.year == year
        ),
        _now(year, today),
        _key(dues),
    )


def _frame() -> SafeString:
    radii = sorted({radius for radius, _tone in RINGS.values()}, reverse=True)
    return format_html_join(
        "",
        '<circle class="g-line" cx="{0}" cy="{0}" r="{1}" fill="none"/>',
        ((f"{MIDDLE:g}", each) for each in radii),
    )


def _months(year: int, today: dt.date) -> SafeString:
    shown = []
    for month in range(1, 13):
        first = dt.date(year, month, 1)
        line = (*point(turn(first, year), INNER), *point(turn(first, year), OUTER))
        x, y = point(turn(dt.date(year, month, 15), year), LETTERS)
        is_now = (today.year, today.month) == (year, month)
        shown.append(
            format_html(
                '<line class="g-line" x1="{}" y1="{}" x2="{}" y2="{}"/>'
                '<text{} x="{}" y="{}" dy=".35em" text-anchor="middle">{}</text>',
                *line,
                SafeString(' class="cur"') if is_now else "",
                x,
                y,
                str(dates.MONTHS[month])[:3].lower(),
            )
        )
    return joined(shown)


def _now(year: int, today: dt.date) -> SafeString:
    """Today, on the wheel of its year."""
    if today.year != year:
        return format_html(
            '<text class="mid" x="{0}" y="{0}" dy=".35em" text-anchor="middle">{1}</text>',
            f"{MIDDLE:g}",
            str(year),
        )
    angle = turn(today, year)
    near = point(angle, INNER)
    return format_html(
        '<line class="g-now" x1="{}" y1="{}" x2="{}" y2="{}"/><circle class="g-now" cx="{}" cy="{}" r="4"/>'
        '<text class="mid" x="{}" y="{}" text-anchor="middle">{}</text>'
        '<text x="{}" y="{}" text-anchor="middle">{}</text>',
        *(*near, *point(angle, OUTER + 8), *near),
        *(f"{MIDDLE:g}", f"{MIDDLE - 1:g}", day_short(today)),
        *(f"{MIDDLE:g}", f"{MIDDLE + 19:g}", _("vecka %(number)s") % {"number": today.isocalendar().week}),
    )


def _key(dues: Iterable[Due]) -> SafeString:
    """What each tone stands for, of those that the year has."""
    words = {
        "d1": _("Plan, budget och uppföljning"),
        "d2": _("Medarbetare och risker"),
        "d3": _("Strategi och gruppen själv"),
        "d4": _("Eget"),
    }
    tones = {RINGS[due.item.period][1] for due in dues}
    return format_html(
        '<ul class="key">{}</ul>',
        format_html_join(
            "",
            '<li><svg width="12" height="12" aria-hidden="true" focusable="false">'
            '<rect class="g-{}" width="12" height="12" rx="3"/></svg>{}</li>',
            ((tone, word) for tone, word in words.items() if tone in tones),
        ),
    )
