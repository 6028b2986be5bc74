"""The gate of a round: many may pass at the same time, and whoever shuts it waits until they are through.

An answer that was confirmed must be counted. On SQLite one transaction writes at a time, and nothing more is
needed; on PostgreSQL a lock that lasts as long as the transaction says it.
"""

from django.db import connection

_SPACE = 7251  # ours among the advisory locks of the database


def pass_through(round_id: int) -> None:
    """Hold the gate open until this transaction has ended."""
    _lock("pg_advisory_xact_lock_shared", round_id)


def shut(round_id: int) -> None:
    """Wait until everybody who was passing is through; nobody passes until this transaction has ended."""
    _lock("pg_advisory_xact_lock", round_id)


def _lock(function: str, round_id: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [_SPACE, round_id])
