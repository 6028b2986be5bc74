"""Words that somebody looks for in texts: "ängs" stands in "Ängsgatan", on both databases.

SQLite's own comparison takes å, ä and ö for other letters than Å, Ä and Ö. An expression does not, but there
Python is asked of every row, which costs ten times as much. So a word with other letters than a to z is
asked for twice: roughly, as a pattern in which those letters may be any, and exactly, of what is left.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler


def keywords(words: Sequence[str]) -> dict[str, str]:
    """What `holds` asks by, for a prepared query: "rough0" and "exact0" of a word, and so on.

    The plain words come first and the long ones before the short: what is asked first leaves least to ask of.
    """
    found = {}
    for nr, word in enumerate(sorted(words, key=lambda word: (not word.isascii(), -len(word)))):
        rough = re.sub(r"[%_\\]", r"\\\g<0>", word)
        found[f"rough{nr}"] = "".join(char if char.isascii() else "_" for char in rough)
        if not word.isascii():
            found[f"exact{nr}"] = re.escape(word)
    return found


def holds(given: Mapping[str, Any], *fields: str) -> Q:
    """Every word of `keywords` stands in one of the fields."""
    found = Q()
    for nr in range(sum(name.startswith("rough") for name in given)):
        somewhere = Q()
        for field in fields:
            here = Q((f"{field}__roughly", given[f"rough{nr}"]))
            if f"exact{nr}" in given:
                here &= Q((f"{field}__iregex", given[f"exact{nr}"]))
            somewhere |= here
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
        # As `shared.sqlite` writes its patterns: a query with a bare one is made ready at each run.
        like = "LIKE +%s" if connection.vendor == "sqlite" else "ILIKE %s"
        return f"{column} {like} ESCAPE '\\'", (*params, f"%{self.rhs}%")
