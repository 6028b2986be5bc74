"""Drawings: SVG that stretches by percent, follows the theme by class, and always has words beside it."""

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrfart.shared.markup import format_html, format_html_join
from styrfart.shared.templatetags.components import status
from styrfart.shared.templatetags.furniture import joined, trimmed

register = template.Library()

STEPS = (
    gettext_lazy("beslutat"),
    gettext_lazy("fördelat"),
    gettext_lazy("gjort"),
    gettext_lazy("effekt följd"),
)
SHORT_BAND = 0.07  # of the scale
_STOPS = ("4%", "34.6%", "65.3%", "96%")


# --- 5 decision track -------------------------------------------------------------------------------
@register.simple_tag
def decision_track(step: int, word: str = "", tone: str = "none") -> SafeString:
    """How far a decision has come, 1 to 4: a picture, and always the same in words; then a status word."""
    if not 1 <= step <= len(STEPS):
        raise template.TemplateSyntaxError(f"decision_track: step {step} is not 1 to {len(STEPS)}")
    words = _("Steg %(step)s av %(steps)s, %(name)s.") % {
        "step": step,
        "steps": len(STEPS),
        "name": STEPS[step - 1],
    }
    return format_html(
        '{}<p class="state"><b>{}</b>{}</p>',
        _track(step),
        words,
        format_html("<br>{}", status(word, tone)) if word else "",
    )


@cache
def _track(step: int) -> SafeString:
    """The picture, which has no words: drawn once for each step, since a page may have many."""
    circles = (
        format_html(
            '<circle class="{}" cx="{}" cy="10" r="{}"/>',
            *(("g-fill", x, "6.5") if at < step else ("g-hollow", x, "6")),
        )
        for at, x in enumerate(_STOPS)
    )
    done = (
        format_html('<line class="g-done" x1="4%" x2="{}" y1="10" y2="10"/>', _STOPS[step - 1])
        if step > 1
        else ""
    )
    return format_html(
        '<svg class="track" width="100%" height="20" aria-hidden="true" focusable="false">'
        '<line class="g-line" x1="4%" x2="96%" y1="10" y2="10" stroke-width="2"/>{}{}</svg>',
        done,
        joined(circles),
    )


# --- figures in words -------------------------------------------------------------------------------
@register.simple_block_tag
def dots(content: str, done: int, total: int, marks: Iterable[bool] | None = None) -> SafeString:
    """8 av 11 as a large number and as many dots; `marks` tells which, in order. Content: of what."""
    filled = tuple(marks) if marks is not None else tuple(at < done for at in range(total))
    drawing = _dots(filled) if 0 < len(filled) <= 30 else ""
    return format_html(
        '<p class="big"><span class="big__n">{} <small>{}</small></span> '
        '<span class="big__say">{}</span></p>{}',
        done,
        _("av %(total)s") % {"total": total},
        trimmed(content),
        drawing,
    )


@lru_cache(1000)
def _dots(filled: tuple[bool, ...]) -> SafeString:
    """The picture, which has no words: drawn once for those who see the same."""
    step, radius = 100 / len(filled), 8 if len(filled) <= 15 else 5
    circles = (
        format_html(
            '<circle class="{}" cx="{}%" cy="17" r="{}"/>',
            "g-fill" if is_full else "g-hollow",
            f"{step * (at + 0.5):.2f}",
            radius,
        )
        for at, is_full in enumerate(filled)
    )
    frame = '<svg width="100%" height="34" aria-hidden="true" focusable="false">{}</svg>'
    return format_html(frame, joined(circles))


@register.simple_block_tag
def gauge(content: str) -> SafeString:
    """The state of things in words: around `gauge_row` tags."""
    return format_html('<dl class="gauge">{}</dl>', content)


@register.simple_block_tag
def gauge_row(content: str, term: str, number: str, note: str = "") -> SafeString:
    """What is measured, its number, a note in small type, and a sentence that says what it means."""
    small = format_html(" <small>{}</small>", note) if note else ""
    say = format_html('<dd class="say">{}</dd>', trimmed(content)) if trimmed(content) else ""
    return format_html('<div><dt>{}</dt><dd class="num">{}{}</dd>{}</div>', term, number, small, say)


@register.simple_tag
def strip(parts: Iterable[Any]) -> SafeString:
    """Minutes for each purpose as one bar with a key.

    Parts are objects or dicts with `label`, `minutes` and `tone` (d1–d4). They keep their order; parts with
    the same label are one line in the key.
    """

    def of(part: Any, name: str) -> Any:
        return part[name] if isinstance(part, dict) else getattr(part, name)

    shown = [(str(of(part, "label")), float(of(part, "minutes")), of(part, "tone")) for part in parts]
    total = sum(minutes for _label, minutes, _tone in shown)
    if not total:
        return SafeString("")
    key: dict[tuple[str, str], float] = {}
    at, bars = 0.0, []
    for label, minutes, tone in shown:
        width = minutes / total * 100
        bars.append((tone, f"{at:.3f}", f"{max(width - 0.45, 0.3):.3f}"))
        key[label, tone] = key.get((label, tone), 0) + minutes
        at += width
    return format_html(
        '<div><svg class="strip" width="100%" height="14" aria-hidden="true" focusable="false">{}</svg>'
        '<ul class="key">{}</ul></div>',
        format_html_join("", '<rect class="g-{}" x="{}%" width="{}%" height="14" rx="3"/>', bars),
        format_html_join(
            "",
            '<li><svg width="12" height="12" aria-hidden="true" focusable="false">'
            '<rect class="g-{}" width="12" height="12" rx="3"/></svg>{}</li>',
            (
                (tone, _("%(label)s %(minutes)s min") % {"label": label, "minutes": f"{minutes:g}"})
                for (label, tone), minutes in key.items()
            ),
        ),
    )


