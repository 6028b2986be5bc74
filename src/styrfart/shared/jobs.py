"""Work done after the answer: queued with the deed, tried again when it fails, planned by the clock.

A room keeps its jobs in its own `jobs.py`:

    @job(attempts=5)
    def send_reminder(matter_id: int) -> None: ...

    schedule("matters.remind", send_reminders, Daily(hour=7))

and its actions queue them inside their transaction: `enqueue(send_reminder, matter.pk)`. A job may run
twice (its worker may die after the work but before the receipt), so every job must be idempotent.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ParamSpec, Protocol

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import Task

from styrfart.shared.models import Tick

P = ParamSpec("P")

DEFAULT_ATTEMPTS = 5
# How long after its time a planned run is still made up for, when no worker was awake.
CATCH_UP = dt.timedelta(hours=12)

_attempts: dict[str, int] = {}
_traceless: set[str] = set()


def job(
    *, attempts: int = DEFAULT_ATTEMPTS, queue: str = "default", leaves_trace: bool = True
) -> Callable[[Callable[P, None]], Task[P, None]]:
    """Make a function a job that is tried at most `attempts` times.

    `leaves_trace`: False when nobody is to see afterwards that it was done, when and for whom.
    """

    def make(function: Callable[P, None]) -> Task[P, None]:
        made: Task[P, None] = task(queue_name=queue)(function)
        _attempts[made.module_path] = attempts
        if not leaves_trace:
            _traceless.add(made.module_path)
        return made

    return make


def attempts_allowed(task_path: str) -> int:
    """How many times the job may be tried in all."""
    return _attempts.get(task_path, DEFAULT_ATTEMPTS)


def is_forgotten(task_path: str) -> bool:
    """Whether the job's row is erased when it is over."""
    return task_path in _traceless


def pause_before(attempt: int) -> dt.timedelta:
    """How long to wait before try number `attempt` (2, 3, …): 30 s, 2 min, 8 min, 32 min, then 2 h."""
    return dt.timedelta(seconds=min(30 * 4 ** (attempt - 2), 2 * 60 * 60))


def enqueue(
    work: Task[Any, None],
    *args: Any,
    after: dt.datetime | dt.timedelta | None = None,
    queue: str | None = None,
) -> str:
    """Queue the job in the caller's transaction: it runs only if the deed is committed. Gives the job's id.

    `args` must survive JSON: ids, texts, numbers. `after` is a moment or a delay.
    """
    run_after = timezone.now() + after if isinstance(after, dt.timedelta) else after
    return str(work.using(run_after=run_after, queue_name=queue).enqueue(*args).id)


class Plan(Protocol):
    """When a scheduled job is due."""

    def latest(self, now: dt.datetime) -> dt.datetime:
        """The latest planned moment at or before `now`."""
        ...


@dataclass(frozen=True)
class Every:
    """At even intervals of `minutes`, counted from midnight UTC."""

    minutes: int

    def latest(self, now: dt.datetime) -> dt.datetime:
        step = self.minutes * 60
        return dt.datetime.fromtimestamp(int(now.timestamp()) // step * step, tz=dt.UTC)


@dataclass(frozen=True)
class Daily:
    """At the same local time each day, or on one weekday only (0 is Monday)."""

    hour: int
    minute: int = 0
    weekday: int | None = None

    def latest(self, now: dt.datetime) -> dt.datetime:
        today = timezone.localdate(now)
        for days_ago in range(9):
            day = today - dt.timedelta(days=days_ago)
            if self.weekday is not None and day.weekday() != self.weekday:
                continue
            moment = timezone.make_aware(dt.datetime.combine(day, dt.time(self.hour, self.minute)))
            if moment <= now:
                return moment.astimezone(dt.UTC)
        raise AssertionError("a week has every weekday")


@dataclass(frozen=True)
class Scheduled:
    """A job that the clock starts."""

    name: str
    work: Task[Any, None]
    plan: Plan


SCHEDULE: dict[str, Scheduled] = {}


def schedule(name: str, work: Task[Any, None], plan: Plan) -> None:
    """Let the clock start the job according to plan; `name` is unique over all rooms."""
    known = SCHEDULE.setdefault(name, Scheduled(name, work, plan))
    if known.work.module_path != work.module_path:
        raise ValueError(f"two scheduled jobs are called {name}")


def tick(now: dt.datetime) -> list[str]:
    """Queue what is due. Every worker may call this at any time; each planned run is queued once."""
    return [planned.name for planned in SCHEDULE.values() if _tick(planned, now)]


def _tick(planned: Scheduled, now: dt.datetime) -> bool:
    slot = planned.plan.latest(now)
    ticks = Tick.objects.filter(job=planned.name)
    if ticks.filter(slot__gte=slot).exists():
        return False
    # A new installation does not make up for what was due before it existed.
    is_new = not ticks.exists()
    try:
        with transaction.atomic():
            Tick.objects.create(job=planned.name, slot=slot)
            if is_new or now - slot > CATCH_UP:
                return False
            enqueue(planned.work)
    except IntegrityError:  # another worker took this run
        return False
    return True
