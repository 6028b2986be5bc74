"""SQLite's queries are made ready once, and say the same as Django's."""

from typing import Any

import pytest
from django.db import DEFAULT_DB_ALIAS, ProgrammingError, connection, connections, transaction
from django.db.models import DateField, Max, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from styrfart.shared.models import OutgoingMail
from styrfart.shared.prepared import Prepared
from styrfart.shared.sqlite.base import DatabaseWrapper

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the backend is SQLite's"),
]


def test_a_query_takes_its_values_each_time() -> None:
    with connection.cursor() as cursor:
        for value in (1, 2):
            cursor.execute("SELECT %s, '100 %%', %s", [value, "%s"])
            assert cursor.fetchone() == (value, "100 %", "%s")


def test_values_may_be_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %(b)s, %(a)s, %(b)s", {"a": 1, "b": 2})
        assert cursor.fetchone() == (2, 1, 2)


def test_many_rows_go_in_by_one_query() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE berths (name text)")
        cursor.executemany("INSERT INTO berths VALUES (%s)", [("A",), ("B",)])
        cursor.execute("SELECT name FROM berths ORDER BY name")
        assert cursor.fetchall() == [("A",), ("B",)]


def test_a_pattern_is_a_pattern_and_no_more() -> None:
    """Large letters or small, and what is escaped stands for itself; and the query is made ready once."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE quays (name text)")
        cursor.executemany("INSERT INTO quays VALUES (%s)", [("Norra 1%",), ("Norra 10",)])
        like = f"SELECT name FROM quays WHERE name {DatabaseWrapper.operators['icontains']}"  # noqa: S608  # Django's words
        assert "LIKE +%s" in like
        cursor.execute(like, ["%RRA 1\\%"])
        assert cursor.fetchall() == [("Norra 1%",)]


def _asked(sql: str, params: list[Any]) -> list[tuple[Any, ...]]:
    here = connections[DEFAULT_DB_ALIAS]
    assert isinstance(here, DatabaseWrapper)
    return here.ask(sql, params)


def test_the_short_way_gives_what_a_cursor_gives() -> None:
    rows = [(1, "100 %", "%s")]
    assert _asked("SELECT %s, '100 %%', %s", [1, "%s"]) == rows
    with transaction.atomic():
        assert _asked("SELECT %s, '100 %%', %s", [1, "%s"]) == rows


def test_whoever_counts_or_wraps_queries_sees_them_all() -> None:
    seen: list[str] = []

    def see(execute: Any, sql: str, *rest: Any) -> Any:
        seen.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(see):
        assert _asked("SELECT %s", [1]) == [(1,)]
    assert seen == ["SELECT %s"]


def test_a_mistake_is_djangos_kind_of_mistake() -> None:
    with pytest.raises(ProgrammingError):
        _asked("SELECT %s", [1, 2])


def test_nothing_is_read_in_what_has_to_be_rolled_back() -> None:
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(transaction.TransactionManagementError):
            _asked("SELECT %s", [1])


def test_columns_become_what_django_makes_of_them() -> None:
    """Also those that SQLite does not know the kind of, and gives as texts."""
    mail = OutgoingMail.objects.create(address="asa@ort.example", subject="Hej", body="", is_secret=True)

    def found(*, pk: int) -> Any:
        told = OutgoingMail.objects.filter(pk=pk).annotate(
            latest=Max("created_at"),
            day=Coalesce(Max("created_at__date"), Value(None), output_field=DateField()),
        )
        return told.values_list("pk", "is_secret", "created_at", "sent_at", "latest", "day")

    created = mail.created_at
    row = (mail.pk, True, created, None, created, timezone.localdate(created))
    assert Prepared(found, pk=int).rows(pk=mail.pk) == [row] == list(found(pk=mail.pk))
