"""A backup: one file with all rows and all uploaded files, readable on either database (docs/adr/0010).

The file is a compressed tar: `tables/<table>.jsonl`, `files/…`, and last `manifest.json` with what is in it
and a digest of every part. Rows are written as the values of their fields, so a backup from SQLite can be
restored on PostgreSQL and the other way round, and one from an older version is restored at that version's
migrations and then brought forward.
"""

import base64
import contextlib
import datetime as dt
import decimal
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from django.apps import apps as current_apps
from django.apps.registry import Apps
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.recorder import MigrationRecorder

FORMAT = 1
MANIFEST, SEAL = "manifest.json", "manifest.sha256"
BATCH = 2000
# Not worth keeping, or dangerous to bring back: who was signed in, who guessed, which worker was alive.
LEFT_OUT = frozenset(
    {
        "django_session",
        "axes_accessattempt",
        "axes_accessattemptexpiration",
        "axes_accessfailurelog",
        "axes_accesslog",
        "shared_workerpulse",
    }
)


class BackupUnreadable(Exception):
    """The file is not a whole and unchanged backup."""


@dataclass
class Manifest:
    """What a backup holds."""

    version: str
    engine: str
    made_at: str
    migrations: list[list[str]]
    format: int = FORMAT
    rows: dict[str, int] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)


def tables(registry: Apps) -> list[type[models.Model]]:
    """The models whose rows are kept, in an order that does not change."""
    found = {
        model._meta.db_table: model
        for model in registry.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table not in LEFT_OUT
    }
    return [found[name] for name in sorted(found)]


