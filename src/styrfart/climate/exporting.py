"""A report as a table, as JSON and as a picture: the values of `queries.released.Report`, and no others.

The keys of the JSON stand in docs/report-data.md; they are not changed, only added to.
"""

import datetime as dt
import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.html import escape
from django.utils.translation import gettext as _

from styrfart.climate import headline
from styrfart.climate import telling_report as telling
from styrfart.climate.queries.released import Change, Column, Measure, Report, Trend, Verdict

FORMAT = "styrfart-report@1"


def head_of() -> list[str]:
    """The heading of the table."""
    return [
        _("Grupp"),
        _("Mått"),
        _("Formulär"),
        _("Index"),
        _("Troligen från"),
        _("Troligen till"),
        _("Svar"),
        _("Förra värdet"),
        _("Förra pulsen"),
        _("Skillnad"),
        _("Antal som valde varje svar, från det lägsta"),
    ]


def lines_of(report: Report) -> Iterator[list[Any]]:
    """A line for each group and measure. Where a value is not shown the line says so, and nothing else."""
    spread = {each.measure.key: each.counts for each in report.distributions}
    for column in columns_of(report):
        is_whole = column is report.whole
        for measure in report.measures:
            change = report.changes.get(measure.key) if is_whole else None
            counts = spread.get(measure.key) if is_whole else None
            yield _line(report, column, measure, change, counts)


def _line(
    report: Report, column: Column, measure: Measure, change: Change | None, counts: Sequence[int] | None
) -> list[Any]:
    figure = column.figures.get(measure.key)
    beside = column.beside.get(measure.key)
    begins = [telling.name_of(column), measure.name, measure.instrument]
    if figure is None:
        return [*begins, _("visas inte"), *[None] * 7]
    return [
        *begins,
        figure.index,
        figure.low,
        figure.high,
        figure.answers,
        change.before if change else None,
        change.since.title if change else None,
        _difference(report, change, beside),
        "; ".join(str(count) for count in counts) if counts else None,
    ]


def _difference(report: Report, change: Change | None, beside: Verdict | None) -> str | None:
    if change:
        return telling.since_words(change.verdict, change.since, report)
    return telling.plain_words(beside) if beside else None


def columns_of(report: Report) -> tuple[Column, ...]:
    """The group itself, what stands around it when it is hidden, and the groups below."""
    around = (report.around,) if report.around else ()
    return (report.whole, *around, *report.columns)


def data_of(report: Report, trends: Sequence[Trend]) -> dict[str, Any]:
    """The report as JSON."""
    return {
        "format": FORMAT,
        "round": {
            "id": report.round_pk,
            "title": report.title,
            "kind": report.kind.value,
            "why": report.why,
            "opens_on": _day(report.opens_on),
            "closes_on": _day(report.closes_on),
            "released_on": _day(report.released_on),
        },
        "group": {
            "name": report.place.name,
            "unit": report.place.unit,
            "team": report.place.team,
            "path": [place.name for place in report.path],
        },
        "least": {"index": report.least, "distribution_and_text": report.least_text},
        "instruments": [
            {
                "key": part.key,
                "name": part.name,
                "title": part.title,
                "source": part.source,
                "licence": part.licence,
                "is_validated": part.is_validated,
                "measures": [_measure(measure) for measure in part.measures],
            }
            for part in report.parts
        ],
        "columns": [_column(column) for column in columns_of(report)],
        "changes": {key: _change(change) for key, change in report.changes.items()},
        "distributions": {
            each.measure.key: {"steps": list(each.steps), "counts": list(each.counts)}
            for each in report.distributions
        },
        "texts": [
            {"question": said.question, "number": said.number, "texts": list(said.texts)}
            for said in report.texts
        ],
        "trends": {
            trend.measure.key: [
                {"round": point.round.pk, "closes_on": _day(point.round.closes_on), **vars(point.figure)}
                for point in trend.points
            ]
            for trend in trends
        },
    }


def _day(day: dt.date) -> str:
    return day.isoformat()


def _measure(measure: Measure) -> dict[str, Any]:
    return {
        "key": measure.key,
        "name": measure.name,
        "is_total": measure.is_total,
        "is_item": measure.is_item,
        "higher_is_better": measure.higher_is_better,
        "kolada": measure.kolada,
    }


def _column(column: Column) -> dict[str, Any]:
    return {
        "kind": column.kind.value,
        "name": column.name,
        "names": list(column.names),
        "has_own": column.has_own,
        "unit": column.unit,
        "team": column.team,
        "is_shown": column.is_shown,
        "invited": column.invited,
        "answered": column.answered,
        "figures": {key: vars(figure) for key, figure in column.figures.items()},
        "beside": {key: _verdict(verdict) for key, verdict in column.beside.items()},
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "strength": verdict.strength.value,
        "direction": verdict.direction.value,
        "is_better": verdict.is_better,
        "why": verdict.why.value if verdict.why else None,
    }


def _change(change: Change) -> dict[str, Any]:
    return {
        "since": {
            "round": change.since.pk,
            "title": change.since.title,
            "closes_on": _day(change.since.closes_on),
        },
        "before": change.before,
        **_verdict(change.verdict),
    }


