"""Links: while a round is open, no secret of a link may stand in any table, file or log.

Whoever finds one beside a name could compute which used link it is. The attacker is given the round's key,
computes every link of the round, and searches for them.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.db import connection
from django.utils.translation import gettext as _

from styrfart.climate import keys
from styrfart.climate.attacks.findings import Finding
from styrfart.climate.models import Invitation, Round

LENGTH = 22  # of a link's secret, in base64
CHUNK = 1 << 22
_RUN = re.compile(rb"[A-Za-z0-9_-]{22,}")


def no_link_is_written_anywhere(logs: Iterable[Path]) -> Iterator[Finding]:
    """Search tables, the database file with its write-ahead log, and the given logs."""
    links = _links()
    if not links:
        said = _("Ingen puls är öppen, så det finns inga länkar att leta efter.")
        yield Finding("links", is_safe=True, said=said)
        return
    places = [f"{table}.{column}" for table, column in _columns() if _is_in_column(table, column, links)]
    places += [str(file) for file in [*_database_files(), *logs] if _is_in_file(file, links)]
    said = _("Ingen av %(number)s öppna länkar finns i någon tabell, fil eller logg.") % {
        "number": len(links)
    }
    if places:
        said = _("Länkar till öppna pulser finns i klartext i %(places)s.") % {"places": ", ".join(places)}
    yield Finding("links", not places, said)


def _links() -> set[bytes]:
    found: set[bytes] = set()
    for asked in Round.objects.filter(invitations__digest__isnull=False).distinct():
        if keys.exists(asked.pk):
            key = keys.read(asked.pk)
            of_round = Invitation.objects.filter(round=asked, channel=Invitation.Channel.MAIL)
            found |= {key.link(pk).encode() for pk in of_round.values_list("pk", flat=True)}
    return found


def holds(content: bytes, links: set[bytes]) -> bool:
    """Whether any of the links stands in the content."""
    for run in _RUN.finditer(content):
        text = run.group()
        if any(text[start : start + LENGTH] in links for start in range(len(text) - LENGTH + 1)):
            return True
    return False


def _columns() -> Iterator[tuple[str, str]]:
    """Every column of every table: a link could stand in any of them."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for column in connection.introspection.get_table_description(cursor, table):
                yield table, column.name


def _is_in_column(table: str, column: str, links: set[bytes]) -> bool:
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {quote(column)} FROM {quote(table)}")  # noqa: S608  # names from the database
        while rows := cursor.fetchmany(2000):
            if any(holds(_content(value), links) for (value,) in rows):
                return True
    return False


def _content(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def _database_files() -> list[Path]:
    if connection.vendor != "sqlite":
        return []  # PostgreSQL's files are for the one who runs the cluster; its tables have been searched
    name = str(connection.settings_dict["NAME"])
    return [file for file in (Path(name), Path(f"{name}-wal")) if file.is_file()]


def _is_in_file(file: Path, links: set[bytes]) -> bool:
    before = b""
    with file.open("rb") as content:
        while chunk := content.read(CHUNK):
            if holds(before + chunk, links):
                return True
            before = chunk[-2 * LENGTH :]
    return False
