"""SQLite's queries are made ready once, and say the same as Django's."""

import pytest
from django.db import connection

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
        like = f"SELECT name FROM quays WHERE name {connection.operators['icontains']}"  # noqa: S608  # Django's words
        assert "LIKE +%s" in like
        cursor.execute(like, ["%RRA 1\\%"])
        assert cursor.fetchall() == [("Norra 1%",)]
