"""What an item is for, as a verb for people, and the tone in which its minutes are drawn."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models import ItemPurpose

VERBS: dict[str, Promise] = {
    ItemPurpose.INFORMATION: _("Veta"),
    ItemPurpose.DIALOGUE: _("Tänka ihop"),
    ItemPurpose.ADVICE: _("Ge råd"),
    ItemPurpose.DECISION: _("Besluta"),
    ItemPurpose.FOLLOW_UP: _("Följa upp"),
}
TONES: dict[str, str] = {
    ItemPurpose.DECISION: "d1",
    ItemPurpose.DIALOGUE: "d2",
    ItemPurpose.ADVICE: "d2",
    ItemPurpose.FOLLOW_UP: "d3",
    ItemPurpose.INFORMATION: "d4",
}


@dataclass(frozen=True)
class Part:
    """So many minutes for one purpose, as `{% strip %}` takes it."""

    label: str
    minutes: int
    tone: str


def parts(of_items: Iterable[tuple[str, int]]) -> list[Part]:
    """Purposes and minutes, in the order of the agenda, as parts of a strip."""
    return [Part(str(VERBS[purpose]), minutes, TONES[purpose]) for purpose, minutes in of_items]


# Without a target of the team's own: at most so many percent of the time goes to information (domain.md 8).
MOST_INFORMATION = 20
