"""Where a group stands in its round: the way up from it, and whether somebody was invited in it or below."""

from dataclasses import dataclass

from django.db import connection

_UP = """
    WITH RECURSIVE up (id, parent_id, unit_id, team_id, name, position) AS (
        SELECT id, parent_id, unit_id, team_id, name, position FROM climate_group WHERE id = %s
        UNION ALL
        SELECT above.id, above.parent_id, above.unit_id, above.team_id, above.name, above.position
        FROM climate_group above JOIN up ON above.id = up.parent_id
    )
    SELECT up.id, up.unit_id, up.team_id, up.name, unit.code, team.slug FROM up
    LEFT JOIN people_unit unit ON unit.id = up.unit_id
    LEFT JOIN people_team team ON team.id = up.team_id
    ORDER BY up.position
"""
_INVITED = """
    WITH RECURSIVE up (id, parent_id) AS (
        SELECT own.id, own.parent_id FROM climate_group own
        JOIN climate_invitation invited ON invited.group_id = own.id
        WHERE invited.round_id = %s AND invited.person_id = %s
        UNION
        SELECT above.id, above.parent_id FROM climate_group above JOIN up ON above.id = up.parent_id
    )
    SELECT id FROM up
"""


@dataclass(frozen=True)
class Step:
    """A group on the way from the top."""

    pk: int
    unit_id: int | None
    team_id: int | None
    name: str
    unit: str
    team: str


def lineage(group_pk: int) -> tuple[Step, ...]:
    """The groups from the top down to this one: one query, however deep it stands."""
    with connection.cursor() as cursor:
        cursor.execute(_UP, [group_pk])
        return tuple(
            Step(pk, unit_id, team_id, name, unit or "", team or "")
            for pk, unit_id, team_id, name, unit, team in cursor.fetchall()
        )


def invited_at_or_below(round_pk: int, person_pk: int) -> frozenset[int]:
    """The groups that the person was invited in, and all above them: one query."""
    with connection.cursor() as cursor:
        cursor.execute(_INVITED, [round_pk, person_pk])
        return frozenset(pk for (pk,) in cursor.fetchall())
