"""What may be disposed of today, and what has been. For the system owner; 404 to all others."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404
from django.utils import timezone

from styrfart.people.queries.administration import owner_only
from styrfart.people.standing import User
from styrfart.shared.disposal import RecordType, Tally, ends_before, open_runs, record_types
from styrfart.shared.models import DisposalRun, RetentionRule

# What was ordered earlier and is not done never will be: the job gave up on it.
GIVEN_UP_AFTER = dt.timedelta(days=1)


@dataclass(frozen=True)
class ToDispose:
    """What of one type falls under its disposal decision today."""

    record_type: str
    name: str
    rule: RetentionRule
    before: dt.date
    tally: Tally
    is_ordered: bool

    @property
    def mark(self) -> str:
        """What the page showed: another mark means that something else would go."""
        rule, tally = self.rule, self.tally
        return f"{rule.keep_years}/{rule.decision_reference}/{self.before}/{tally.count}"


@dataclass(frozen=True)
class DisposedRun:
    """A disposal that was ordered, and the name of what it was of."""

    run: DisposalRun
    name: str


def to_dispose(user: User) -> list[ToDispose]:
    """Every type of which something may go today, by name."""
    owner_only(user)
    rules = {rule.record_type: rule for rule in RetentionRule.objects.all()}
    under_way = open_runs().filter(ordered_at__gt=timezone.now() - GIVEN_UP_AFTER)
    ordered = set(under_way.values_list("record_type", flat=True))
    found = [
        _of(each, rules.get(each.record_type), is_ordered=each.record_type in ordered)
        for each in record_types()
    ]
    return sorted((one for one in found if one and one.tally.count), key=lambda one: one.name)


def to_dispose_for(user: User, record_type: str) -> ToDispose:
    """What of one type may go today; 404 when nothing may."""
    for each in to_dispose(user):
        if each.record_type == record_type and not each.is_ordered:
            return each
    raise Http404


def disposals(user: User) -> list[DisposedRun]:
    """Every disposal, the latest first. One query."""
    owner_only(user)
    names = {each.record_type: str(each.name) for each in record_types()}
    runs: Iterable[DisposalRun] = DisposalRun.objects.select_related("ordered_by")
    return [DisposedRun(run, names.get(run.record_type, run.record_type)) for run in runs]


def _of(each: RecordType, rule: RetentionRule | None, *, is_ordered: bool) -> ToDispose | None:
    before = ends_before(rule, timezone.localdate())
    if rule is None or before is None:
        return None
    return ToDispose(each.record_type, str(each.name), rule, before, each.tally(before), is_ordered)
