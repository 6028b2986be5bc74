"""The content of minutes: plain values in an order of their own, and the digest that seals them.

The content holds facts and texts, never words of the product: a role is "member", a day is "2026-10-08".
What it looks like in a language is for `shown`. Its canonical form is JSON with the keys in order, without
blanks, in UTF-8, so anybody with the bytes can reckon the digest again: `sha256sum` gives the same.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.core.files.storage import default_storage

SCHEMA = "styrfart-minutes-1"
PIECE = 1024 * 1024

Content = dict[str, Any]


def canonical(content: Mapping[str, Any]) -> bytes:
    """The bytes that are sealed: the same for the same content, whatever database it came from."""
    return json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical content, where each attachment stands with the SHA-256 of its bytes."""
    return hashlib.sha256(canonical(content)).hexdigest()


def digest_of_file(name: str) -> str:
    """SHA-256 of a file in the store; empty when it is not there."""
    if not name or not default_storage.exists(name):
        return ""
    found = hashlib.sha256()
    with default_storage.open(name) as file:
        while piece := file.read(PIECE):
            found.update(piece)
    return found.hexdigest()
