"""Remembering what somebody has been reminded of."""

from collections.abc import Iterable

from django.db import transaction

from styrfart.decisions.models import Action, Decision, Reminder
from styrfart.decisions.queries.reminding import Call


@transaction.atomic
def remember_reminded(calls: Iterable[Call]) -> list[Call]:
    """Note that these are said, in the caller's transaction; gives those that nobody had said before."""
    return [call for call in calls if _is_first(call)]


def _is_first(call: Call) -> bool:
    thing = call.thing
    _reminder, is_first = Reminder.objects.get_or_create(
        person=call.person,
        kind=call.kind,
        on=call.on,
        decision=thing if isinstance(thing, Decision) else None,
        action=thing if isinstance(thing, Action) else None,
    )
    return is_first
