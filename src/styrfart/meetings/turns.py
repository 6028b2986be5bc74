"""Whose turn it is: everybody leads once before anybody leads again."""

from collections.abc import Collection, Iterable, Sequence


class Turns:
    """A round of turns in an order. Swapping two turns, or skipping one, changes nobody's share."""

    def __init__(self, order: Sequence[int], led: Iterable[int] = ()) -> None:
        """`order`: people by id. `led`: who led, first to last, as far back as is known."""
        self.order = list(order)
        self.have_led: set[int] = set()
        for person in led:
            self.note(person)

    def note(self, person: int) -> None:
        """`person` leads a meeting; who leads outside the order, or twice in a round, takes nobody's turn."""
        if person in self.order:
            self.have_led.add(person)
        if self.have_led.issuperset(self.order):
            self.have_led.clear()

    def next(self, there: Collection[int]) -> int | None:
        """The first in order of those who are `there` and have not led in this round; None when nobody is.

        Whoever is not there is passed over, and comes when they are.
        """
        here = [person for person in self.order if person in there]
        if not here:
            return None
        left = [person for person in here if person not in self.have_led]
        if not left:
            self.have_led.difference_update(here)
            left = here
        return left[0]
