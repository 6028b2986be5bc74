"""Search among matters: by words, or by number."""

from functools import lru_cache

from django.db.models import Case, Q, QuerySet, When

from styrfart.matters.models import Matter, MatterState
from styrfart.matters.models.queryset import seats_with_insight
from styrfart.people.models import Person
from styrfart.people.standing import standing
from styrfart.shared.prepared import PreparedObjects
from styrfart.shared.sought import holds, keywords

LONGEST_SEARCH = 100
MOST_WORDS = 6
MOST_DIGITS = 10


def search(user: Person, text: str, *, limit: int = 20) -> list[Matter]:
    """Matters that have `text` as number or hold every word of it, that `user` may see; newest first.

    The one with that number comes before all. Each with its team. One query.
    """
    words = text[:LONGEST_SEARCH].replace("\0", "").split()[:MOST_WORDS]
    if not words:
        return []
    me, teams = standing(user).person_id, seats_with_insight(user)
    asked = keywords(words)
    if len(words) == 1 and words[0].isascii() and words[0].isdecimal() and len(words[0]) < MOST_DIGITS:
        return _numbered(limit).all(me=me, teams=teams, nr=int(words[0]), **asked)
    return _holding(tuple(asked), limit).all(me=me, teams=teams, **asked)


def _handed_in(me: int, teams: list[int]) -> QuerySet[Matter]:
    return Matter.objects.open_to(me, teams).exclude(state=MatterState.DRAFT)


@lru_cache(maxsize=8)
def _numbered(limit: int) -> PreparedObjects[Matter]:
    """Asked by a number, which may be that of a matter or a year in its question."""

    def found(*, me: int, teams: list[int], nr: int, rough0: str) -> QuerySet[Matter]:
        holding = _handed_in(me, teams).filter(Q(pk=nr) | holds({"rough0": rough0}, "question", "why_us"))
        is_it = Case(When(pk=nr, then=0), default=1)
        return holding.order_by(is_it, "-handed_in_at", "-pk")[:limit]

    return PreparedObjects(found, ("team",), me=int, teams=list, nr=int, rough0=str)


@lru_cache(maxsize=32)
def _holding(names: tuple[str, ...], limit: int) -> PreparedObjects[Matter]:
    """Asked by these keywords, for so many matters."""

    def found(*, me: int, teams: list[int], **words: str) -> QuerySet[Matter]:
        return _handed_in(me, teams).filter(holds(words, "question", "why_us"))[:limit]

    return PreparedObjects(found, ("team",), me=int, teams=list, **dict.fromkeys(names, str))
