"""Disposal of decisions and actions: when they have ended, what keeps them, and how they go."""

import datetime as dt

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.models import Action, Decision
from styrfart.shared.disposal import RecordType, Tally, forget, held, in_parts, moment, register

DECISION, ACTION = "decisions.decision", "decisions.action"


def ended_decisions(before: dt.date) -> dict[int, dt.date]:
    """Decisions that ended before the day, and when: undone, replaced, or followed to their effect.

    Kept as well: what is to be reviewed, what the committee has not been told of, what has actions, and what
    a decision that stays has replaced.
    """
    end = moment(before)
    is_over = (
        Q(withdrawn_at__lt=end)
        | Q(replaced_at__lt=end)
        | Q(Q(review_on=None) | Q(review_on__lt=before), replaced_at=None, effect_at__lt=end)
    )
    is_unreported = Q(is_to_be_reported=True, reported_on=None, withdrawn_at=None)
    rows = Decision.objects.filter(is_over, actions=None).exclude(is_unreported).order_by()
    found: dict[int, dt.date] = {}
    for pk, *moments in rows.values_list("pk", "withdrawn_at", "replaced_at", "effect_at"):
        found[pk] = timezone.localdate(next(at for at in moments if at))
    return _whole_threads(found)


def _whole_threads(found: dict[int, dt.date]) -> dict[int, dt.date]:
    """Those whose every successor is among them too: what stays may point at nothing that is gone."""
    newer: dict[int, int] = {
        old: pk
        for old, pk in Decision.objects.filter(replaces__isnull=False)
        .order_by()
        .values_list("replaces", "pk")
        if old is not None
    }
    return {pk: day for pk, day in found.items() if _may_go(pk, found, newer)}


def _may_go(pk: int, found: dict[int, dt.date], newer: dict[int, int]) -> bool:
    """Whether every decision that came in its place, one after the other, goes too."""
    following = newer.get(pk)
    while following is not None:
        if following not in found:
            return False
        following = newer.get(following)
    return True


def _decisions(before: dt.date) -> dict[int, dt.date]:
    kept = held(DECISION)
    return _whole_threads({pk: day for pk, day in ended_decisions(before).items() if pk not in kept})


def _dispose_decisions(before: dt.date) -> Tally:
    found = _decisions(before)
    for part in in_parts(found):
        # What refers to an older one goes together with it, so the thread between them is cut first.
        Decision.objects.filter(pk__in=part).update(replaces=None)
    for part in in_parts(found):
        Decision.objects.filter(pk__in=part).delete()
    forget(DECISION, found)
    return Tally.of(found.values())


def _actions(before: dt.date) -> dict[int, dt.date]:
    """Actions that ended before the day, and when: done, or taken back."""
    end, kept = moment(before), held(ACTION)
    ended = Action.objects.filter(Q(done_at__lt=end) | Q(withdrawn_at__lt=end)).order_by()
    return {
        pk: timezone.localdate(done_at or withdrawn_at)
        for pk, done_at, withdrawn_at in ended.values_list("pk", "done_at", "withdrawn_at")
        if pk not in kept
    }


register(
    RecordType(
        DECISION,
        _("Beslut"),
        tally=lambda before: Tally.of(_decisions(before).values()),
        dispose=_dispose_decisions,
    )
)
register(
    RecordType.of_found(
        ACTION,
        _("Åtgärder"),
        _actions,
        lambda part: Action.objects.filter(pk__in=part).delete(),
    )
)
