"""Addresses by name, worked out once: a page asks for forty, and most of them are asked for again."""

from collections.abc import Sequence
from functools import lru_cache

from django import urls

# A screenful of rows for each of those who are at work at the same time.
KEPT = 10_000


def reverse(name: str, args: Sequence[object] = ()) -> str:
    """As `django.urls.reverse`, and remembered."""
    return _known(urls.get_script_prefix(), name, *args)


@lru_cache(KEPT)
def _known(_prefix: str, name: str, *args: object) -> str:
    return urls.reverse(name, args=args)
