"""The published lottery: one order of all who apply, which anyone can compute again from the seed.

For each identifier the digest is SHA-256 of the seed, a line feed and the identifier, all as UTF-8 in Unicode
form C; the order is that of the digests in hexadecimal. In a shell: `printf '%s\\n%s' SEED IDENTIFIER |
sha256sum`. Nobody can steer it if the identifiers are fixed before the seed is drawn in public.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.kernel.errors import KernelError


@dataclass(frozen=True)
class Lottery:
    """The order, and each identifier's digest, which proves it."""

    seed: str
    order: tuple[int, ...]  # indices of the identifiers, first to last
    digests: tuple[str, ...]  # by identifier, hexadecimal


def lottery(seed: str, identifiers: Sequence[str]) -> Lottery:
    """Draw the order of `identifiers`: the same for the same seed, however they are listed.

    Raises `KernelError` for an empty seed, one with a line feed, or two identifiers that are the same.
    """
    if not seed or "\n" in seed:
        raise KernelError("a seed is a line of text")
    digests = tuple(_digest(seed, each) for each in identifiers)
    if len(set(digests)) != len(digests):
        raise KernelError("two identifiers are the same")
    return Lottery(seed, tuple(sorted(range(len(digests)), key=digests.__getitem__)), digests)


def _digest(seed: str, identifier: str) -> str:
    text = unicodedata.normalize("NFC", f"{seed}\n{identifier}")
    return hashlib.sha256(text.encode()).hexdigest()
