"""Figures of the national database: the page that lists them, and what a report is put beside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from styrfart.climate.instruments import Instrument, shipped
from styrfart.climate.models import NationalFigure, Round
from styrfart.climate.queries.released import Direction, Figure, Measure, Report, Strength, Verdict, Why
from styrfart.people.models import Person
from styrfart.people.rules import can_see_organisation, is_hr_developer
from styrfart.shared.templatetags.words import day


@dataclass(frozen=True)
class NationalRow:
    """An indicator, what it measures in our words, and its figures, the latest year first."""

    indicator: str
    name: str
    figures: tuple[NationalFigure, ...]


@dataclass(frozen=True)
class Benchmark:
    """A measure of the report beside the national value of the latest year that is not after the round.

    `verdict`: our own computation, of the group beside the value. `source`: of the raw value alone.
    """

    measure: Measure
    figure: Figure
    value: float
    year: int
    source: str
    verdict: Verdict


def may_import(user: Person) -> bool:
    """Who keeps the national figures."""
    return is_hr_developer(user)


def national_rows(user: Person) -> list[NationalRow]:
    """Every figure, by indicator. 404 to those who do not work here. One query."""
    if not can_see_organisation(user):
        raise Http404
    names = _names()
    found: dict[str, list[NationalFigure]] = {}
    for figure in NationalFigure.objects.order_by("indicator", "-year"):
        found.setdefault(figure.indicator, []).append(figure)
    return [NationalRow(key, names.get(key, ""), tuple(figures)) for key, figures in found.items()]


def importer(user: Person) -> Person:
    """The user, if they may read figures in; 404 to outsiders, 403 to others."""
    if not can_see_organisation(user):
        raise Http404
    if not may_import(user):
        raise PermissionDenied
    return user


def source_of(figure: NationalFigure) -> str:
    """Where a raw figure comes from, as the database wants it said."""
    return _("Källa: %(source)s, %(indicator)s, alla kommuner (ovägt medel) %(year)s, hämtat %(day)s") % {
        "source": figure.source,
        "indicator": figure.indicator,
        "year": figure.year,
        "day": day(figure.fetched_on),
    }


def benchmarks(report: Report) -> list[Benchmark]:
    """The areas that are shown and that the national database has too. No query without any, else two.

    Judged from the distributions that are shown, and from nothing else: the comparison tells no more of the
    answers than the page does. Where they are not shown it is too early to say.
    """
    wanted = {
        measure.kolada: measure
        for measure in report.headlines
        if measure.kolada and measure.key in report.whole.figures
    }
    if not wanted:
        return []
    latest = _latest(set(wanted), report.closes_on.year)
    known = {measure.key: latest[code] for code, measure in wanted.items() if code in latest}
    if not known:
        return []
    said = _verdicts(report, known)
    return [
        Benchmark(
            measure=measure,
            figure=report.whole.figures[measure.key],
            value=known[measure.key].value,
            year=known[measure.key].year,
            source=source_of(known[measure.key]),
            verdict=said[measure.key],
        )
        for measure in wanted.values()
        if measure.key in known
    ]


def _latest(indicators: set[str], year: int) -> dict[str, NationalFigure]:
    """The figure of each indicator from the latest year that is not after `year`."""
    rows = NationalFigure.objects.filter(indicator__in=indicators, year__lte=year).order_by("year")
    return {figure.indicator: figure for figure in rows}


def _verdicts(report: Report, national: Mapping[str, NationalFigure]) -> dict[str, Verdict]:
    """Of each measure, those of one instrument judged together."""
    asked = Round.objects.only("form").get(pk=report.round_pk).asked
    counts = {each.measure.key: each.counts for each in report.distributions}
    invited = max(report.whole.invited or 0, report.whole.answered or 0)
    return {
        f"{part.key}.{measure}": verdict
        for part in asked
        if (mine := _of_part(part, national))
        for measure, verdict in _judged(part, mine, counts, invited).items()
    }


def _of_part(part: Instrument, national: Mapping[str, NationalFigure]) -> dict[str, float]:
    """The national value of each of the instrument's measures that has one."""
    return {
        measure: national[key].value
        for measure in part.measures
        if (key := f"{part.key}.{measure}") in national
    }


def _judged(
    part: Instrument, national: Mapping[str, float], shown: Mapping[str, Sequence[int]], invited: int
) -> dict[str, Verdict]:
    from styrfart.kernel import indices  # noqa: PLC0415  # NumPy, only where it is used

    scale = indices.Scale(
        items=tuple(item.key for item in part.items),
        sub_indices=tuple(indices.SubIndex(sub.key, sub.items) for sub in part.sub_indices),
        highest=len(part.steps),
        reversed_items=frozenset(item.key for item in part.items if item.is_reversed),
        higher_is_better=part.higher_is_better,
    )
    none = [0] * len(part.steps)
    counts = [list(shown.get(f"{part.key}.{item.key}", none)) for item in part.items]
    measures = tuple(national)
    compared = indices.with_reference(
        indices.Side(indices.from_counts([counts], scale=scale), [invited]),
        indices.Reference([[national[measure] for measure in measures]]),
        scale=scale,
        measures=measures,
    )
    return {
        said.measure: Verdict(
            Strength(said.strength.value),
            Direction(said.direction.value),
            said.is_better,
            Why(said.why.value) if said.why else None,
        )
        for said in indices.judge(compared)
    }


def _names() -> dict[str, str]:
    language = get_language() or "sv"
    return {
        indicator: part.measures[measure].to(language)
        for part in shipped().values()
        for measure, indicator in part.kolada.items()
    }
