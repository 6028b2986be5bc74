"""What a worker process does: takes jobs one at a time, shows that it lives, takes over from the dead."""

import contextlib
import datetime as dt
import logging
import signal
import threading
import time
import traceback
from types import FrameType
from typing import Any, TypeAlias
from uuid import UUID

from axes.models import AccessAttempt
from django.contrib.sessions.models import Session
from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError, close_old_connections, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from styrfart.shared import jobs
from styrfart.shared.models import Tick, WorkerPulse

logger = logging.getLogger("styrfart.jobs")

Row: TypeAlias = DBTaskResult[..., Any]

PULSE_EVERY = 10.0  # seconds
SILENT_AFTER = dt.timedelta(seconds=60)
KEEP_DONE = dt.timedelta(days=7)
KEEP_FAILED = dt.timedelta(days=90)
KEEP_GUESSES = dt.timedelta(days=30)


class WorkerDied(Exception):
    """The process that ran the job ended before the job did."""


def new_name() -> str:
    """A name that no other worker has."""
    return f"worker-{get_random_string(16).lower()}"


def renew_connection() -> None:
    """Drop a connection that has broken or grown old, unless the caller is in the middle of a transaction."""
    if not connection.in_atomic_block:
        close_old_connections()


def pulse(worker: str) -> None:
    """Show that the worker is alive."""
    now = timezone.now()
    WorkerPulse.objects.update_or_create(
        worker=worker, defaults={"seen_at": now}, create_defaults={"seen_at": now, "started_at": now}
    )


def claim(worker: str) -> Row | None:
    """Take the next job that is due, so that no other worker takes it."""
    due = DBTaskResult.objects.ready()
    if not due.exists():  # a plain read: an idle worker takes no write lock
        return None
    with transaction.atomic():
        found: Row | None = due.select_for_update(skip_locked=True).first()
        if found is not None:
            found.claim(worker)
    return found


def run(found: Row) -> bool:
    """Do the claimed job and write down how it went. Gives whether it succeeded."""
    began = time.monotonic()
    error: Exception | None = None
    try:
        work = found.task
        with translation.override(None):
            work.call(*found.args_kwargs["args"], **found.args_kwargs["kwargs"])
    except Exception as raised:  # noqa: BLE001  # whatever a job raises is written down and tried again
        error = raised
    renew_connection()
    outcome = _settle(found, error)
    logger.log(
        logging.INFO if error is None else logging.WARNING,
        "job",
        extra={
            "job": found.task_path,
            "job_id": str(found.pk),
            "attempt": len(found.worker_ids),
            "outcome": outcome,
            "ms": round((time.monotonic() - began) * 1000, 1),
        },
        exc_info=error,
    )
    return error is None


@transaction.atomic
def _settle(found: Row, error: Exception | None) -> str:
    # Re-read under lock: if this worker was thought dead, another one answers for the job now.
    row = DBTaskResult.objects.select_for_update().filter(pk=found.pk).first()
    if row is None or row.status != TaskResultStatus.RUNNING or row.worker_ids != found.worker_ids:
        return "taken over"
    if jobs.is_forgotten(row.task_path) and (error is None or _next_try(row) is None):
        row.delete()
        return "done" if error is None else "failed"
    if error is None:
        row.status, row.finished_at = TaskResultStatus.SUCCESSFUL, timezone.now()
        row.exception_class_path = row.traceback = ""
        row.save(update_fields=["status", "finished_at", "exception_class_path", "traceback"])
        return "done"
    # A job that does not exist in this version never will: no more tries.
    is_hopeless = isinstance(error, ImportError | SuspiciousOperation)
    return _fail(row, error, again_at=None if is_hopeless else _next_try(row))


def _next_try(row: Row) -> dt.datetime | None:
    tried = len(row.worker_ids)
    if tried >= jobs.attempts_allowed(row.task_path):
        return None
    return timezone.now() + jobs.pause_before(tried + 1)


def _fail(row: Row, error: Exception, *, again_at: dt.datetime | None) -> str:
    row.exception_class_path = f"{type(error).__module__}.{type(error).__qualname__}"
    # Where, never what: the text of an exception may hold names and addresses.
    row.traceback = "".join(traceback.format_tb(error.__traceback__))
    if again_at is None:
        row.status, row.finished_at = TaskResultStatus.FAILED, timezone.now()
    else:
        row.status, row.run_after = TaskResultStatus.READY, again_at
    row.save(update_fields=["status", "finished_at", "run_after", "exception_class_path", "traceback"])
    return "failed" if again_at is None else "again"


