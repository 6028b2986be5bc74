"""Whom a head leads: for the conditions of a post, and for whom a 360 begins with."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from styrfart.people.models import Post


def led_by(paths: Iterable[str], today: dt.date) -> dict[str, set[int]]:
    """Whom each headed unit's head leads, by path: those whose nearest head it is.

    Those in the unit and in units below without a head of their own, and the heads right below. One query.
    """
    within = Q(pk__in=())
    for path in set(paths):
        within |= Q(unit__path__startswith=path)
    rows = list(
        Post.objects.on(today).filter(within).order_by().values_list("unit__path", "person", "is_head")
    )
    headed = {path for path, _person, is_head in rows if is_head}
    led: dict[str, set[int]] = {path: set() for path in headed}
    heads: dict[str, set[int]] = {path: set() for path in headed}
    for path, person, is_head in rows:
        if is_head:
            heads[path].add(person)
        leader = nearest_headed(path_above(path) if is_head else path, headed)
        if leader:
            led[leader].add(person)
    # Nobody leads themself: who heads two units is not one of their own.
    return {path: people_led - heads[path] for path, people_led in led.items()}


def path_above(path: str) -> str:
    return path.rstrip("/").rpartition("/")[0] + "/"


def nearest_headed(path: str, headed: set[str]) -> str:
    """The path itself or the nearest above that has a head; empty when none has."""
    while len(path) > 1:
        if path in headed:
            return path
        path = path_above(path)
    return ""
