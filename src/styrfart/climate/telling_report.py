"""A report as the page tells it: rows, cells and words, made of the report's values and of nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from styrfart.climate import headline
from styrfart.climate.queries.released import (
    Change,
    Column,
    ColumnKind,
    Direction,
    Distribution,
    Earlier,
    Figure,
    Measure,
    Place,
    Report,
    Strength,
    Trend,
    Verdict,
    Why,
)

UP, DOWN = "chg--up", "chg--down"


@dataclass(frozen=True)
class Area:
    """A measure of the group: its value, the earlier one, and in words how they differ."""

    measure: Measure
    figure: Figure
    before: int | None
    words: str
    tone: str
    extra: str  # what the drawing says, for those who do not see it


@dataclass(frozen=True)
class Cell:
    """A group's value of a measure; `figure` None: it is not shown."""

    figure: Figure | None
    is_whole: bool
    words: str
    tone: str


@dataclass(frozen=True)
class TableRow:
    measure: Measure
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Head:
    """The heading of a column; `url` to the group's own report."""

    column: Column
    name: str
    url: str


@dataclass(frozen=True)
class Step:
    """One answer to a question: what it is called, how many gave it, and their share."""

    name: str
    count: int
    share: float


@dataclass(frozen=True)
class Question:
    measure: Measure
    figure: Figure | None
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Course:
    """A measure over rounds: its last verdict in words, and all values in a sentence."""

    measure: Measure
    points: tuple["CoursePoint", ...]
    words: str
    tone: str


@dataclass(frozen=True)
class CoursePoint:
    when: str
    figure: Figure | None


def areas_of(report: Report, column: Column) -> list[Area]:
    """The measures that are shown of a column; changes are of the report's own group only."""
    changes = report.changes if column is report.whole else {}
    return [
        _area(
            report,
            measure,
            column.figures[measure.key],
            changes.get(measure.key),
            is_compared=any(each.key in changes for each in report.headlines),
        )
        for measure in report.headlines
        if measure.key in column.figures
    ]


def _area(
    report: Report, measure: Measure, figure: Figure, change: Change | None, *, is_compared: bool
) -> Area:
    extra = _("troligen mellan %(low)s och %(high)s") % {"low": figure.low, "high": figure.high}
    if change is None:
        words = _("Inget att jämföra med") if is_compared else ""
        return Area(measure, figure, None, words, "", extra + ".")
    if change.before is not None:
        extra += f", {headline.at(change.since, report)} {change.before}"
    words = since_words(change.verdict, change.since, report)
    return Area(measure, figure, change.before, words, tone_of(change.verdict), extra + ".")


def since_words(verdict: Verdict, since: Earlier, report: Report) -> str:
    """ "Tydligt högre än i maj": how a value stands beside the earlier one."""
    at = headline.at(since, report)
    if verdict.why == Why.FEW_MOVED:
        return _("Jämförs inte med %(at)s: för få har börjat eller slutat") % {
            "at": headline.month_or_last(since, report)
        }
    if verdict.why == Why.SLIPS:
        return _("Jämförs inte med %(at)s: några svarar på lapp, och ingen vet om de är desamma") % {
            "at": headline.month_or_last(since, report)
        }
    words = {
        (Strength.CLEAR, Direction.HIGHER): _("Tydligt högre än %(at)s"),
        (Strength.CLEAR, Direction.LOWER): _("Tydligt lägre än %(at)s"),
        (Strength.PROBABLE, Direction.HIGHER): _("Troligen högre än %(at)s"),
        (Strength.PROBABLE, Direction.LOWER): _("Troligen lägre än %(at)s"),
    }.get((verdict.strength, verdict.direction))
    if words:
        return words % {"at": at}
    return plain_words(verdict)


def plain_words(verdict: Verdict) -> str:
    """How a difference is spoken of where what it is from is plain."""
    words = {
        (Strength.CLEAR, Direction.HIGHER): _("Tydligt högre"),
        (Strength.CLEAR, Direction.LOWER): _("Tydligt lägre"),
        (Strength.PROBABLE, Direction.HIGHER): _("Troligen högre"),
        (Strength.PROBABLE, Direction.LOWER): _("Troligen lägre"),
    }.get((verdict.strength, verdict.direction))
    if words:
        return words
    return _("För tidigt att säga") if verdict.strength == Strength.TOO_EARLY else _("Ingen tydlig skillnad")


