"""Whom and what a cell means: a unit by code or name, a person by address, number or name."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from styrfart.people.importing.layout import Sheet
from styrfart.people.importing.register import Register
from styrfart.people.importing.snapshot import Snapshot
from styrfart.people.models import UnitKind
from styrfart.people.models.name_key import fold


class Ambiguous(Exception):
    """More than one thing has that name."""


class Unknown(Exception):
    """Nothing has that name."""


@dataclass
class Units:
    """Units to refer to: those of the file, and those of the organisation when the file is a part of it."""

    by_code: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str | None] = field(default_factory=dict)  # None: several units have the name
    kinds: dict[str, UnitKind] = field(default_factory=dict)

    @classmethod
    def known(cls, register: Register, snapshot: Snapshot, *, is_whole: bool) -> "Units":
        """From the file first; from the organisation unless the file replaces it."""
        units = cls()
        for wish in register.units.values():
            units._add(wish.code, wish.name, wish.kind)
        if Sheet.UNITS not in register.sheets or not is_whole:
            for now in snapshot.units.values():
                if now.is_open and now.code not in register.units:
                    units._add(now.code, now.name, now.kind)
        return units

    def _add(self, code: str, name: str, kind: UnitKind) -> None:
        self.by_code[code.casefold()] = code
        self.kinds[code] = kind
        key = fold(name)
        self.by_name[key] = None if key in self.by_name else code

    def find(self, text: str) -> str:
        """The code of the unit that `text` means: a code, or a name that only one unit has."""
        if code := self.by_code.get(text.casefold()):
            return code
        return _only(self.by_name, fold(text))


@dataclass
class People:
    """People to refer to, by key."""

    keys: set[str] = field(default_factory=set)
    by_address: dict[str, str] = field(default_factory=dict)
    by_number: dict[str, str] = field(default_factory=dict)
    by_name: dict[str, str | None] = field(default_factory=dict)

    @classmethod
    def known(cls, register: Register, snapshot: Snapshot, *, is_whole: bool) -> "People":
        """Those of the file, and those of the organisation who stay when the file is applied."""
        people = cls()
        replaces = is_whole and Sheet.PEOPLE in register.sheets
        stay = (
            (f"p{now.pk}", now.email, now.number, now.name)
            for now in snapshot.people.values()
            if now.is_active and not (replaces and snapshot.leaves_when_missing(now))
        )
        wished = ((wish.key, wish.email, wish.number, wish.name) for wish in register.people.values())
        people._fill(wished)
        people._fill(each for each in stay if each[0] not in register.people)
        return people

    def _fill(self, found: Iterable[tuple[str, str, str, str]]) -> None:
        for key, email, number, name in found:
            self.keys.add(key)
            if email:
                self.by_address.setdefault(email, key)
            if number:
                self.by_number.setdefault(number, key)
            folded = fold(name)
            self.by_name[folded] = None if folded in self.by_name else key

    def find(self, text: str) -> str:
        """The key of the person that `text` means: an address, a number, or a name that one person has."""
        key = self.by_address.get(text.lower()) or self.by_number.get(text)
        return key or _only(self.by_name, fold(text))


def _only(by_name: dict[str, str | None], folded: str) -> str:
    if not folded or folded not in by_name:
        raise Unknown
    found = by_name[folded]
    if found is None:
        raise Ambiguous
    return found
