"""What an attack comes to."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class Finding:
    """One thing that was tried. `said` tells what was found, in the reader's language."""

    attack: str
    is_safe: bool
    said: Promise | str