def tone_of(verdict: Verdict) -> str:
    """Green for what is clearly better, red for what is clearly worse; the words stand beside."""
    if verdict.strength != Strength.CLEAR or verdict.is_better is None:
        return ""
    return UP if verdict.is_better else DOWN


def heads_of(report: Report) -> list[Head]:
    """The columns of the table: the group itself first, then those below it as the organisation has them."""
    own = Head(report.whole, _("Helheten"), "")
    return [own, *(Head(column, name_of(column), address_of(column, report)) for column in report.columns)]


def rows_of(report: Report) -> list[TableRow]:
    """A row for each measure, a cell for each column: what is not shown looks alike, whatever the reason."""
    columns = (report.whole, *report.columns)
    return [
        TableRow(measure, tuple(_cell(column, measure) for column in columns)) for measure in report.headlines
    ]


def _cell(column: Column, measure: Measure) -> Cell:
    verdict = column.beside.get(measure.key)
    is_said = verdict is not None and verdict.is_said
    return Cell(
        column.figures.get(measure.key),
        column.kind == ColumnKind.WHOLE,
        plain_words(verdict) if verdict and is_said else "",
        tone_of(verdict) if verdict else "",
    )


def name_of(column: Column) -> str:
    """What a column is called; of a joint one all who are in it."""
    if len(column.names) < 2:
        return column.name
    if column.has_own:
        *names, group = column.names
        return _("%(names)s och de som hör direkt till %(group)s") % {
            "names": headline.listed(names),
            "group": group,
        }
    return _("%(names)s ihop") % {"names": headline.listed(column.names)}


def address_of(column: Column, report: Report) -> str:
    """Of the group's own report. A hidden group has one too: it says what is shown in its place."""
    if len(column.names) > 1:
        return ""
    return address(Place(column.name, column.unit, column.team), report.round_pk)


def address(place: Place, round_pk: int, page: str = "report") -> str:
    """Of a page of the group's report: "report", "conversation", "report-csv", "said-and-done"."""
    if place.team:
        return reverse(f"climate:team-{page}", args=[place.team, round_pk])
    return reverse(f"climate:{page}", args=[place.unit, round_pk])


def crumbs_of(report: Report) -> list[str]:
    """Label, address, label, address: the room and the groups above, with their reports of the same round."""
    parts = [_("Klimat"), reverse("climate:index")]
    for place in report.path:
        parts += [place.name, address(place, report.round_pk)]
    return parts


def joint_notes(report: Report) -> list[str]:
    """Which groups are shown together only, one sentence for each set of them."""
    return [
        _("%(names)s visas bara tillsammans.")
        % {"names": name_of(column) if column.has_own else capfirst(headline.listed(column.names))}
        for column in report.columns
        if column.kind == ColumnKind.JOINT
    ]


def questions_of(report: Report) -> list[Question]:
    """Every question with its index, and how many gave each answer where that is shown."""
    spread = {each.measure.key: each for each in report.distributions}
    return [
        Question(measure, report.whole.figures.get(measure.key), _steps(spread.get(measure.key)))
        for measure in report.measures
        if measure.is_item and (measure.key in report.whole.figures or measure.key in spread)
    ]


def _steps(spread: Distribution | None) -> tuple[Step, ...]:
    if spread is None:
        return ()
    most = max(spread.answers, 1)
    return tuple(
        Step(name, count, count / most) for name, count in zip(spread.steps, spread.counts, strict=True)
    )


def courses_of(trends: Sequence[Trend], report: Report) -> list[Course]:
    """Measures over three rounds or more: fewer are told by the figure above."""
    return [_course(trend, report) for trend in trends if len(trend.points) > 2]


def _course(trend: Trend, report: Report) -> Course:
    last = trend.points[-1]
    change = last.change
    words = since_words(change.verdict, change.since, report) if change else ""
    points = tuple(CoursePoint(headline.month(point.round, report), point.figure) for point in trend.points)
    return Course(trend.measure, points, words, tone_of(change.verdict) if change else "")
