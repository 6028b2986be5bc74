"""How many a manager leads, against three thresholds of the organisation's own."""

from dataclasses import dataclass
from enum import Enum

from styrfart.kernel.errors import KernelError


class Flag(Enum):
    NONE = "none"
    NOTE = "note"
    YELLOW = "yellow"
    RED = "red"


@dataclass(frozen=True)
class Span:
    """A condition of a post, never a mark of the person in it."""

    people: int
    sites: int
    flag: Flag
    above: int | None  # the highest threshold that is passed


def span_of_control(people: int, *, sites: int = 1, note: int = 20, yellow: int = 30, red: int = 35) -> Span:
    """The flag of a post that leads so many persons (heads, not full-time equivalents) at so many sites.

    A threshold is passed by more, not by as many. The defaults are ours; no number is right everywhere
    (Gothenburg's CHEFiOS), and sites are shown beside it without a threshold. Raises `KernelError` for
    negative numbers and thresholds out of order.
    """
    if people < 0 or sites < 0 or not 0 <= note <= yellow <= red:
        raise KernelError("people and sites are counted from 0, and thresholds rise")
    for flag, threshold in ((Flag.RED, red), (Flag.YELLOW, yellow), (Flag.NOTE, note)):
        if people > threshold:
            return Span(people, sites, flag, threshold)
    return Span(people, sites, Flag.NONE, None)
