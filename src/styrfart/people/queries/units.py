"""Units in their tree, and who leads them."""

import datetime as dt

from django.http import Http404

from styrfart.people import rules
from styrfart.people.models import PeriodQuerySet, Person, Post, Unit
from styrfart.people.models.name_key import fold
from styrfart.people.standing import User


def unit_for(user: User, code: str) -> Unit:
    """The unit, for whoever may see the organisation; 404 to others."""
    unit = Unit.objects.filter(code=code).first() if rules.can_see_organisation(user) else None
    if unit is None:
        raise Http404
    return unit


def units_under(unit: Unit, day: dt.date) -> PeriodQuerySet[Unit]:
    """The unit itself and everything below it on `day`."""
    return Unit.objects.on(day).filter(path__startswith=unit.path)


def head_of(unit: Unit, day: dt.date) -> Post | None:
    """The post that leads the unit itself on `day`, with its person."""
    return (
        Post.objects.on(day).filter(unit=unit, is_head=True).select_related("person").order_by("pk").first()
    )


def nearest_head(unit: Unit, day: dt.date, *, but: Person | None = None) -> Post | None:
    """The head of the unit, else of the nearest unit above that has one; `but` never leads themself."""
    heads = Post.objects.on(day).filter(unit__in=unit.ancestor_ids, is_head=True)
    if but is not None:
        heads = heads.exclude(person=but)
    return _nearest(list(heads.select_related("person", "unit").order_by("pk")))


def nearest_post(unit: Unit, title: str, day: dt.date) -> Post | None:
    """The post with this title in the unit, else in the nearest unit above; heads before others.

    "avdelningschef" and "Avdelningschef" are the same title.
    """
    spellings = {title, title.lower(), title[:1].upper() + title[1:], title.upper()}
    posts = (
        Post.objects.on(day)
        .filter(unit__in=unit.ancestor_ids, title__in=spellings)
        .select_related("person", "unit")
        .order_by("-is_head", "pk")
    )
    return _nearest([post for post in posts if fold(post.title) == fold(title)])


def _nearest(posts: list[Post]) -> Post | None:
    """The first of those deepest down in the tree."""
    return max(posts, key=lambda post: len(post.unit.ancestor_ids), default=None)
