"""Invented people: given and family names from many backgrounds, and addresses that nobody has.

Most family names are joined from old place words, so that hardly any of them is borne; the others stand
beside given names at random. `tests/demo/test_people.py` checks that no pair is a known person.
"""

import functools
import random
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from importlib import resources

_TEXT = resources.files(__package__).joinpath("texts/names.toml").read_text(encoding="utf-8")
_LISTS = {name: names.split() for name, names in tomllib.loads(_TEXT).items()}
GIVEN, GIVEN_FROM_ELSEWHERE = _LISTS["given"], _LISTS["given_elsewhere"]
BEGINNINGS, FAMILY_FROM_ELSEWHERE = _LISTS["beginnings"], _LISTS["family_elsewhere"]
# Where the same letter would stand twice, the two parts are not joined.
FAMILY = [first + last for first in BEGINNINGS for last in _LISTS["endings"] if first[-1].lower() != last[0]]
FROM_ELSEWHERE = 0.24  # of all; somewhat below the country's share of people born abroad or to such parents
MIXED = 0.08  # a given name from one list and a family name from the other
# Up to so many people nobody has another's name, if it can be helped; a country has namesakes.
MANY, TRIES = 100_000, 12


@dataclass(frozen=True)
class Name:
    given: str
    family: str

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class Names:
    """An endless stream of people, the same for the same seed; addresses are never given twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: Counter[str] = Counter()
        self._known: set[Name] = set()

    def next(self) -> Name:
        """Somebody new: as long as there are combinations left, nobody has had the name before."""
        name = self._any()
        for _ in range(TRIES if len(self._known) < MANY else 0):
            if name not in self._known:
                break
            name = self._any()
        self._known.add(name)
        return name

    def keep(self, name: Name) -> None:
        """The name is somebody's whom the story needs; nobody else is called so."""
        self._known.add(name)

    def address(self, name: Name, domain: str) -> str:
        """An address in a domain that does not exist."""
        base = f"{ascii_only(name.given)}.{ascii_only(name.family)}"
        self._taken[base] += 1
        number = self._taken[base]
        return f"{base}{number if number > 1 else ''}@{domain}"

    def _any(self) -> Name:
        lot = self._rng.random()
        if lot < FROM_ELSEWHERE:
            return Name(self._rng.choice(GIVEN_FROM_ELSEWHERE), self._rng.choice(FAMILY_FROM_ELSEWHERE))
        if lot < FROM_ELSEWHERE + MIXED:
            return Name(self._rng.choice(GIVEN), self._rng.choice(FAMILY_FROM_ELSEWHERE))
        return Name(self._rng.choice(GIVEN), self._rng.choice(FAMILY))


@functools.lru_cache(maxsize=4096)
def ascii_only(text: str) -> str:
    """ "Åsa-Li" → "asa-li", as in an address."""
    plain = unicodedata.normalize(
        "NFKD", text.casefold().replace("ł", "l").replace("ø", "o").replace("ı", "i")
    )
    return "".join(char for char in plain if char.isascii() and (char.isalnum() or char == "-"))
