"""Which matters somebody may see: the one place where it is decided. And hand-overs that are stuck."""

import datetime as dt
from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models

from styrfart.people import rules
from styrfart.people.models import Post
from styrfart.people.standing import User, standing

if TYPE_CHECKING:
    from styrfart.matters.models.matter import Matter  # noqa: F401  # the model names its queryset
    from styrfart.matters.models.routing import HandOver  # noqa: F401  # so too


def seats_with_insight(user: User) -> list[int]:
    """Ids of the teams whose matters `user` reads: any seat, but an external coach's shows nothing."""
    return list(standing(user).seats) if rules.can_see_organisation(user) else []


class MatterQuerySet(models.QuerySet["Matter"]):
    """Matters, with who may see them."""

    def visible_to(self, user: User) -> Self:
        """Those that `user` may see, each once.

        Their own; and of those handed in: which they own, which are or have been in a team where they have
        a seat, which were handed to them (unless that was undone), or for which they write the report.

        What is marked as secret is seen by those named in it and in the room where it is now: its sender and
        owner, who chose a route for it in a room where they still sit, to whom it was handed, and who writes
        the report. Others in rooms where it has been no longer see it. Marking never shows it to anybody new.
        """
        return self.open_to(standing(user).person_id, seats_with_insight(user))

    def open_to(self, me: int, teams: Collection[int]) -> Self:
        """Those that the person with this id may see, who reads the matters of the teams with these ids."""
        every = self.model._default_manager.order_by()
        handed_in = every.exclude(state="draft")
        is_secret = ~models.Q(secrecy_ground="")
        # A union and not an "or": each part is found by its own index, on both databases.
        ways_in = (
            handed_in.filter(owner_id=me),
            handed_in.filter(team_id__in=teams),
            handed_in.filter(~is_secret, routings__team_id__in=teams),
            handed_in.filter(is_secret, routings__team_id__in=teams, routings__by_id=me),
            handed_in.filter(hand_overs__to_person_id=me, hand_overs__cancelled_at=None),
            handed_in.filter(preparations__owner_id=me, preparations__cancelled_at=None),
        )
        own = every.filter(handed_in_by_id=me).values("pk")
        return self.filter(pk__in=own.union(*(matters.values("pk") for matters in ways_in)))


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """Hand-overs, and which of them nobody will answer."""

    def still_open(self) -> Self:
        """Those for which an answer is waited for."""
        return self.filter(answered_at=None, returned_at=None, cancelled_at=None)

    def receiver_left(self, day: dt.date) -> Self:
        """Those handed to a person who has left by `day`."""
        return self.filter(has_left("to_person", day))


def has_left(person: str, day: dt.date) -> models.Q:
    """Whether the one at `person` has left: the account is closed, or every post they held has ended.

    Who never held a post (a consultant, a politician) has not left for that.
    """
    posts = Post.objects.filter(person=models.OuterRef(person)).order_by()
    still = posts.filter(models.Q(valid_to=None) | models.Q(valid_to__gte=day))
    ended = models.Exists(posts.filter(valid_to__lt=day))
    return models.Q(**{f"{person}__is_active": False}) | models.Q(ended & ~models.Exists(still))
