"""Tables as they are in the database: a column too many is a way to somebody."""

from collections.abc import Iterator

from django.db import connection
from django.utils.translation import gettext as _

from styrfart.climate.attacks.findings import Finding

# Everything that may stand in them. Adding to this is a decision (docs/adr/0025).
COLUMNS = {
    "climate_answer": {"group_id", "values", "number"},
    "climate_comment": {"id", "round_id", "group_id", "question", "text"},
    "climate_ballot": {"id", "round_id", "sealed"},
    "climate_usedlink": {"id", "round_id"},
    "climate_invitation": {"id", "round_id", "group_id", "channel", "person_id", "digest", "sent_on"},
}
# What answers may point at: a round and its groups.
TARGETS = {"climate_round", "climate_group"}


def tables_have_no_column_too_many() -> Iterator[Finding]:
    """Columns, references and triggers of the tables that answers pass through."""
    with connection.cursor() as cursor:
        for table, expected in COLUMNS.items():
            found = {each.name for each in connection.introspection.get_table_description(cursor, table)}
            more = sorted(found - expected)
            said = _("%(table)s har bara de kolumner som behövs.") % {"table": table}
            if more:
                said = _("%(table)s har kolumner som inte ska finnas: %(columns)s.") % {
                    "table": table,
                    "columns": ", ".join(more),
                }
            yield Finding("columns", not more, said)
            if table == "climate_invitation":
                continue
            targets = {other for _c, other in connection.introspection.get_relations(cursor, table).values()}
            wrong = sorted(targets - TARGETS)
            said = _("%(table)s pekar inte på någon person.") % {"table": table}
            if wrong:
                said = _("%(table)s pekar på %(others)s.") % {"table": table, "others": ", ".join(wrong)}
            yield Finding("references", not wrong, said)
    yield from _triggers()


def _triggers() -> Iterator[Finding]:
    """A trigger could write down elsewhere what the tables do not hold."""
    sql = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal",
    }[connection.vendor]
    with connection.cursor() as asked:
        asked.execute(sql)
        found = sorted({table for (table,) in asked.fetchall()} & set(COLUMNS))
    said = _("Ingen trigger skriver av det som svaras.")
    if found:
        said = _("Det finns triggrar på %(tables)s.") % {"tables": ", ".join(found)}
    yield Finding("triggers", not found, said)
