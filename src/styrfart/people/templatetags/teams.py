"""The pages of a team as tabs, the same on all of them: `{% load teams %}{% team_tabs team "beslut" %}`.

The pages belong to the rooms above: they are known by the names of their addresses, and who finds them open
by what every room asks of `people.rules`.
"""

from collections.abc import Callable

from django import template
from django.template.context import Context
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from styrfart.people import rules
from styrfart.people.models import Team
from styrfart.people.standing import User
from styrfart.shared.addresses import reverse
from styrfart.shared.templatetags.furniture import joined, tab, tabs

register = template.Library()


def works_in_room(user: User, team: Team) -> bool:
    """Has a seat and works here: an external coach in the room reads nothing of it."""
    return rules.is_in_room(user, team) and rules.can_see_organisation(user)


def works_here(user: User, team: Team) -> bool:  # noqa: ARG001  # asked as the others are
    """Sees the organisation; that the team itself may be seen is asked first."""
    return rules.can_see_organisation(user)


def is_of_team(user: User, team: Team) -> bool:
    """How the team works is for the team itself and whoever keeps its record."""
    return rules.is_member(user, team) or rules.is_secretary(user, team)


PAGES: tuple[tuple[str, Promise, str, Callable[[User, Team], bool]], ...] = (
    ("rummet", _("Rummet"), "matters:team", rules.can_see_team),
    ("mandat", _("Mandat"), "mandates:show", works_here),
    ("arenden", _("Ärenden"), "matters:queue", works_in_room),
    ("moten", _("Möten"), "meetings:index", works_in_room),
    ("beslut", _("Beslut"), "decisions:index", rules.can_see_team),
    ("atgarder", _("Åtgärder"), "decisions:action-list", works_in_room),
    ("arshjul", _("Årshjul"), "meetings:wheel", works_in_room),
    ("spegel", _("Spegel"), "matters:mirror", is_of_team),
)


@register.simple_tag(takes_context=True)
def team_tabs(context: Context, team: Team, here: str) -> SafeString:
    """The team's pages that the reader finds open; nothing for whoever may not enter its room at all."""
    user = context["request"].user
    if not rules.can_see_team(user, team):
        return mark_safe("")
    shown = joined(
        tab(str(word), reverse(address, args=[team.slug]), current=key == here)
        for key, word, address, is_open in PAGES
        if is_open(user, team)
    )
    return tabs(shown, team.name)
