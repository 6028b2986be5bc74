"""What a report may be said to say, in one sentence: never more than a verdict carries.

A difference is named only when its verdict says "tydligt" or "troligen", and in those words. What is too
early to say is said to be so. The Swedish word for "surely" also means "probably", and is not used.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from styrfart.climate.queries.released import (
    Change,
    Column,
    Direction,
    Earlier,
    Measure,
    Report,
    Strength,
    Verdict,
)
from styrfart.shared.templatetags.words import in_sentence, in_words

NAMED = 2  # areas that a headline names; more are counted


@dataclass(frozen=True)
class Finding:
    """A measure that differs, and how."""

    measure: Measure
    verdict: Verdict


def headline(report: Report) -> str:
    """The finding of the report: its h1."""
    if not report.is_shown:
        return _("%(group)s visas inte för sig") % {"group": report.place.name}
    since = latest(report)
    if since is None:
        return _("Så svarade %(answered)s av %(invited)s") % {
            "answered": report.whole.answered,
            "invited": report.whole.invited,
        }
    found = findings(report, since)
    if found:
        return _sentence(found, when(since, report))
    compared = [change.verdict for change in _changes(report, since).values()]
    if all(verdict.strength == Strength.TOO_EARLY for verdict in compared):
        return _("För tidigt att säga om något har ändrats %(since)s") % {"since": when(since, report)}
    if any(verdict.strength == Strength.TOO_EARLY for verdict in compared):
        return _("Ingen tydlig skillnad %(since)s i de områden som kan jämföras") % {
            "since": when(since, report)
        }
    return _("Ingen tydlig skillnad %(since)s") % {"since": when(since, report)}


def figure_says(report: Report) -> str:
    """What the figure of the areas may be believed to say: its heading."""
    since = latest(report)
    if since is None:
        return _("Index i varje område")
    found = findings(report, since)
    if not found:
        return _("Varje område bredvid värdet %(when)s") % {"when": at(since, report)}
    number = len(found)
    if found[0].verdict.strength == Strength.CLEAR:
        words = ngettext(
            "Ett område har ändrats tydligt %(since)s",
            "%(count)s områden har ändrats tydligt %(since)s",
            number,
        )
    else:
        words = ngettext(
            "Ett område har troligen ändrats %(since)s",
            "%(count)s områden har troligen ändrats %(since)s",
            number,
        )
    return words % {"count": _capital(in_words(number)), "since": when(since, report)}


def units_say(report: Report) -> str:
    """What the table of units may be believed to say. It counts, and names no unit."""
    judged = [
        column.beside[measure.key]
        for column in _beside(report.columns)
        for measure in report.headlines
        if measure.key in column.beside
    ]
    clear = sum(verdict.strength == Strength.CLEAR for verdict in judged)
    if clear:
        return ngettext(
            "Ett värde skiljer sig tydligt från helheten",
            "%(count)s värden skiljer sig tydligt från helheten",
            clear,
        ) % {"count": _capital(in_words(clear))}
    if any(verdict.strength == Strength.PROBABLE for verdict in judged):
        return _("Någon grupp skiljer sig troligen från helheten")
    if any(verdict.strength == Strength.NO_CLEAR_DIFFERENCE for verdict in judged):
        return _("Ingen grupp skiljer sig tydligt från helheten")
    return _("Index i varje grupp")


def benchmarks_say(verdicts: Sequence[Verdict]) -> str:
    """What the figure beside the national values may be believed to say."""
    clear = sum(verdict.strength == Strength.CLEAR for verdict in verdicts)
    if clear:
        return ngettext(
            "Ett område skiljer sig tydligt från landets kommuner",
            "%(count)s områden skiljer sig tydligt från landets kommuner",
            clear,
        ) % {"count": _capital(in_words(clear))}
    probable = sum(verdict.strength == Strength.PROBABLE for verdict in verdicts)
    if probable:
        return ngettext(
            "Ett område skiljer sig troligen från landets kommuner",
            "%(count)s områden skiljer sig troligen från landets kommuner",
            probable,
        ) % {"count": _capital(in_words(probable))}
    if all(verdict.strength == Strength.TOO_EARLY for verdict in verdicts):
        return _("För tidigt att säga hur vi ligger bredvid landets kommuner")
    return _("Ingen tydlig skillnad från landets kommuner")


def latest(report: Report) -> Earlier | None:
    """The latest earlier round that areas of the report are compared with."""
    rounds = [
        report.changes[measure.key].since for measure in report.headlines if measure.key in report.changes
    ]
    return max(rounds, key=lambda each: (each.opens_on, each.pk), default=None)


def findings(report: Report, since: Earlier) -> list[Finding]:
    """Areas that differ clearly from that round; when there are none, those that probably do.

    The total follows from its areas: it is named only when none of them is.
    """
    changes = _changes(report, since)
    for strength in (Strength.CLEAR, Strength.PROBABLE):
        found = [
            Finding(measure, changes[measure.key].verdict)
            for measure in report.headlines
            if measure.key in changes and changes[measure.key].verdict.strength == strength
        ]
        if found:
            areas = [each for each in found if not each.measure.is_total]
            return areas or found
    return []


def when(since: Earlier, report: Report) -> str:
    """ "sedan i maj": since the earlier round, with its year when it is another."""
    if _is_same_month(since, report):
        return _("sedan förra gången")
    return pgettext("jämfört med en månad", "sedan i %(month)s") % {"month": month(since, report)}


def at(since: Earlier, report: Report) -> str:
    """ "i maj": at the earlier round."""
    return (
        _("förra gången")
        if _is_same_month(since, report)
        else _("i %(month)s") % {"month": month(since, report)}
    )


def month(since: Earlier, report: Report) -> str:
    """ "maj", or "maj 2025" when the report is of another year."""
    name = str(MONTHS[since.closes_on.month])
    return name if since.closes_on.year == report.closes_on.year else f"{name} {since.closes_on.year}"


def month_or_last(since: Earlier, report: Report) -> str:
    """ "maj"; "förra gången" when both were in the same month."""
    return _("förra gången") if _is_same_month(since, report) else month(since, report)


def _way(verdict: Verdict) -> str:
    """Better or worse; higher or lower where neither end is the better one."""
    if verdict.is_better is None:
        return _("högre") if verdict.direction == Direction.HIGHER else _("lägre")
    return _("bättre") if verdict.is_better else _("sämre")


def _sentence(found: Sequence[Finding], since: str) -> str:
    """ "Trygghet har blivit tydligt bättre, men arbetsbelastning tydligt sämre sedan i maj"."""
    ways: dict[str, list[Finding]] = {}
    for each in found:
        ways.setdefault(_way(each.verdict), []).append(each)
    (way, first), *rest = ways.items()
    is_clear = first[0].verdict.strength == Strength.CLEAR
    values = {"names": _names(first), "way": way, "since": since}
    if not rest:
        return _capital(_of_one_way(len(first), is_clear=is_clear) % values)
    other_way, second = rest[0]
    goods = (first[0].verdict.is_better, second[0].verdict.is_better)
    values |= {"others": _names(second), "other_way": other_way}
    words = _of_two_ways(len(first), is_clear=is_clear, is_against=None not in goods)
    return _capital(words % values)


def _of_one_way(number: int, *, is_clear: bool) -> str:
    if is_clear:
        return ngettext(
            "%(names)s har blivit tydligt %(way)s %(since)s",
            "%(names)s har blivit tydligt %(way)s %(since)s",
            number,
        )
    return ngettext(
        "%(names)s har troligen blivit %(way)s %(since)s",
        "%(names)s har troligen blivit %(way)s %(since)s",
        number,
    )


def _of_two_ways(number: int, *, is_clear: bool, is_against: bool) -> str:
    """`is_against`: the one is good news and the other bad."""
    if is_clear and is_against:
        return ngettext(
            "%(names)s har blivit tydligt %(way)s, men %(others)s tydligt %(other_way)s %(since)s",
            "%(names)s har blivit tydligt %(way)s, men %(others)s tydligt %(other_way)s %(since)s",
            number,
        )
    if is_clear:
        return ngettext(
            "%(names)s har blivit tydligt %(way)s och %(others)s tydligt %(other_way)s %(since)s",
            "%(names)s har blivit tydligt %(way)s och %(others)s tydligt %(other_way)s %(since)s",
            number,
        )
    if is_against:
        return ngettext(
            "%(names)s har troligen blivit %(way)s, men %(others)s %(other_way)s %(since)s",
            "%(names)s har troligen blivit %(way)s, men %(others)s %(other_way)s %(since)s",
            number,
        )
    return ngettext(
        "%(names)s har troligen blivit %(way)s och %(others)s %(other_way)s %(since)s",
        "%(names)s har troligen blivit %(way)s och %(others)s %(other_way)s %(since)s",
        number,
    )


def _names(found: Sequence[Finding]) -> str:
    """Their names in a sentence; how many, when there are too many to read in a headline."""
    if len(found) > NAMED:
        return _("%(count)s områden") % {"count": in_words(len(found))}
    return listed([in_sentence(each.measure.name) for each in found])


def listed(names: Sequence[str]) -> str:
    """ "analys, kansli och ekonomi"."""
    if len(names) < 2:
        return "".join(names)
    return _("%(names)s och %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


def _changes(report: Report, since: Earlier) -> dict[str, Change]:
    return {
        measure.key: change
        for measure in report.headlines
        if (change := report.changes.get(measure.key)) is not None and change.since.pk == since.pk
    }


def _beside(columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns if column.is_shown]


def _is_same_month(since: Earlier, report: Report) -> bool:
    return (since.closes_on.year, since.closes_on.month) == (report.closes_on.year, report.closes_on.month)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
