"""Disposal by decision: ordered by the system owner, carried out by a job, remembered for ever."""

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from styrfart.people.models import Person
from styrfart.people.queries.disposal import GIVEN_UP_AFTER
from styrfart.people.rules import is_system_owner
from styrfart.shared.audit import record
from styrfart.shared.disposal import RecordType, ends_before, open_runs, record_types
from styrfart.shared.models import DisposalRun, RetentionRule


class NotDisposable(Exception):
    """No valid decision lets anything of this type go, or a disposal of it is under way."""


@transaction.atomic
def order_disposal(*, record_type: str, before: dt.date, actor: Person) -> DisposalRun:
    """Write down that what ended before the day is to go, by the decision that the rule names."""
    if not is_system_owner(actor):
        raise PermissionDenied
    rule = RetentionRule.objects.select_for_update().filter(record_type=record_type).first()
    allowed = ends_before(rule, timezone.localdate())
    if rule is None or rule.keep_years is None or allowed is None or before > allowed:
        raise NotDisposable
    # The job gave up on it: nothing went, and it may be ordered again.
    open_runs().filter(record_type=record_type, ordered_at__lt=timezone.now() - GIVEN_UP_AFTER).update(
        stopped_at=timezone.now()
    )
    try:
        with transaction.atomic():
            run = DisposalRun.objects.create(
                record_type=record_type,
                keep_years=rule.keep_years,
                decision_reference=rule.decision_reference,
                before=before,
                ordered_by=actor,
            )
    except IntegrityError as conflict:  # somebody else has ordered one
        raise NotDisposable from conflict
    record("people.order_disposal", run, actor=actor, concerns=[actor])
    return run


@transaction.atomic
def carry_out_disposal(*, run_id: int) -> DisposalRun:
    """Everything that falls under the order goes, or nothing; once more it does nothing.

    It is stopped when the rule has changed since: then the decision that was confirmed no longer holds. The
    log keeps that it took place: who, when, how many, by which decision.
    """
    run = DisposalRun.objects.select_for_update(of=("self",)).select_related("ordered_by").get(pk=run_id)
    if run.done_at or run.stopped_at:
        return run
    rule = RetentionRule.objects.select_for_update().filter(record_type=run.record_type).first()
    known = rule and (rule.keep_years, rule.decision_reference)
    if known != (run.keep_years, run.decision_reference):
        run.stopped_at = timezone.now()
        run.save(update_fields=["stopped_at"])
        record("people.stop_disposal", run, actor=None, concerns=[run.ordered_by])
        return run
    tally = _type(run.record_type).dispose(run.before)
    run.done_at, run.count = timezone.now(), tally.count
    run.oldest, run.newest = tally.oldest, tally.newest
    run.save(update_fields=["done_at", "count", "oldest", "newest"])
    detail = {"count": ["", str(tally.count)], "decision_reference": ["", run.decision_reference]}
    record("people.dispose", run, actor=run.ordered_by, concerns=[run.ordered_by], detail=detail)
    return run


def _type(record_type: str) -> RecordType:
    return next(each for each in record_types() if each.record_type == record_type)
