"""Which matters somebody may see: the one place where it is decided."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from styrfart.people import rules
from styrfart.people.standing import User, standing

if TYPE_CHECKING:
    from styrfart.matters.models.matter import Matter  # noqa: F401  # the model names its queryset


def seats_with_insight(user: User) -> list[int]:
    """Ids of the teams whose matters `user` reads: any seat, but an external coach's shows nothing."""
    return list(standing(user).seats) if rules.can_see_organisation(user) else []


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters, with who may see them."""

    def visible_to(self, user: User) -> Self:
        """Those that `user` may see, each once.

        Their own; and of those handed in: which they own, which are or have been in a team where they have
        a seat, which were handed to them (unless that was undone), or for which they write the report.
        """
        me = standing(user).person_id
        teams = seats_with_insight(user)
        others = self.model._default_manager.filter
        handed_in = (
            Q(owner_id=me)
            | Q(team_id__in=teams)
            | Q(pk__in=others(routings__team_id__in=teams).values("pk"))
            | Q(pk__in=others(hand_overs__to_person_id=me, hand_overs__cancelled_at=None).values("pk"))
            | Q(pk__in=others(preparations__owner_id=me, preparations__cancelled_at=None).values("pk"))
        )
        return self.filter(Q(handed_in_by_id=me) | (~Q(state="draft") & handed_in))
