"""Words that somebody looks for in texts: "ängs" stands in "Ängsgatan", on both databases.

SQLite's own comparison takes å, ä and ö for other letters than Å, Ä and Ö. An expression does not, but there
Python is asked of every row, which costs ten times as much. So each word is asked for twice: roughly, as a
pattern in which every letter but a to z may be any letter, and exactly, by expression, of what is left.
"""

import re
from collections.abc import Mapping, Sequence

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler


def keywords(words: Sequence[str]) -> dict[str, str]:
    """What `holds` asks by, for a prepared query: "rough0" and "exact0" of the first word, and so on."""
    found = {}
    for nr, word in enumerate(words):
        rough = re.sub(r"[%_\\]", r"\\\g<0>", word)
        found[f"rough{nr}"] = "".join(char if char.isascii() else "_" for char in rough)
        found[f"exact{nr}"] = re.escape(word)
    return found


def holds(given: Mapping[str, object], *fields: str) -> Q:
    """Every word of `keywords` stands in one of the fields."""
    found = Q()
    for nr in range(sum(name.startswith("exact") for name in given)):
        somewhere = Q()
        for field in fields:
            is_here = {f"{field}__roughly": given[f"rough{nr}"], f"{field}__iregex": given[f"exact{nr}"]}
            somewhere |= Q(**is_here)
        found &= somewhere
    return found


@models.CharField.register_lookup
@models.TextField.register_lookup
class Roughly(Lookup[bool]):
    """`field__roughly="_ngs"`: holds the pattern, which is given escaped, in large letters or small."""

    lookup_name = "roughly"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        like = "LIKE" if connection.vendor == "sqlite" else "ILIKE"
        return f"{column} {like} %s ESCAPE '\\'", (*params, f"%{self.rhs}%")
