"""The round on an item: who stands where, or how many have answered while it is silent."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from styrfart.meetings.models import AgendaItem, Attendee, Position, RoundKind, Stance
from styrfart.shared.templatetags.words import in_words

TONES = {Stance.SUPPORTS: "ok", Stance.CAN_LIVE_WITH: "none", Stance.WANTS_CHANGE: "you"}
# What is said first: what has to be talked about.
ORDER = [Stance.WANTS_CHANGE, Stance.CAN_LIVE_WITH, Stance.SUPPORTS]


@dataclass(frozen=True)
class Said:
    """One line of the round: somebody with their reason, or all who say the same without one."""

    stance: str
    word: str
    tone: str
    people: list[str]  # names, the reader as "du"
    initials: str
    reason: str = ""

    @property
    def names(self) -> str:
        """Jonas, Samir och du."""
        if len(self.people) < 2:
            return "".join(self.people)
        return _("%(most)s och %(last)s") % {"most": ", ".join(self.people[:-1]), "last": self.people[-1]}


@dataclass(frozen=True)
class Round:
    """The round as one person sees it."""

    kind: str
    is_shown: bool
    said: list[Said]
    answered: list[Attendee]
    waiting: list[Attendee]
    mine: Position | None
    summary: str

    @property
    def is_open(self) -> bool:
        return bool(self.kind)


def round_of(item: AgendaItem, positions: list[Position], asked: list[Attendee], person: int) -> Round:
    """What has been said: nothing of it while the round is silent, but what one has said oneself."""
    is_shown = item.round_kind == RoundKind.OPEN or item.round_shown_at is not None
    have = {row.person_id for row in positions}
    answered = [row for row in asked if row.person_id in have]
    return Round(
        kind=item.round_kind,
        is_shown=is_shown,
        said=_said(positions, person) if is_shown else [],
        answered=answered,
        waiting=[row for row in asked if row.person_id not in have],
        mine=next((row for row in positions if row.person_id == person), None),
        summary=_summary(positions)
        if is_shown and positions
        else _("%(count)s av %(all)s har svarat")
        % {"count": in_words(len(answered)).capitalize(), "all": in_words(len(asked))},
    )


def _said(positions: Iterable[Position], person: int) -> list[Said]:
    rows: list[Said] = []
    for stance in ORDER:
        same = [row for row in positions if row.stance == stance]
        rows += [_line(stance, [row], person) for row in same if row.reason or stance != Stance.SUPPORTS]
        plain = [row for row in same if not row.reason and stance == Stance.SUPPORTS]
        if plain:
            rows.append(_line(stance, plain, person))
    return rows


def _line(stance: Stance, rows: list[Position], person: int) -> Said:
    # The reader comes last: "Jonas, Samir och du".
    rows = sorted(rows, key=lambda row: row.person_id == person)
    alone = len(rows) == 1
    return Said(
        stance=stance,
        word=_word(stance),
        tone=TONES[stance],
        people=[
            _("du") if row.person_id == person else str(row.person) if alone else row.person.given_name
            for row in rows
        ],
        initials=rows[0].person.initials if alone else str(len(rows)),
        reason=rows[0].reason if alone else "",
    )


def _word(stance: Stance) -> str:
    label = str(stance.label)
    return label[:1].upper() + label[1:]


def _summary(positions: Iterable[Position]) -> str:
    """Fyra stöder, en kan leva med, en vill ändra."""
    counted = Counter(Stance(row.stance) for row in positions)
    parts = [
        text
        for stance, text in (
            (Stance.SUPPORTS, ngettext("%(n)s stöder", "%(n)s stöder", counted[Stance.SUPPORTS])),
            (
                Stance.CAN_LIVE_WITH,
                ngettext("%(n)s kan leva med", "%(n)s kan leva med", counted[Stance.CAN_LIVE_WITH]),
            ),
            (
                Stance.WANTS_CHANGE,
                ngettext("%(n)s vill ändra", "%(n)s vill ändra", counted[Stance.WANTS_CHANGE]),
            ),
        )
        if counted[stance]
        for text in [text % {"n": in_words(counted[stance])}]
    ]
    said = ", ".join(parts)
    return said[:1].upper() + said[1:]
