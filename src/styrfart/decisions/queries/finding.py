"""Search among decisions: by words, or by number."""

import datetime as dt
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.db.models import Q, QuerySet, Value

from styrfart.decisions.models import Decision
from styrfart.people.standing import User, standing
from styrfart.shared.prepared import PreparedObjects
from styrfart.shared.sought import holds, keywords

LONGEST_SEARCH = 100


def sought(text: str) -> dict[str, Any]:
    """What `holds_all` asks by: the words of `text`, and numbers of decisions as "41:1"."""
    words = text.replace("\0", "")[:LONGEST_SEARCH].split()
    numbers = [re.fullmatch(r"(\d{1,2}):(\d{1,4})", word) for word in words]
    given: dict[str, Any] = {}
    for nr, number in enumerate(filter(None, numbers)):
        given |= {f"week{nr}": int(number[1]), f"sequence{nr}": int(number[2])}
    return given | keywords([word for word, number in zip(words, numbers, strict=True) if not number])


def holds_all(given: Mapping[str, Any]) -> Q:
    """Every word stands in the decision, and it has every number: a decision has one."""
    found = holds(given, "text", "reasons", "effect_question")
    for nr in range(sum(name.startswith("week") for name in given)):
        # As a value: the column is so short that the stand-in for a number would be refused.
        found &= Q(week=Value(given[f"week{nr}"]), sequence=Value(given[f"sequence{nr}"]))
    return found


def search(user: User, text: str, *, limit: int = 20) -> list[Decision]:
    """Decisions that hold every word of `text`, among those `user` may read; newest first. One query."""
    given = sought(text)
    if not given:
        return []
    here = standing(user)
    return _search(tuple(given), limit).all(me=here.person_id, room=list(here.seats), **given)


@lru_cache(maxsize=64)
def _search(names: tuple[str, ...], limit: int) -> PreparedObjects[Decision]:
    def found(*, me: int, room: list[int], **given: Any) -> QuerySet[Decision]:
        readable = Decision.objects.readable_among(me, room).filter(holds_all(given), withdrawn_at=None)
        return readable.order_by("-decided_at", "-pk")[:limit]

    return PreparedObjects(found, ("team", "owner"), me=int, room=list, **kinds(names))


def kinds(names: tuple[str, ...]) -> dict[str, type]:
    """What is given by these names: those of `sought`, and of the log."""
    special = {"room": list, "today": dt.date, "rough": str, "exact": str}
    return {name: special.get(name.rstrip("0123456789"), int) for name in names}
