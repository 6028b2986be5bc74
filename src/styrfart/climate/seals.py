"""Ballots: an answer sealed for the round's public key, and opened when the round is counted.

Sealed by HPKE (RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305) of the `cryptography` library. Every ballot
of scores is of the same size; texts are filled up to whole kilobytes.
"""

import json
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
SCORES_SIZE, TEXT_STEP = 384, 1024


@dataclass(frozen=True)
class Scores:
    """What somebody in a group answered: one sign for each question (`models.Answer`)."""

    group: int
    values: str


@dataclass(frozen=True)
class Text:
    """What somebody in a group wrote to a question."""

    group: int
    question: int
    text: str


def seal(content: Scores | Text, *, public: bytes, round_id: int) -> bytes:
    """The content, readable for nobody but the holder of the round's key; bound to the round."""
    if isinstance(content, Scores):
        plain = json.dumps([content.group, content.values]).encode()
        size = SCORES_SIZE
    else:
        plain = json.dumps([content.group, content.question, content.text], ensure_ascii=False).encode()
        size = -(-len(plain) // TEXT_STEP) * TEXT_STEP
    if len(plain) > size:
        raise ValueError("the answers do not fit in a ballot")
    key = X25519PublicKey.from_public_bytes(public)
    return SUITE.encrypt(plain.ljust(size), key, _bound_to(round_id))


def unseal(sealed: bytes | memoryview, *, private: X25519PrivateKey, round_id: int) -> Scores | Text:
    """What was sealed. Raises `cryptography.exceptions.InvalidTag` for what was not sealed for this round."""
    content = json.loads(SUITE.decrypt(bytes(sealed), private, _bound_to(round_id)))
    return Scores(*content) if len(content) == 2 else Text(*content)


def draw_id() -> int:
    """A number for a ballot, by chance, of 63 bits."""
    return secrets.randbits(63)


def _bound_to(round_id: int) -> bytes:
    return f"styrfart climate round {round_id}".encode()
