"""Drawings of the report that no other page has; each has its words beside it."""

import datetime as dt
import re
from collections.abc import Sequence

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from styrfart.climate.queries.released import Verdict
from styrfart.climate.telling_report import CoursePoint, plain_words
from styrfart.shared.templatetags.furniture import crumbs

register = template.Library()

# Where a long name of the organisation may be broken: no browser knows how it was put together.
_JOINTS = re.compile(
    r"(\w{4,})(utveckling|kontor|avdelning|enhet|förvaltning|nämnd|ledning|omsorg|service|tryck)", re.I
)

HEIGHT = 164  # of a course, in pixels
TOP, FLOOR = 22, 156
ABOVE = -4  # where a number stands from its line


@register.simple_tag
def between_days(first: dt.date, last: dt.date) -> str:
    """14–25 september 2026; 28 september–9 oktober 2026; the year twice when there are two."""
    end = date_format(last, "DATE_FORMAT")
    if first == last:
        return end
    if first.year != last.year:
        return f"{date_format(first, 'DATE_FORMAT')}–{end}"
    if first.month != last.month:
        return f"{date_format(first, 'MONTH_DAY_FORMAT')}–{end}"
    return f"{first.day}–{end}"


@register.filter
def soft(name: str) -> str:
    """Verksamhets-utveckling with a hyphen that is seen only where the line ends."""
    return _JOINTS.sub("\\1\u00ad\\2", name)


@register.simple_tag
def crumbs_of(parts: Sequence[str], last: str) -> SafeString:
    """Where the page lies, when how deep is not known to the template."""
    return crumbs(*parts, last)


@register.simple_tag
def verdict_words(verdict: Verdict) -> str:
    """Tydligt högre, Ingen tydlig skillnad, För tidigt att säga."""
    return plain_words(verdict)


@register.simple_tag
def step_bar(share: float) -> SafeString:
    """How large a share gave an answer: a bar from nought."""
    return format_html(
        '<svg class="plot" width="100%" height="14" aria-hidden="true" focusable="false">'
        '<rect class="g-track" width="100%" height="14" rx="3"/>'
        '<rect class="g-d2" width="{}%" height="14" rx="3"/></svg>',
        f"{share * 100:.1f}",
    )


@register.simple_tag
def course(points: Sequence[CoursePoint]) -> SafeString:
    """A measure over rounds on its full scale: dots and bands, and a line from each to the next.

    No line passes a round in which it was not shown.
    """
    width = 100 / max(len(points), 1)
    centres = [width * (place + 0.5) for place in range(len(points))]
    grid = format_html_join(
        "",
        '<line class="g-line" x1="0%" x2="100%" y1="{0}" y2="{0}"/><text x="0" y="{1}">{2}</text>',
        ((_y(value), _y(value) + ABOVE, value) for value in (0, 50, 100)),
    )
    lines = format_html_join(
        "",
        '<line class="g-course" x1="{}%" y1="{}" x2="{}%" y2="{}"/>',
        (
            (f"{left:.1f}", _y(one.figure.index), f"{right:.1f}", _y(other.figure.index))
            for (left, one), (right, other) in zip(
                zip(centres, points, strict=True), list(zip(centres, points, strict=True))[1:], strict=False
            )
            if one.figure and other.figure
        ),
    )
    shown = [(centre, point.figure) for centre, point in zip(centres, points, strict=True) if point.figure]
    marks = format_html_join(
        "",
        '<svg x="{}%" y="0" width="1" height="{}" overflow="visible">'
        '<rect class="g-band" x="-7" y="{}" width="14" height="{}" rx="5"/>'
        '<rect class="g-rim" x="-7" y="{}" width="14" height="{}" rx="5"/>'
        '<circle class="{}" cx="0" cy="{}" r="4"/></svg>',
        (
            (
                f"{centre:.1f}",
                HEIGHT,
                _y(figure.high),
                max(_y(figure.low) - _y(figure.high), 1),
                _y(figure.high),
                max(_y(figure.low) - _y(figure.high), 1),
                "g-dot--few" if figure.is_few else "g-dot",
                _y(figure.index),
            )
            for centre, figure in shown
        ),
    )
    return format_html(
        '<svg class="course" width="100%" height="{}" aria-hidden="true" focusable="false">{}{}{}</svg>',
        HEIGHT,
        grid,
        lines,
        marks,
    )


def _y(value: int) -> int:
    """From the top, in pixels."""
    return round(FLOOR - (FLOOR - TOP) * value / 100)
