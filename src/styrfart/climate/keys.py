"""The key of a round: a file outside the database and outside backups, destroyed when the round is counted.

It opens the ballots and makes the links. Only processes that send letters and count read it: a web process
seals with the public half, and knows a link only while somebody presents it (ADR 25).
"""

import hashlib
import hmac
import os
import re
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from django.conf import settings

SECRET_BYTES = 32
LINK_BYTES = 16
# Without 0, 1, I, L, O, U: read aloud and written by hand without mistakes.
PAPER_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
PAPER_LENGTH = 16  # 78 bits: whoever has the digests cannot try them all
_NOT_PAPER = re.compile(rf"[^{PAPER_SIGNS}]")


class KeyIsGone(Exception):
    """The round's key is not there: it has been counted, or the file was lost."""


@dataclass(frozen=True)
class RoundKey:
    """What the file holds: the secret of the links, and the private half for the ballots."""

    links: bytes
    private: X25519PrivateKey

    @property
    def public(self) -> bytes:
        return self.private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def link(self, invitation_id: int) -> str:
        """The secret of one invitation's link; nobody can tell it without the key."""
        made = hmac.new(self.links, f"link {invitation_id}".encode(), hashlib.sha256).digest()[:LINK_BYTES]
        return urlsafe_b64encode(made).decode().rstrip("=")


def make(round_id: int) -> RoundKey:
    """Make the round's key and put its file in place; the one that is there if it was made before."""
    folder = _folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    private = X25519PrivateKey.generate()
    content = secrets.token_bytes(SECRET_BYTES) + private.private_bytes(
        Encoding.Raw, PrivateFormat.Raw, NoEncryption()
    )
    fresh = folder / f"{round_id}.{secrets.token_hex(8)}"
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, _file(round_id))  # whole or not at all, and never over another
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    _settle(folder)
    return read(round_id)


def read(round_id: int) -> RoundKey:
    """The round's key. Raises `KeyIsGone`."""
    try:
        content = _file(round_id).read_bytes()
    except FileNotFoundError as error:
        raise KeyIsGone(str(round_id)) from error
    return RoundKey(content[:SECRET_BYTES], X25519PrivateKey.from_private_bytes(content[SECRET_BYTES:]))


def destroy(round_id: int) -> None:
    """Overwrite the file and remove it: from now on nobody can open a ballot or make a link of the round."""
    file = _file(round_id)
    try:
        with file.open("r+b") as content:
            content.write(secrets.token_bytes(SECRET_BYTES * 2))
            content.flush()
            os.fsync(content.fileno())
        file.unlink()
    except FileNotFoundError:  # it was never there, or another worker was first
        return
    _settle(file.parent)


def exists(round_id: int) -> bool:
    """Whether the round's key is there."""
    return _file(round_id).exists()


def draw_code() -> str:
    """A secret for a slip of paper, by chance."""
    return "".join(secrets.choice(PAPER_SIGNS) for _ in range(PAPER_LENGTH))


def in_groups(code: str) -> str:
    """A code as it is printed: "K7MQ-4XTP-9R2D-W3FH"."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def as_typed(text: str) -> str:
    """The code that somebody meant: capitals, without hyphens and spaces."""
    return _NOT_PAPER.sub("", text.upper())


def digest_of(link: str) -> str:
    """How an invitation knows its link."""
    return hashlib.sha256(b"invitation " + link.encode()).hexdigest()


def used_id(link: str) -> int:
    """How a used link is noted: another way, which cannot be computed from the digest."""
    return int.from_bytes(hashlib.sha256(b"used " + link.encode()).digest()[:8]) >> 1


def _folder() -> Path:
    return Path(settings.KEY_DIR)


def _file(round_id: int) -> Path:
    return _folder() / f"{int(round_id)}.key"


def _settle(folder: Path) -> None:
    """What was done in the folder survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
