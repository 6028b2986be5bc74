"""What a meeting's time goes to, beside what the mandate says it should."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from styrfart.matters.models import ItemPurpose
from styrfart.meetings import purposes
from styrfart.meetings.models import AgendaItem
from styrfart.meetings.purposes import Part

# Beyond so many percent of the time in another place, the meeting differs from its mandate.
NEAR = 15


@dataclass(frozen=True)
class TimeRow:
    """The minutes of one purpose."""

    word: str
    minutes: int
    percent: int
    target: int | None  # percent, by the mandate; of information at most so much
    is_over: bool


@dataclass(frozen=True)
class TimeUse:
    """How the planned time is spread, in words, as a bar and as a table."""

    say: str
    parts: list[Part]
    rows: list[TimeRow]
    has_target: bool
    is_over: bool


def time_use(items: Iterable[AgendaItem], target_mix: Mapping[str, int]) -> TimeUse:
    """The time of the items that the meeting takes up; no queries."""
    minutes = dict.fromkeys(purposes.VERBS, 0)
    for item in items:
        minutes[item.purpose] += item.minutes
    total = sum(minutes.values())
    target = dict(target_mix)
    most = target.get(ItemPurpose.INFORMATION, 0 if target else purposes.MOST_INFORMATION)
    rows = [
        TimeRow(
            word=str(purposes.VERBS[purpose]),
            minutes=spent,
            percent=round(100 * spent / total) if total else 0,
            target=_target(purpose, target, most),
            is_over=purpose == ItemPurpose.INFORMATION and spent * 100 > most * total,
        )
        for purpose, spent in minutes.items()
        if spent or target
    ]
    is_over = any(row.is_over for row in rows)
    ordered = sorted(purposes.VERBS, key=lambda purpose: purposes.TONES[purpose])
    return TimeUse(
        say=_say(minutes, target, most, is_over=is_over) if total else "",
        parts=purposes.parts((purpose, minutes[purpose]) for purpose in ordered if minutes[purpose]),
        rows=rows if total else [],
        has_target=bool(target),
        is_over=is_over,
    )


def _target(purpose: str, target: Mapping[str, int], most: int) -> int | None:
    if target:
        return target.get(purpose, 0)
    return most if purpose == ItemPurpose.INFORMATION else None


def _say(minutes: Mapping[str, int], target: Mapping[str, int], most: int, *, is_over: bool) -> str:
    """What the reader may believe."""
    total = sum(minutes.values())
    share = round(100 * minutes[ItemPurpose.INFORMATION] / total)
    if is_over:
        words = (
            _("Att veta tar %(share)s procent av tiden. Mandatet säger %(most)s.")
            if target
            else _("Att veta tar %(share)s procent av tiden. Räkna med högst %(most)s.")
        )
        return words % {"share": share, "most": most}
    if not target and not share:
        return _("Ingen tid går till att bara veta.")
    if not target:
        return _("Att veta tar %(share)s procent av tiden.") % {"share": share}
    gap = sum(abs(100 * spent / total - target.get(purpose, 0)) for purpose, spent in minutes.items()) / 2
    if gap <= NEAR:
        return _("Tiden går till ungefär det som mandatet säger.")
    return _("Tiden går till annat än mandatet säger.")
