"""Names as a reader looks for them: sorted å, ä, ö last on every database, and found by how they begin."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.lookups import Lookup
from django.db.models.sql.compiler import SQLCompiler

# "zz" and a letter sort after every other name in any collation, since no name begins with "zz".
_LAST_LETTERS = str.maketrans({"å": "zza", "ä": "zzb", "æ": "zzb", "ö": "zzc", "ø": "zzc"})
KEY_LENGTH = 170


def fold(text: str) -> str:
    """Lower case, without accents and punctuation, Swedish letters last: "Åsa-Li Öst" → "zzasa li zzcst"."""
    plain = unicodedata.normalize("NFC", text.casefold()).translate(_LAST_LETTERS)
    if not plain.isascii():
        decomposed = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return " ".join("".join(char if char.isalnum() else " " for char in plain).split())[:KEY_LENGTH]


class NameKeyField(models.CharField[str, str]):
    """A folded name, derived from other fields whenever the row is written by `save` or `bulk_create`.

    `bulk_update` and `update` do not derive: whoever changes a name by them sets its keys too.
    """

    def __init__(self, *sources: str, key: Callable[..., str] | None = None, **options: Any) -> None:
        self.sources = sources
        self.key = key or (lambda *parts: fold(" ".join(parts)))
        options |= {"max_length": KEY_LENGTH, "default": "", "editable": False, "blank": True}
        options.setdefault("db_index", True)
        super().__init__(**options)

    def deconstruct(self) -> tuple[str, str, Sequence[Any], dict[str, Any]]:
        """To a migration it is an ordinary column of characters."""
        name, _path, _args, options = super().deconstruct()
        return name, "django.db.models.CharField", [], options

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: ARG002, FBT001  # Django's signature
        value = self.key(*(getattr(model_instance, source) for source in self.sources))
        setattr(model_instance, self.attname, value)
        return value


def last_word_first(given: str, family: str) -> str:
    """ "Anna", "Berg Lind" → "lind anna berg": found by the last part of a double family name."""
    words = fold(family).split()
    return " ".join([*words[-1:], fold(given), *words[:-1]])[:KEY_LENGTH]


@models.CharField.register_lookup
class Begins(Lookup[bool]):
    """`field__begins="an"`: case-sensitive, and answered from the index on both databases."""

    lookup_name = "begins"

    def as_sql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        column, params = self.process_lhs(compiler, connection)
        escaped = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{column} LIKE %s", (*params, f"{escaped}%")

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[str | int, ...]]:
        # SQLite's LIKE ignores case and then no index; a range does the same.
        column, params = self.process_lhs(compiler, connection)
        return f"({column} >= %s AND {column} < %s)", (
            *params,
            str(self.rhs),
            *params,
            f"{self.rhs}\U0010ffff",
        )
