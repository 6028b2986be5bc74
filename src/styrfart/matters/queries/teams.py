"""Teams to hand in to, with what each is for."""

import re
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from styrfart.mandates.models import Mandate, MandateState
from styrfart.people.models import PeriodQuerySet, Team
from styrfart.people.standing import User, standing

MOST = 20


@dataclass(frozen=True)
class TeamToChoose:
    """A team and what it is for, in the words of its mandate."""

    team: Team
    purpose: str


def teams_to_choose(user: User, text: str = "") -> list[TeamToChoose]:
    """Teams by name or unit; without a word those near `user`: their own and those of the units above."""
    today: PeriodQuerySet[Team] = Team.objects.on(timezone.localdate())
    words = text.split()[:6]
    if words:
        found = Q()
        for word in words:
            pattern = re.escape(word)  # by expression: folds å, ä, ö on both databases
            found &= (
                Q(name__iregex=pattern)
                | Q(unit__name__iregex=pattern)
                | Q(unit__parent__name__iregex=pattern)
            )
    else:
        here = standing(user)
        above = {int(part) for post in here.posts for part in post.unit_path.split("/") if part}
        found = Q(pk__in=list(here.seats)) | Q(unit__in=above)
    teams = list(today.filter(found).select_related("unit__parent").order_by("-unit__path", "name")[:MOST])
    mandates = Mandate.objects.filter(team__in=teams, state=MandateState.ADOPTED)
    purposes: dict[int, str] = dict(mandates.values_list("team_id", "purpose"))
    return [TeamToChoose(team, purposes.get(team.pk, "")) for team in teams]
