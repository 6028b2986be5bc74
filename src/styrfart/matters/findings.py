"""What the mirror says: findings as headlines, with no more certainty than the numbers carry."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from styrfart.matters.models import Route
from styrfart.matters.queries import ENOUGH, Mirror, QuarterWays, RuleUse, Way
from styrfart.shared.addresses import reverse
from styrfart.shared.templatetags.words import in_words

WAYS = {
    Way.MEETING: gettext_lazy("till möte eller nämnd"),
    Way.DECIDED: gettext_lazy("beslutat direkt"),
    Way.PASSED_ON: gettext_lazy("till någon annan"),
    Way.DECLINED: gettext_lazy("tackat nej"),
}
TONES = {Way.MEETING: "d1", Way.DECIDED: "d2", Way.PASSED_ON: "d3", Way.DECLINED: "d4"}


@dataclass(frozen=True)
class Findings:
    """The headlines of the page."""

    never_ours: str
    followed: str
    ways: str
    age: str
    carried_out: str


def findings(found: Mirror) -> Findings:
    """Every headline, in the reader's language."""
    return Findings(_never_ours(found), _followed(found), _ways(found), _age(found), _carried_out(found))


def _few(count: int) -> str:
    return ngettext(
        "%(count)s ärende, för få för att säga något i stort",
        "%(count)s ärenden, för få för att säga något i stort",
        count,
    ) % {"count": in_words(count, "ett").capitalize()}


def _never_ours(found: Mirror) -> str:
    if not found.routed:
        return _("Inget ärende har fått en väg det senaste året")
    if found.routed < ENOUGH:
        return _few(found.routed)
    return _("%(part)s av %(all)s ärenden hörde hemma någon annanstans") % {
        "part": found.never_ours,
        "all": found.routed,
    }


def _followed(found: Mirror) -> str:
    if not found.proposed:
        return _("Mandatet har inte föreslagit någon väg än")
    if found.proposed < ENOUGH:
        return ngettext(
            "Mandatet har föreslagit en väg för ett ärende, för få för att säga något i stort",
            "Mandatet har föreslagit en väg för %(count)s ärenden, för få för att säga något i stort",
            found.proposed,
        ) % {"count": in_words(found.proposed)}
    return _("Ni följde mandatets förslag i %(part)s av %(all)s ärenden") % {
        "part": found.followed,
        "all": found.proposed,
    }


def _ways(found: Mirror) -> str:
    total = sum(row.total for row in found.quarters)
    if not total:
        return _("Här syns vart ärendena går, när några har fått en väg")
    if total < ENOUGH:
        return _few(total)
    sums = {way: sum(row.counts.get(way, 0) for row in found.quarters) for way in Way}
    most = max(sums, key=lambda way: sums[way])
    return _("Vanligast: %(way)s, %(part)s av %(all)s ärenden") % {
        "way": WAYS[most],
        "part": sums[most],
        "all": total,
    }


def _age(found: Mirror) -> str:
    if not found.ages:
        return _("Inget ärende är öppet")
    oldest = ngettext("%(count)s dag", "%(count)s dagar", found.ages[-1]) % {"count": found.ages[-1]}
    return ngettext(
        "Ett ärende är öppet, och har väntat %(oldest)s",
        "%(count)s ärenden är öppna, det äldsta har väntat %(oldest)s",
        len(found.ages),
    ) % {"count": in_words(len(found.ages)).capitalize(), "oldest": oldest}


def _carried_out(found: Mirror) -> str:
    done = found.carried_out
    if not done.due:
        return _("Inget beslut skulle vara klart förra kvartalet")
    if done.due < ENOUGH:
        return _("%(part)s av %(all)s beslut genomfördes i tid, för få för att säga något i stort") % {
            "part": done.on_time,
            "all": done.due,
        }
    return _("%(part)s av %(all)s beslut genomfördes i tid") % {"part": done.on_time, "all": done.due}


@dataclass(frozen=True)
class Bar:
    """A piece of a quarter's bar, in percent of the widest quarter."""

    tone: str
    label: str
    count: int
    at: str
    width: str


@dataclass(frozen=True)
class QuarterRow:
    """A quarter as a row of the drawing and of the table."""

    label: str
    total: int
    bars: list[Bar]
    counts: list[int]


@dataclass(frozen=True)
class KeyEntry:
    """What a tone of the drawing stands for."""

    tone: str
    label: str


def key() -> list[KeyEntry]:
    """The key above the drawing."""
    return [KeyEntry(TONES[way], str(label)) for way, label in WAYS.items()]


def quarter_rows(found: Mirror) -> list[QuarterRow]:
    """The quarters as bars on a common scale from zero."""
    widest = max((row.total for row in found.quarters), default=0)
    return [_row(row, widest) for row in found.quarters]


def _row(row: QuarterWays, widest: int) -> QuarterRow:
    bars, at = [], 0.0
    for way in Way:
        count = row.counts.get(way, 0)
        width = 100 * count / widest if widest else 0
        if count:
            bars.append(Bar(TONES[way], str(WAYS[way]), count, f"{at:.2f}%", f"{width:.2f}%"))
        at += width
    label = _("kvartal %(number)s %(year)s") % {"number": row.quarter.number, "year": row.quarter.year}
    return QuarterRow(label, row.total, bars, [row.counts.get(way, 0) for way in Way])


INSTEAD = {
    Route.MEETING: gettext_lazy("ta upp på möte"),
    Route.DECIDE: gettext_lazy("besluta nu"),
    Route.POST: gettext_lazy("lämna till en befattning"),
    Route.TEAM: gettext_lazy("lämna till en annan grupp"),
    Route.LINE: gettext_lazy("lämna till linjen"),
    Route.COMMITTEE: gettext_lazy("bereda till nämnden"),
    Route.WRITTEN: gettext_lazy("skicka ut skriftligt"),
    Route.MORE: gettext_lazy("be om mer"),
    Route.DECLINE: gettext_lazy("tacka nej"),
}


@dataclass(frozen=True)
class ToldRule:
    """A rule that is often overruled, and where to change it."""

    title: str
    text: str
    url: str


def told_rule(use: RuleUse, *, slug: str) -> ToldRule:
    """The offer to look at a rule again."""
    return ToldRule(
        _("Punkt %(number)s: %(concerns)s") % {"number": use.rule.number, "concerns": use.rule.concerns},
        _(
            "Mandatet föreslog samma väg %(used)s gånger det senaste året. "
            "Ni valde en annan väg %(over)s av gångerna, oftast att %(way)s."
        )
        % {"used": use.used, "over": use.overruled, "way": INSTEAD[use.instead] if use.instead else ""},
        reverse("mandates:reopen-rule", args=[slug, use.rule.key]),
    )
