"""Remembering what somebody has been reminded of."""

from collections.abc import Iterable

from django.db import transaction

from styrfart.decisions.models import Decision, Reminder
from styrfart.decisions.queries.reminding import Call


@transaction.atomic
def remember_reminded(calls: Iterable[Call]) -> list[Call]:
    """Note that these are said, in the caller's transaction; gives those that nobody had said before."""
    return [call for call in calls if _is_first(call)]


def _is_first(call: Call) -> bool:
    is_decision = isinstance(call.thing, Decision)
    _reminder, is_first = Reminder.objects.get_or_create(
        person=call.person,
        kind=call.kind,
        on=call.on,
        decision=call.thing if is_decision else None,
        action=None if is_decision else call.thing,
    )
    return is_first
