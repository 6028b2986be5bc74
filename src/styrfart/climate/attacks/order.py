"""Where rows lie: the order in which they came must not be left anywhere.

On SQLite a row has a place (`rowid`), on PostgreSQL a place and the transaction that wrote it (`ctid`,
`xmin`). Whoever knows in which order people answered could otherwise read the rows in that order.
"""

import itertools
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from styrfart.climate.attacks.findings import Finding
from styrfart.climate.models import Round

PLACE = {"sqlite": "rowid", "postgresql": "ctid"}


def answers_have_no_order() -> Iterator[Finding]:
    """Counted answers and texts lie sorted by what they say, and were all written by one transaction."""
    for asked in Round.objects.exclude(counted_at=None).order_by("pk"):
        for what, rows in (("answers", _answers(asked.pk)), ("texts", _comments(asked.pk))):
            is_sorted = _lies_sorted(rows)
            said = _("%(round)s: svaren ligger i bokstavsordning, inte i den ordning de kom.")
            if what == "texts":
                said = _("%(round)s: texterna ligger i bokstavsordning, inte i den ordning de kom.")
            if not is_sorted:
                said = _("%(round)s: raderna ligger i en annan ordning än sin egen, och kan visa när de kom.")
            yield Finding(f"order of {what}", is_sorted, said % {"round": asked.title})
        if connection.vendor == "postgresql":
            yield _one_transaction(asked)


def _lies_sorted(rows: list[tuple[Any, ...]]) -> bool:
    """Whether the rows lie in their own order.

    PostgreSQL puts new rows where older ones have gone, so there a few steps back mean nothing; rows in the
    order in which people answered would step back about every other time.
    """
    back = sum(after < before for before, after in itertools.pairwise(rows))
    return back == 0 or (connection.vendor == "postgresql" and 10 * back <= len(rows))


def _rows(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [tuple(row) for row in cursor.fetchall()]


def _answers(round_id: int) -> list[tuple[Any, ...]]:
    place = PLACE[connection.vendor]
    return _rows(
        f'SELECT a.group_id, a."values" FROM climate_answer a JOIN climate_group g ON g.id = a.group_id '  # noqa: S608  # a name from the list above
        f"WHERE g.round_id = %s ORDER BY a.{place}",
        [round_id],
    )


def _comments(round_id: int) -> list[tuple[Any, ...]]:
    place = PLACE[connection.vendor]
    return _rows(
        f"SELECT group_id, question, text FROM climate_comment WHERE round_id = %s ORDER BY {place}",  # noqa: S608  # so too
        [round_id],
    )


def _one_transaction(asked: Round) -> Finding:
    writers = _rows(
        "SELECT DISTINCT a.xmin::text FROM climate_answer a JOIN climate_group g ON g.id = a.group_id "
        "WHERE g.round_id = %s",
        [asked.pk],
    )
    is_safe = len(writers) <= 1
    said = _("%(round)s: alla svar skrevs på en gång.")
    if not is_safe:
        said = _("%(round)s: svaren skrevs vid olika tillfällen.")
    return Finding("one transaction", is_safe, said % {"round": asked.title})


def used_links_have_no_order() -> Iterator[Finding]:
    """Numbers of ballots and used links are drawn by chance: neither near each other nor rising."""
    for asked in Round.objects.filter(ballots__isnull=False).distinct().order_by("pk"):
        ballots = set(asked.ballots.values_list("pk", flat=True))
        used = set(asked.used_links.values_list("pk", flat=True))
        invited = set(asked.invitations.values_list("pk", flat=True))
        # A number drawn from 2^63 is never as small as a sequence's, nor the same as another's.
        is_safe = min(ballots | used) > 2**32 and not ballots & used and not (ballots | used) & invited
        said = _("%(round)s: inget nummer på ett förseglat svar leder till en länk eller en inbjudan.")
        if not is_safe:
            said = _("%(round)s: nummer på förseglade svar går att para ihop med andra rader.")
        yield Finding("numbers", is_safe, said % {"round": asked.title})
