"""The structure of a Likert scale: which items, which of them reversed, which sub-indices. No wording."""

from dataclasses import dataclass

from styrfart.kernel.errors import KernelError

TOTAL = "total"


@dataclass(frozen=True)
class SubIndex:
    """A name and the items whose indices it is the mean of."""

    key: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Scale:
    """Items answered on whole steps from `lowest` to `highest`; each becomes an index from 0 to 100.

    The total is the mean of all item indices, not of the sub-indices and not of people's means. Answers to
    `reversed_items` are turned round first. `higher_is_better` None: neither end is the better one.

    Raises `KernelError` for fewer than two steps, a negative lowest step (-1 means missing), keys that occur
    twice or are "total", and sub-indices or reversed items that name an item that is not there.
    """

    items: tuple[str, ...]
    sub_indices: tuple[SubIndex, ...] = ()
    lowest: int = 1
    highest: int = 5
    reversed_items: frozenset[str] = frozenset()
    higher_is_better: bool | None = True

    def __post_init__(self) -> None:
        keys = self.measures
        if not self.items or len(set(keys)) != len(keys):
            raise KernelError("a scale has items, and each item and sub-index a key of its own, not 'total'")
        if not 0 <= self.lowest < self.highest:
            raise KernelError("a scale goes from a lowest step of 0 or more to a higher one")
        named = {item for part in self.sub_indices for item in part.items} | self.reversed_items
        if not named <= set(self.items):
            raise KernelError("a sub-index or a reversed item names an item that the scale does not have")
        if any(not part.items or len(set(part.items)) != len(part.items) for part in self.sub_indices):
            raise KernelError("a sub-index has items, each once")

    @property
    def measures(self) -> tuple[str, ...]:
        """What is measured, in the order of every result: items, sub-indices, total."""
        return (*self.items, *(part.key for part in self.sub_indices), TOTAL)

    @property
    def steps(self) -> int:
        """How many steps there are from the lowest answer to the highest."""
        return self.highest - self.lowest

    def weights(self) -> tuple[tuple[float, ...], ...]:
        """The weight of each item in each measure: rows as `measures`, columns as `items`; rows sum to 1."""
        parts = (
            *((item,) for item in self.items),
            *(part.items for part in self.sub_indices),
            self.items,
        )
        return tuple(
            tuple(1 / len(part) if item in part else 0.0 for item in self.items) for part in parts
        )  # fmt: skip


# Hållbart medarbetarengagemang (SKR and RKA): nine items on 1 to 5, three sub-indices of three, and the total
# of nine; computed as the national database Kolada does (U00200 to U00203). The wording is not here.
HME = Scale(
    items=tuple(f"hme_{number}" for number in range(1, 10)),
    sub_indices=(
        SubIndex("motivation", ("hme_1", "hme_2", "hme_3")),
        SubIndex("leadership", ("hme_4", "hme_5", "hme_6")),
        SubIndex("steering", ("hme_7", "hme_8", "hme_9")),
    ),
)
