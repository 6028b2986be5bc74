"""What things are called, before and after."""

from styrfart.people.importing.register import Register
from styrfart.people.importing.snapshot import Snapshot


class Names:
    """Looks up the names of units and people by code and key."""

    def __init__(self, register: Register, snapshot: Snapshot) -> None:
        self.register, self.snapshot = register, snapshot

    def unit_before(self, code: str) -> str:
        """The unit's name as it is; empty for none."""
        now = self.snapshot.units.get(code)
        return now.name if now else ""

    def unit_after(self, code: str) -> str:
        """The unit's name as it will be; empty for none."""
        wish = self.register.units.get(code)
        return wish.name if wish else self.unit_before(code)

    def person(self, key: str) -> str:
        """The person's name as it will be; empty for none."""
        if wish := self.register.people.get(key):
            return wish.name
        return self.snapshot.people[int(key[1:])].name if key else ""
