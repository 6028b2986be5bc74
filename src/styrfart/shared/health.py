"""Whether the installation works: asked by a monitor, without a session, and told without secrets."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from styrfart.shared.models import Tick, WorkerPulse

# The question is public: however often it is asked, the database is asked this seldom by each process.
REMEMBERED = 2.0  # seconds
WORKER_SILENT = 90.0  # seconds
DISK_LEAST = 200 * 1024 * 1024  # bytes


@dataclass(frozen=True)
class Check:
    """What was looked at and what was found; `number` is seconds, megabytes or a count."""

    name: str
    is_well: bool
    number: float | None = None


class _Undone(Exception):
    """Rolls the trial write back."""


def database_answers() -> Check:
    """Read and write: the write is made in earnest and rolled back."""
    began = time.monotonic()
    try:
        with transaction.atomic():
            Tick.objects.create(job="health", slot=timezone.now())
            raise _Undone
    except _Undone:
        return Check("database", is_well=True, number=round(time.monotonic() - began, 3))
    except DatabaseError:
        return Check("database", is_well=False)


def migrations_are_applied() -> Check:
    """No migration of this version is missing in the database."""
    try:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except DatabaseError:
        return Check("migrations", is_well=False)
    return Check("migrations", is_well=not missing, number=missing)


def worker_is_alive() -> Check:
    """Some worker has shown itself lately."""
    try:
        latest = WorkerPulse.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    except DatabaseError:
        return Check("worker", is_well=False)
    if latest is None:
        return Check("worker", is_well=False)
    age = (timezone.now() - latest).total_seconds()
    return Check("worker", is_well=age < WORKER_SILENT, number=round(age, 1))


def disk_has_room() -> Check:
    """There is room for the data to grow."""
    free = shutil.disk_usage(settings.DATA_DIR).free
    return Check("disk", is_well=free > DISK_LEAST, number=free // (1024 * 1024))


CHECKS: tuple[Callable[[], Check], ...] = (
    database_answers,
    migrations_are_applied,
    worker_is_alive,
    disk_has_room,
)

_remembered: tuple[float, list[Check]] = (float("-inf"), [])


def checks() -> list[Check]:
    """What was found now, or a moment ago."""
    global _remembered  # noqa: PLW0603  # one answer for the process, for two seconds
    if time.monotonic() - _remembered[0] > REMEMBERED:
        _remembered = (time.monotonic(), [check() for check in CHECKS])
    return _remembered[1]


def forget() -> None:
    """Look anew the next time somebody asks."""
    global _remembered  # noqa: PLW0603  # as above
    _remembered = (float("-inf"), [])


@login_not_required
@never_cache
@require_GET
def show(_request: HttpRequest) -> JsonResponse:
    """200 when all is well, else 503; which of the four is not is told, and nothing about why."""
    found = checks()
    is_well = all(check.is_well for check in found)
    return JsonResponse(
        {
            "status": "ok" if is_well else "fail",
            "checks": {check.name: {"ok": check.is_well, "value": check.number} for check in found},
        },
        status=200 if is_well else 503,
    )
