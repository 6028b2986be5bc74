"""Restoring a backup: everything or nothing, at the migrations of the backup and then brought forward."""

import contextlib
import datetime as dt
import itertools
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from styrfart.shared import backup
from styrfart.shared.models import WorkerPulse

IN_USE = dt.timedelta(seconds=30)


class RestoreRefused(Exception):
    """The place to restore to is not empty, or is in use; the text says which."""


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Whether the database has no people: nothing that anybody has entered."""
    table = get_user_model()._meta.db_table
    if table not in connection.introspection.table_names():
        return True
    return not get_user_model()._base_manager.using(connection.alias).exists()


def is_in_use(connection: BaseDatabaseWrapper) -> bool:
    """Whether some worker of the installation has shown itself in the last half minute."""
    if WorkerPulse._meta.db_table not in connection.introspection.table_names():
        return False
    return WorkerPulse.objects.using(connection.alias).filter(seen_at__gte=timezone.now() - IN_USE).exists()


def restore(source: Path, *, is_forced: bool = False) -> backup.Manifest:
    """Put the backup in place of what is there; raises before anything is touched if that is not possible."""
    manifest = backup.verify(source)
    live = connections[DEFAULT_DB_ALIAS]
    if not is_forced:
        if not is_empty(live):
            raise RestoreRefused("not empty")
        if is_in_use(live):
            raise RestoreRefused("in use")
    _refuse_unknown(manifest, live)
    with tarfile.open(source, "r:gz") as archive, _new_files(archive) as put_files_in_place:
        if live.vendor == "sqlite":
            _restore_sqlite(archive, manifest, live)
        else:
            _restore_postgresql(archive, manifest, live)
        put_files_in_place()
    return manifest


def _refuse_unknown(manifest: backup.Manifest, connection: BaseDatabaseWrapper) -> None:
    known = MigrationExecutor(connection).loader.disk_migrations
    unknown = [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]
    if unknown:
        raise backup.BackupUnreadable(f"it was made by a newer version, which had {', '.join(unknown)}")


def _restore_sqlite(archive: tarfile.TarFile, manifest: backup.Manifest, live: BaseDatabaseWrapper) -> None:
    """Build the whole database in a file of its own; then copy it over the live one in one transaction."""
    with tempfile.TemporaryDirectory(prefix="styrfart-restore-", dir=settings.DATA_DIR) as folder:
        path = Path(folder) / "restored.sqlite3"
        with backup.another_file(path) as fresh:
            _migrate_to(manifest, fresh)
            with transaction.atomic(using=fresh.alias):
                _load(archive, manifest, fresh)
                fresh.check_constraints()
            _bring_forward(fresh)
        live.close()
        with (
            contextlib.closing(sqlite3.connect(path)) as made,
            contextlib.closing(sqlite3.connect(live.settings_dict["NAME"], timeout=20)) as place,
        ):
            made.backup(place)


def _restore_postgresql(
    archive: tarfile.TarFile, manifest: backup.Manifest, live: BaseDatabaseWrapper
) -> None:
    """Drop, migrate and load in one transaction: the old database is there until the new one is whole."""
    with transaction.atomic(using=live.alias):
        with live.cursor() as cursor:
            for table in live.introspection.table_names(cursor):
                cursor.execute(f"DROP TABLE {live.ops.quote_name(table)} CASCADE")
        _migrate_to(manifest, live)
        with live.cursor() as cursor:
            # Tables come in the order of their names, not of what refers to what.
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        registry = _load(archive, manifest, live)
        with live.cursor() as cursor:
            # Now, not at the end: the tables are altered when they are brought forward.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            # Rows were written with their own keys: the next new row must come after them.
            for statement in live.ops.sequence_reset_sql(no_style(), backup.tables(registry)):
                cursor.execute(statement)
        _bring_forward(live)


def _bring_forward(connection: BaseDatabaseWrapper) -> None:
    """From the migrations of the backup to those of this version."""
    ContentType.objects.clear_cache()
    call_command("migrate", database=connection.alias, verbosity=0, interactive=False)
    call_command("createcachetable", database=connection.alias, verbosity=0)


def _leaves(manifest: backup.Manifest, loader: MigrationLoader) -> list[tuple[str, str]]:
    """The last migration of each app that the backup had."""
    applied = {(app, name) for app, name in manifest.migrations}
    nodes = loader.graph.node_map
    return sorted(
        node
        for node in applied & set(nodes)
        if not any(child.key in applied and child.key[0] == node[0] for child in nodes[node].children)
    )


def _migrate_to(manifest: backup.Manifest, connection: BaseDatabaseWrapper) -> None:
    """Make the tables as they were when the backup was made."""
    executor = MigrationExecutor(connection)
    executor.migrate(_leaves(manifest, executor.loader))


def _load(archive: tarfile.TarFile, manifest: backup.Manifest, connection: BaseDatabaseWrapper) -> Apps:
    """Put in the rows, through the models as they were at the backup's migrations, which are returned."""
    loader = MigrationLoader(connection)
    registry: Apps = loader.project_state(_leaves(manifest, loader)).apps
    known = {model._meta.db_table: model for model in backup.tables(registry)}
    for model in known.values():
        # What the migrations themselves put in is in the backup too. Constraints are checked at the end.
        model._base_manager.using(connection.alias)._raw_delete(connection.alias)  # noqa: SLF001  # no collecting
    for table, rows in sorted(manifest.rows.items()):
        if table not in known:
            raise backup.BackupUnreadable(f"the table {table} has no model at the migrations of the backup")
        loaded = _load_table(archive, known[table], connection)
        if loaded != rows:
            raise backup.BackupUnreadable(f"the table {table} has {loaded} rows, the manifest says {rows}")
    return registry


def _load_table(archive: tarfile.TarFile, model: type[models.Model], connection: BaseDatabaseWrapper) -> int:
    lines = backup.table_rows(archive, model._meta.db_table)
    names: list[str] = next(lines)
    columns = [column for column in backup.columns(model) if column.attname in names]
    size = max(1, min(1000, connection.ops.bulk_batch_size(columns, [None] * 1000)))
    loaded = 0
    while batch := list(itertools.islice(lines, size)):
        rows = [model(**dict(zip(names, map(backup.decode, line), strict=True))) for line in batch]
        # raw: moments and numbers as they were, not as a new row would get them.
        rows_of: Any = model._base_manager.using(connection.alias)
        rows_of._insert(  # noqa: SLF001  # what `save_base(raw=True)` calls, many rows at a time
            rows, fields=columns, using=connection.alias, raw=True
        )
        loaded += len(rows)
    return loaded


@contextlib.contextmanager
def _new_files(archive: tarfile.TarFile) -> Iterator[Callable[[], None]]:
    """Unpack the uploaded files beside the present ones; gives what puts them in their place."""
    place = Path(settings.MEDIA_ROOT)
    place.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="styrfart-files-", dir=place.parent) as folder:
        fresh, old = Path(folder) / "new", Path(folder) / "old"
        fresh.mkdir()
        for member in archive.getmembers():
            if member.name.startswith("files/"):
                _unpack(archive, member, fresh)

        def put_in_place() -> None:
            if place.exists():
                place.rename(old)
            fresh.rename(place)

        yield put_in_place


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    target = (folder / member.name.removeprefix("files/")).resolve()
    content = archive.extractfile(member)
    if content is None or folder.resolve() not in target.parents:
        raise backup.BackupUnreadable(f"{member.name} leads out of the folder of files")
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as into:
        shutil.copyfileobj(content, into)