# --- 11 figure --------------------------------------------------------------------------------------
@register.simple_block_tag
def figure(content: str, say: str, what: str = "", anchor: str = "") -> SafeString:
    """A figure whose heading is what the reader may believe. Content: key, drawing, `figure_table`."""
    anchor = anchor or slugify(say)
    return format_html(
        '<figure class="fig" aria-labelledby="{}"><h2 class="say" id="{}">{}</h2>{}{}</figure>',
        anchor,
        anchor,
        say,
        format_html('<p class="what">{}</p>', what) if what else "",
        content,
    )


@register.simple_block_tag
def figure_table(content: str, csv: str = "", label: str = "") -> SafeString:
    """The same values as a table, folded; with the address of the same values as CSV.

    `label`: its scroll box has a name and is reached by keyboard, as where it may be wider than the page.
    """
    link = format_html('<p><a href="{}">{}</a></p>', csv, _("Ladda ner som CSV")) if csv else ""
    reached = format_html(' tabindex="0" role="region" aria-label="{}"', label) if label else ""
    return format_html(
        '<details class="more"><summary>{}</summary><div class="tbl-wrap"{}>{}</div>{}</details>',
        _("Visa som tabell"),
        reached,
        content,
        link,
    )


@register.simple_block_tag
def band_rows(content: str, top: float = 100, *, axis: bool = False) -> SafeString:
    """Rows of a figure: around `band_row` tags; with `axis` the scale 0–`top` beneath them."""
    drawn = _axis(top) if axis else ""
    return format_html('<ul class="areas{}">{}</ul>{}', " areas--axis" if axis else "", content, drawn)


def _axis(top: float) -> SafeString:
    """Numbers of the scale. Each row says its own in words."""
    stops = ((f"{share * 100:.0f}%", f"{top * share:g}") for share in (0, 0.25, 0.5, 0.75, 1))
    return format_html(
        '<div class="axis" aria-hidden="true"><svg width="100%" height="20" focusable="false">{}</svg></div>',
        format_html_join("", '<text x="{}" y="15" text-anchor="middle">{}</text>', stops),
    )


@register.simple_block_tag
def band_row(
    content: str,
    name: str,
    value: float,
    low: float,
    high: float,
    top: float = 100,
    earlier: float | None = None,
    *,
    few: bool = False,
) -> SafeString:
    """A value and where it probably lies, on a full scale 0–`top`; hollow when `few` answered.

    Content: the verdict in words.
    """

    def at(number: float) -> str:
        return f"{number / top * 100:.1f}%"

    grid = format_html_join(
        "", '<line class="g-line" x1="{}%" x2="{}%" y1="0" y2="28"/>', ((x, x) for x in (0, 25, 50, 75, 100))
    )
    box = (at(low), at(high - low))
    return format_html(
        '<li><span class="name">{}</span>'
        '<svg class="plot" width="100%" height="28" aria-hidden="true" focusable="false">{}'
        '<rect class="g-band" x="{}" width="{}" y="8" height="12" rx="6"/>'
        '<rect class="g-rim" x="{}" width="{}" y="8" height="12" rx="6"/>'
        '{}<circle class="{}" cx="{}" cy="14" r="{}"/></svg><span class="verdict">{}</span></li>',
        name,
        grid,
        *box,
        *box,
        ""
        if earlier is None
        else format_html('<line class="g-prev" x1="{}" x2="{}" y1="4" y2="24"/>', at(earlier), at(earlier)),
        "g-dot--few" if few else "g-dot",
        at(value),
        # A short band would disappear beneath the dot.
        "3" if high - low < SHORT_BAND * top else "6.5",
        trimmed(content),
    )


@register.simple_tag
def band_key(now: str, earlier: str = "") -> SafeString:
    """What the marks of `band_rows` are called: the value with its uncertainty, and the earlier value."""
    before = format_html(
        '<li><svg width="8" height="18" aria-hidden="true" focusable="false">'
        '<line class="g-prev" x1="4" x2="4" y1="1" y2="17"/></svg>{}</li>',
        earlier,
    )
    return format_html(
        '<ul class="key"><li><svg width="34" height="16" aria-hidden="true" focusable="false">'
        '<rect class="g-band" x="1" y="3" width="32" height="10" rx="5"/>'
        '<rect class="g-rim" x="1" y="3" width="32" height="10" rx="5"/>'
        '<circle class="g-dot" cx="17" cy="8" r="5.5"/></svg>{}</li>{}</ul>',
        now,
        before if earlier else "",
    )
