"""How the machinery is: jobs, mail, how long records are kept. For the system owner."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from styrfart.people.queries.administration import owner_only
from styrfart.people.standing import User
from styrfart.shared import mail
from styrfart.shared.disposal import record_types
from styrfart.shared.models import OutgoingMail, RetentionRule, Tick, WorkerPulse

SILENT_AFTER = dt.timedelta(minutes=2)
SHOWN = 20


@dataclass(frozen=True)
class FailedJob:
    """A job that will not be tried again. What it said is not shown: it may quote what was written."""

    name: str
    kind: str
    finished_at: dt.datetime | None


@dataclass(frozen=True)
class JobsState:
    """How the background work is."""

    waiting: int
    planned: int
    running: int
    done: int
    failed: int
    latest_failed: list[FailedJob]
    workers: list[WorkerPulse]
    scheduled: list[Tick]

    @property
    def is_working(self) -> bool:
        """Whether somebody takes the jobs."""
        return bool(self.workers)


def jobs_state(user: User) -> JobsState:
    """How many jobs wait, run and have failed, and who does them. Four queries."""
    owner_only(user)
    now = timezone.now()
    ready = Q(status=TaskResultStatus.READY)
    later = ready & Q(run_after__gt=now, run_after__lt=now + dt.timedelta(days=3650))
    counts = DBTaskResult.objects.order_by().aggregate(
        ready=Count("pk", filter=ready),
        planned=Count("pk", filter=later),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        done=Count("pk", filter=Q(status=TaskResultStatus.SUCCESSFUL)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
    )
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).order_by("-finished_at")[:SHOWN]
    latest: dict[str, Tick] = {}
    for tick in Tick.objects.order_by("job", "-slot"):
        latest.setdefault(tick.job, tick)
    return JobsState(
        waiting=counts["ready"] - counts["planned"],
        planned=counts["planned"],
        running=counts["running"],
        done=counts["done"],
        failed=counts["failed"],
        latest_failed=[_failed(row.task_path, row.exception_class_path, row.finished_at) for row in failed],
        workers=list(WorkerPulse.objects.filter(seen_at__gte=now - SILENT_AFTER).order_by("started_at")),
        scheduled=list(latest.values()),
    )


def _failed(path: str, kind: str, finished_at: dt.datetime | None) -> FailedJob:
    return FailedJob(path.removeprefix("styrfart."), kind.rpartition(".")[2], finished_at)


def outbox(user: User, state: str = "") -> QuerySet[OutgoingMail]:
    """Outgoing mail, what failed first; never the body."""
    owner_only(user)
    found = mail.outbox()
    return found.filter(state=state) if state else found


def mail_to_send_again(user: User, pk: int) -> OutgoingMail:
    """A mail that did not leave."""
    owner_only(user)
    states = [OutgoingMail.State.FAILED, OutgoingMail.State.HELD]
    found = OutgoingMail.objects.filter(pk=pk, state__in=states).first()
    if found is None:
        raise Http404
    return found


# --- How long records are kept ----------------------------------------------------------------------
@dataclass(frozen=True)
class Kept:
    """A type of record and its rule, if there is one."""

    record_type: str
    name: str
    rule: RetentionRule | None


def kept(user: User) -> list[Kept]:
    """Every type of record that the product writes, by name."""
    owner_only(user)
    rules = {rule.record_type: rule for rule in RetentionRule.objects.all()}
    found = [Kept(each.record_type, str(each.name), rules.get(each.record_type)) for each in record_types()]
    return sorted(found, key=lambda each: each.name)


def kept_for(user: User, record_type: str) -> Kept:
    """One type of record."""
    for each in kept(user):
        if each.record_type == record_type:
            return each
    raise Http404
