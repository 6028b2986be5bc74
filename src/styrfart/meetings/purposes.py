"""What an item is for, in the words of people who meet (ux.md 9): verbs, never kinds of item."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.matters.models import ItemPurpose

WORDS: dict[str, Promise] = {
    ItemPurpose.DECISION: _("Besluta"),
    ItemPurpose.DIALOGUE: _("Tänka ihop"),
    ItemPurpose.ADVICE: _("Ge råd"),
    ItemPurpose.FOLLOW_UP: _("Följa upp"),
    ItemPurpose.INFORMATION: _("Veta"),
}
# A bar has four colours at most: dialogue and advice are both thinking together.
IN_THE_BAR: dict[str, tuple[Promise, str]] = {
    ItemPurpose.DECISION: (_("Besluta"), "d1"),
    ItemPurpose.DIALOGUE: (_("Tänka ihop"), "d2"),
    ItemPurpose.ADVICE: (_("Tänka ihop"), "d2"),
    ItemPurpose.FOLLOW_UP: (_("Följa upp"), "d3"),
    ItemPurpose.INFORMATION: (_("Veta"), "d4"),
}
# Without a target of the team's own: at most so many percent of the time goes to information (domain.md 8).
MOST_INFORMATION = 20
