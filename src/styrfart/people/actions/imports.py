"""Importing an organisation: look first, then all or nothing."""

import datetime as dt
from collections.abc import Sequence

from django.db import connection, transaction
from django.utils import timezone

from styrfart.people.importing.applying import apply
from styrfart.people.importing.examining import Examined, as_import_lines, examine, read_uploads
from styrfart.people.importing.reading import Contents
from styrfart.people.models import ImportFile, ImportRun, Person, Post, Team, TeamMember, Unit
from styrfart.shared.audit import record

LIFETIME = dt.timedelta(hours=24)
Files = Sequence[tuple[str, bytes]]


class ImportIsGone(Exception):
    """The upload has been applied, dropped or has expired."""


class ImportHasErrors(Exception):
    """The files hold errors that must be put right first."""


class ImportMoved(Exception):
    """The organisation has changed since the differences were shown; the run shows the new ones."""


def check_import(*, uploads: Files, day: dt.date, is_whole: bool, actor: Person) -> ImportRun:
    """Read the files and keep what they would change, for somebody to judge. Changes nothing else."""
    # Reading takes seconds for a city: not inside the transaction, which on SQLite is the only writer's.
    examined = examine(read_uploads(uploads), day=day, is_whole=is_whole)
    return _keep(uploads=uploads, examined=examined, day=day, is_whole=is_whole, actor=actor)


@transaction.atomic
def _keep(*, uploads: Files, examined: Examined, day: dt.date, is_whole: bool, actor: Person) -> ImportRun:
    run = ImportRun.objects.create(
        created_by=actor,
        expires_at=timezone.now() + LIFETIME,
        effective_on=day,
        is_whole=is_whole,
        plan_digest=examined.digest,
        counts=examined.counts(),
    )
    for name, content in uploads:
        ImportFile.objects.create(run=run, name=name[:200], content=content)
    run.lines.bulk_create(as_import_lines(run.pk, examined))
    return run


def apply_import(*, run: ImportRun, shown: str = "", actor: Person) -> ImportRun:
    """Write what was shown, or nothing: ImportMoved when the organisation is no longer what it was then.

    `shown` is the plan that the reader has seen; another tab may have been shown a newer one since.
    """
    contents = read_uploads([(each.name, bytes(each.content)) for each in run.files.all()])
    with transaction.atomic():
        run = _still_there(run)
        if shown not in {"", run.plan_digest}:
            raise ImportMoved
        examined = _examine_alone(contents, day=run.effective_on, is_whole=run.is_whole)
        if examined.digest == run.plan_digest and examined.plan:
            apply(examined.plan, examined.snapshot, actor=actor)
            run.applied_at = timezone.now()
            run.save(update_fields=["applied_at"])
            _forget(run)
            record("people.import_organisation", run, actor=actor, detail=dict(run.counts))
            return run
    _show_anew(run=run, examined=examined)
    raise ImportMoved


def _still_there(run: ImportRun) -> ImportRun:
    locked = ImportRun.objects.select_for_update().filter(pk=run.pk, applied_at=None).first()
    if locked is None or locked.expires_at <= timezone.now():
        raise ImportIsGone
    if not locked.plan_digest:
        raise ImportHasErrors
    return locked


def _examine_alone(contents: Contents, *, day: dt.date, is_whole: bool) -> Examined:
    """Plan while nobody else writes to the organisation: what was planned is what is there when we write."""
    if connection.vendor == "postgresql":
        names = ", ".join(
            connection.ops.quote_name(model._meta.db_table)
            for model in (Unit, Person, Post, Team, TeamMember)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")  # our own names
    return examine(contents, day=day, is_whole=is_whole)


@transaction.atomic
def _show_anew(*, run: ImportRun, examined: Examined) -> None:
    if not ImportRun.objects.select_for_update().filter(pk=run.pk, applied_at=None).exists():
        return  # applied or dropped by somebody else meanwhile: its lines are erased, and stay so
    run.plan_digest, run.counts = examined.digest, examined.counts()
    run.save(update_fields=["plan_digest", "counts"])
    run.lines.all().delete()
    run.lines.bulk_create(as_import_lines(run.pk, examined))


def import_at_once(*, uploads: Files, day: dt.date, is_whole: bool, is_dry: bool) -> Examined:
    """Check the files and, unless `is_dry` or there are errors, write them: for the command line.

    There nobody has looked at the differences first, so a whole organisation is asked for by name.
    """
    contents = read_uploads(uploads)
    if is_dry:
        return examine(contents, day=day, is_whole=is_whole)
    with transaction.atomic():
        examined = _examine_alone(contents, day=day, is_whole=is_whole)
        if examined.plan and not examined.plan.is_empty:
            apply(examined.plan, examined.snapshot, actor=None)
            now = timezone.now()
            run = ImportRun.objects.create(
                expires_at=now,
                effective_on=day,
                is_whole=is_whole,
                plan_digest=examined.digest,
                counts=examined.counts(),
                applied_at=now,
            )
            record("people.import_organisation", run, actor=None, detail=dict(run.counts))
    return examined


@transaction.atomic
def drop_import(*, run: ImportRun, actor: Person) -> None:
    """Throw away an upload that was not applied."""
    run = ImportRun.objects.select_for_update().get(pk=run.pk)
    if run.applied_at is None:
        record("people.drop_import", run, actor=actor)
        run.delete()


def purge_imports(now: dt.datetime) -> int:
    """Throw away uploads that nobody applied in time; gives how many."""
    _total, deleted = ImportRun.objects.filter(applied_at=None, expires_at__lte=now).delete()
    return deleted.get(ImportRun._meta.label, 0)


def _forget(run: ImportRun) -> None:
    """The files hold everybody's data; what came of them is in the organisation and its log."""
    run.files.all().delete()
    run.lines.all().delete()