def reap(now: dt.datetime) -> int:
    """Put back the jobs of workers that have fallen silent; those tried too often fail. Gives how many."""
    alive = set(WorkerPulse.objects.filter(seen_at__gte=now - SILENT_AFTER).values_list("worker", flat=True))
    suspects = [
        row.pk
        for row in DBTaskResult.objects.running().only("pk", "worker_ids")
        if not row.worker_ids or row.worker_ids[-1] not in alive
    ]
    return sum(_take_back(pk, alive) for pk in suspects)


@transaction.atomic
def _take_back(pk: UUID, alive: set[str]) -> bool:
    row = DBTaskResult.objects.select_for_update().filter(pk=pk, status=TaskResultStatus.RUNNING).first()
    if row is None or (row.worker_ids and row.worker_ids[-1] in alive):
        return False
    outcome = _fail(row, WorkerDied(), again_at=get_date_max() if _next_try(row) else None)
    logger.warning(
        "job of a dead worker",
        extra={
            "job": row.task_path,
            "job_id": str(row.pk),
            "attempt": len(row.worker_ids),
            "outcome": outcome,
        },
    )
    return True


def failed_jobs() -> QuerySet[Row]:
    """Jobs that will not be tried again, newest first: for the system owner."""
    found: QuerySet[Row] = DBTaskResult.objects.failed().order_by("-finished_at")
    return found


@jobs.job()
def prune() -> None:
    """Forget what is over: done jobs, failed ones later, ticks but each job's latest, sessions, guesses."""
    now = timezone.now()
    DBTaskResult.objects.successful().filter(finished_at__lt=now - KEEP_DONE).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - KEEP_FAILED).delete()
    WorkerPulse.objects.filter(seen_at__lt=now - KEEP_DONE).delete()
    AccessAttempt.objects.filter(attempt_time__lt=now - KEEP_GUESSES).delete()
    Session.objects.filter(expire_date__lt=now).delete()
    for name in Tick.objects.values_list("job", flat=True).distinct().order_by("job"):
        old = Tick.objects.filter(job=name)
        latest = old.latest("slot")
        old.filter(slot__lt=min(latest.slot, now - KEEP_DONE)).delete()


jobs.schedule("shared.prune", prune, jobs.Daily(hour=3))


class Worker:
    """The loop of a worker process."""

    def __init__(self, *, idle: float = 1.0) -> None:
        self.name = new_name()
        self.idle = idle
        self.stopping = threading.Event()
        self._planned_at = float("-inf")

    def stop(self, _signum: int = 0, _frame: FrameType | None = None) -> None:
        """End after the job in hand."""
        self.stopping.set()

    def start(self) -> None:
        """Work until told to stop."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        heart = threading.Thread(target=self._beat, name="pulse", daemon=True)
        heart.start()
        logger.info("worker started", extra={"worker": self.name})
        while not self.stopping.is_set():
            try:
                if not self.step():
                    self.stopping.wait(self.idle)
            except DatabaseError as error:  # the database is away or busy: wait for it, do not die
                logger.warning("database unreachable", exc_info=error)
                connection.close()
                self.stopping.wait(5.0)
        heart.join(timeout=2.0)
        with contextlib.suppress(DatabaseError):
            WorkerPulse.objects.filter(worker=self.name).delete()
        logger.info("worker ended", extra={"worker": self.name})

    def step(self) -> bool:
        """Look at the clock now and then, and do one job. Gives whether there was one."""
        renew_connection()
        if time.monotonic() - self._planned_at >= PULSE_EVERY:
            now = timezone.now()
            pulse(self.name)  # before the first job: what it takes must not look abandoned
            reap(now)
            jobs.tick(now)
            self._planned_at = time.monotonic()
        found = claim(self.name)
        if found is not None:
            run(found)
        return found is not None

    def _beat(self) -> None:
        while not self.stopping.wait(PULSE_EVERY):
            try:
                pulse(self.name)
            except DatabaseError as error:  # a long write elsewhere: the next beat will do
                logger.warning("pulse missed", exc_info=error)
                connection.close()
        connection.close()


def run_all(limit: int = 1000) -> int:
    """Do every job that is due, in this process, and stop: for tests and `styrfart worker --once`."""
    name = new_name()
    pulse(name)
    for done in range(limit):
        found = claim(name)
        if found is None:
            return done
        run(found)
    return limit