def columns(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The fields of the model that hold values of their own."""
    return [column for column in model._meta.concrete_fields if not column.generated]


# --- Values ------------------------------------------------------------------------------------------


def encode(value: Any) -> Any:
    """A value of a field as JSON: what JSON cannot say is a pair of its kind and a text."""
    match value:
        case dt.datetime():
            return ["datetime", value.isoformat()]
        case dt.date():
            return ["date", value.isoformat()]
        case dt.time():
            return ["time", value.isoformat()]
        case dt.timedelta():
            return ["seconds", repr(value.total_seconds())]
        case decimal.Decimal():
            return ["decimal", str(value)]
        case uuid.UUID():
            return ["uuid", str(value)]
        case bytes() | bytearray() | memoryview():
            return ["bytes", base64.b64encode(bytes(value)).decode()]
        case list() | dict() | tuple():
            return ["json", json.dumps(value, ensure_ascii=False, sort_keys=True)]
        case _:
            return value


_DECODERS: dict[str, Any] = {
    "datetime": dt.datetime.fromisoformat,
    "date": dt.date.fromisoformat,
    "time": dt.time.fromisoformat,
    "seconds": lambda text: dt.timedelta(seconds=float(text)),
    "decimal": decimal.Decimal,
    "uuid": uuid.UUID,
    "bytes": base64.b64decode,
    "json": json.loads,
}


def decode(value: Any) -> Any:
    """The inverse of `encode`."""
    return _DECODERS[value[0]](value[1]) if isinstance(value, list) else value


# --- Making one --------------------------------------------------------------------------------------


def make(target: Path, *, version: str) -> Manifest:
    """Write a backup of what is in the database at one moment, and of the uploaded files, to `target`."""
    with _one_moment() as connection:
        manifest = Manifest(
            version=version,
            engine=connections[DEFAULT_DB_ALIAS].vendor,
            made_at=dt.datetime.now(tz=dt.UTC).isoformat(timespec="seconds"),
            migrations=[list(key) for key in sorted(MigrationRecorder(connection).applied_migrations())],
        )
        part = target.with_name(target.name + ".part")
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as raw:
                with tarfile.open(fileobj=raw, mode="w:gz", compresslevel=6) as archive:
                    for model in tables(current_apps):
                        _add_table(archive, manifest, model, connection)
                    for path in _files(Path(settings.MEDIA_ROOT)):
                        with path.open("rb") as content:
                            name = path.relative_to(settings.MEDIA_ROOT).as_posix()
                            _add(archive, manifest, f"files/{name}", content)
                    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1).encode()
                    _add_plain(archive, MANIFEST, text)
                    _add_plain(archive, SEAL, hashlib.sha256(text).hexdigest().encode())
                raw.flush()
                os.fsync(raw.fileno())
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    return manifest


@contextlib.contextmanager
def _one_moment() -> Iterator[BaseDatabaseWrapper]:
    """A connection that sees the database as it is now, while others go on writing."""
    live = connections[DEFAULT_DB_ALIAS]
    if live.vendor == "postgresql":
        with transaction.atomic():
            with live.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield live
        return
    with tempfile.TemporaryDirectory(prefix="styrfart-backup-", dir=settings.DATA_DIR) as folder:
        copy = Path(folder) / "copy.sqlite3"
        live.ensure_connection()
        with contextlib.closing(sqlite3.connect(copy)) as into:
            live.connection.backup(into)
        with another_file(copy) as connection:
            yield connection


@contextlib.contextmanager
def another_file(path: Path) -> Iterator[BaseDatabaseWrapper]:
    """The SQLite database in the file, in place of the live one for as long as it is needed.

    It takes the name `default`: migrations of libraries do not all ask which database they are run for.
    """
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close()
    live = connection.settings_dict["NAME"]
    connection.settings_dict["NAME"] = str(path)
    try:
        yield connection
    finally:
        connection.close()
        connection.settings_dict["NAME"] = live


def _add_table(
    archive: tarfile.TarFile, manifest: Manifest, model: type[models.Model], connection: BaseDatabaseWrapper
) -> None:
    names = [column.attname for column in columns(model)]
    rows = 0
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        file.write((json.dumps(names) + "\n").encode())
        found = model._base_manager.using(connection.alias).order_by("pk").values_list(*names)
        for row in found.iterator(chunk_size=BATCH):
            file.write((json.dumps([encode(value) for value in row], ensure_ascii=False) + "\n").encode())
            rows += 1
        file.seek(0)
        manifest.rows[model._meta.db_table] = rows
        _add(archive, manifest, f"tables/{model._meta.db_table}.jsonl", file)


def _files(root: Path) -> Iterator[Path]:
    if root.is_dir():
        yield from (path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink())


def _add(archive: tarfile.TarFile, manifest: Manifest, name: str, content: IO[bytes]) -> None:
    manifest.digests[name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # typeshed wants more of a file
    member = tarfile.TarInfo(name)
    member.size = content.seek(0, io.SEEK_END)
    member.mode = 0o600
    content.seek(0)
    archive.addfile(member, content)


def _add_plain(archive: tarfile.TarFile, name: str, text: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size, member.mode = len(text), 0o600
    archive.addfile(member, io.BytesIO(text))


# --- Reading one -------------------------------------------------------------------------------------


def verify(source: Path) -> Manifest:
    """The manifest, after every part has been read and compared with its digest."""
    digests: dict[str, str] = {}
    last: dict[str, bytes] = {}
    try:
        with tarfile.open(source, "r:gz") as archive:
            for member in archive:
                content = archive.extractfile(member)
                if content is None:
                    raise BackupUnreadable(f"{member.name} is not a file")
                if member.name in {MANIFEST, SEAL}:
                    last[member.name] = content.read()
                else:
                    digests[member.name] = hashlib.file_digest(content, "sha256").hexdigest()  # type: ignore[arg-type]  # as above
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        raise BackupUnreadable("the file is damaged or cut short") from error
    if set(last) != {MANIFEST, SEAL} or hashlib.sha256(last[MANIFEST]).hexdigest().encode() != last[SEAL]:
        raise BackupUnreadable("the manifest is missing or changed")
    manifest = Manifest(**json.loads(last[MANIFEST]))
    if manifest.format != FORMAT:
        raise BackupUnreadable(f"the format is {manifest.format}, this version reads {FORMAT}")
    if manifest.digests != digests:
        raise BackupUnreadable("some part is missing or changed")
    return manifest


def table_rows(archive: tarfile.TarFile, table: str) -> Iterator[list[Any]]:
    """The names of the columns, then the rows, as they were written."""
    content = archive.extractfile(f"tables/{table}.jsonl")
    if content is None:
        raise BackupUnreadable(f"the table {table} is missing")
    for line in content:
        yield json.loads(line)
