"""How the environment is read: one variable at a time, each named in `docs/operations.md`."""

import os
import secrets
from itertools import pairwise
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """The value of the variable; an empty one counts as absent."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Whether the variable says yes."""
    value = text(name, "1" if default else "0").lower()
    if value not in {"1", "true", "yes", "on", "0", "false", "no", "off"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: write 1 or 0")
    return value in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """The whole number in the variable."""
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} is {value!r}: write a whole number")
    return int(value)


def at_least(name: str, least: int) -> int:
    """The whole number in the variable, which may be raised above `least` and never lowered."""
    value = number(name, least)
    if value < least:
        raise ImproperlyConfigured(f"{name} is {value}: it can be raised above {least}, never lowered")
    return value


def rising(**defaults: int) -> tuple[int, ...]:
    """The whole numbers in the variables, each larger than the one before."""
    values = tuple(number(name, default) for name, default in defaults.items())
    if any(after <= before for before, after in pairwise((0, *values))):
        raise ImproperlyConfigured(
            f"{', '.join(defaults)} are {values}: each must be larger than the one before"
        )
    return values


def words(name: str, default: str = "") -> list[str]:
    """The comma-separated words of the variable."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def one_of(name: str, choices: tuple[str, ...], default: str) -> str:
    """The variable, which must be one of `choices`."""
    value = text(name, default)
    if value not in choices:
        raise ImproperlyConfigured(f"{name} is {value!r}: write one of {', '.join(choices)}")
    return value


def file_or_text(name: str) -> str:
    """The text in the variable, or in the file that `<name>_FILE` names: how secrets are mounted."""
    kept = text(f"{name}_FILE")
    return Path(kept).read_text().strip() if kept else text(name)


def secret_key(data_dir: Path) -> str:
    """The key from the environment, else one made at the first start and kept beside the data."""
    if key := file_or_text("STYRFART_SECRET_KEY"):
        return key
    kept = data_dir / "secret.key"
    if not kept.exists():
        # Written whole under another name: two processes may start at once.
        fresh = data_dir / f"secret.key.{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_urlsafe(64))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()