# --- the picture ------------------------------------------------------------------------------------
# Its own colours, for a white page; shape and rim are enough in grey. Attributes, not a style sheet: the file
# is drawn alike wherever it is opened, also where style sheets in it are refused.
INK, MUTED, LINE, BAND, DEEP = "#12212b", "#41545f", "#c9d4da", "#b9d6e3", "#0b5470"
FONT = f'font-family="system-ui, sans-serif" font-size="15" fill="{INK}"'
WIDTH, LEFT, RIGHT, HEAD, ROW = 960, 280, 620, 52, 44
LINE_HEIGHT, TITLE_HEIGHT = 20, 26
TITLE_SIGNS, TEXT_SIGNS, NAME_SIGNS, WORDS_SIGNS = 80, 110, 28, 32  # to a line


def picture_of(report: Report) -> str:
    """The figure of the report as an SVG file: the areas of the group, or of what is shown in its place."""
    column = report.whole if report.is_shown else report.around
    areas = telling.areas_of(report, column) if column else []
    says = headline.headline(report)
    name = telling.name_of(column) if column else report.place.name
    what = _("Index 0–100, %(group)s. %(round)s. Strecket visar var värdet troligen ligger.") % {
        "group": name,
        "round": report.title,
    }
    title, line = len(_lines(says, TITLE_SIGNS)), len(_lines(what, TEXT_SIGNS))
    top = HEAD + TITLE_HEIGHT * title + LINE_HEIGHT * line
    rows, bottom = [], top
    for area in areas:
        lines = max(len(_lines(area.measure.name, NAME_SIGNS)), len(_lines(area.words, WORDS_SIGNS)))
        height = max(ROW, LINE_HEIGHT * lines + 22)
        rows.append(_drawn(area, bottom + height // 2))
        bottom += height
    frame = f'width="{WIDTH}" height="{bottom + 54}" viewBox="0 0 {WIDTH} {bottom + 54}"'
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {frame} role="img" aria-labelledby="t d" {FONT}>',
            f'<title id="t">{escape(says)}</title>',
            f'<desc id="d">{escape(" ".join([what, *(_told(area) for area in areas)]))}</desc>',
            '<rect width="100%" height="100%" fill="#fff"/>',
            _text(_lines(says, TITLE_SIGNS), 24, 42, 'font-size="20" font-weight="600"', step=TITLE_HEIGHT),
            _text(
                _lines(what, TEXT_SIGNS),
                24,
                44 + TITLE_HEIGHT * len(_lines(says, TITLE_SIGNS)),
                f'fill="{MUTED}"',
            ),
            *(_scale(tick, top, bottom) for tick in (0, 25, 50, 75, 100)),
            *rows,
            "</svg>",
        ]
    )


def _told(area: telling.Area) -> str:
    """An area in words, for those who do not see the drawing."""
    words = f" {area.words}." if area.words else ""
    return f"{area.measure.name}: {area.figure.index}, {area.extra}{words}"


def _lines(text: str, signs: int) -> list[str]:
    return textwrap.wrap(text, signs)


def _text(lines: Sequence[str], x: int, y: int, look: str, *, step: int = LINE_HEIGHT) -> str:
    """Lines of text, the first on `y`."""
    spans = "".join(
        f'<tspan x="{x}" y="{y + step * number}">{escape(line)}</tspan>' for number, line in enumerate(lines)
    )
    return f"<text {look}>{spans}</text>"


def _x(index: int) -> int:
    return LEFT + round((RIGHT - LEFT) * index / 100)


def _scale(tick: int, top: int, bottom: int) -> str:
    x = _x(tick)
    return (
        f'<line x1="{x}" x2="{x}" y1="{top}" y2="{bottom}" stroke="{LINE}"/>'
        f'<text x="{x}" y="{bottom + 24}" fill="{MUTED}" text-anchor="middle">{tick}</text>'
    )


def _drawn(area: telling.Area, y: int) -> str:
    low, high = _x(area.figure.low), _x(area.figure.high)
    inside, rim = ("#fff", DEEP) if area.figure.is_few else (DEEP, "#fff")
    before = ""
    if area.before is not None:
        x = _x(area.before)
        before = f'<line x1="{x}" x2="{x}" y1="{y - 11}" y2="{y + 11}" stroke="{MUTED}" stroke-width="2"/>'
    name, words = _lines(area.measure.name, NAME_SIGNS), _lines(area.words, WORDS_SIGNS)
    return (
        _text(name, 24, _first(y, name), 'font-weight="600"')
        + f'<rect x="{low}" y="{y - 7}" width="{max(high - low, 1)}" height="14" rx="7" fill="{BAND}" '
        f'stroke="{DEEP}" stroke-width="1.25"/>{before}'
        f'<circle cx="{_x(area.figure.index)}" cy="{y}" r="7" fill="{inside}" stroke="{rim}" '
        f'stroke-width="2"/><text x="{RIGHT + 24}" y="{y + 5}" font-weight="600">{area.figure.index}</text>'
        + _text(words, RIGHT + 64, _first(y, words), "")
    )


def _first(y: int, lines: Sequence[str]) -> int:
    """Where the first of some lines stands, so that they lie around `y`."""
    return y + 5 - LINE_HEIGHT * (len(lines) - 1) // 2
