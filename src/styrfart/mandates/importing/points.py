"""A point as a spreadsheet or a scheme says it, and what the law keeps from being delegated."""

import enum
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from styrfart.mandates.models import DelegationPoint, DelegationScheme


@dataclass(frozen=True)
class PointText:
    """What a point says. Two that say the same are equal."""

    code: str
    text: str
    heading: str = ""
    delegates: tuple[tuple[str, int | None], ...] = ()
    is_delegable: bool = True
    is_reported: bool = True
    may_be_subdelegated: bool = False
    law: str = ""
    conditions: str = ""
    licence_part: str = ""
    words: tuple[str, ...] = ()


def as_json(points: Iterable[PointText]) -> list[dict[str, Any]]:
    """For `WaitingScheme.points`."""
    return [asdict(point) for point in points]


def from_json(rows: Iterable[dict[str, Any]]) -> list[PointText]:
    """The points that `as_json` kept."""
    return [
        PointText(
            **{
                **row,
                "delegates": tuple((title, limit) for title, limit in row["delegates"]),
                "words": tuple(row["words"]),
            }
        )
        for row in rows
    ]


def text_of_point(point: DelegationPoint) -> PointText:
    """What a stored point says; its delegates are loaded."""
    return PointText(
        code=point.code,
        text=point.text,
        heading=point.heading,
        delegates=tuple((delegate.title, delegate.amount_limit) for delegate in point.delegates.all()),
        is_delegable=point.is_delegable,
        is_reported=point.is_reported,
        may_be_subdelegated=point.may_be_subdelegated,
        law=point.law,
        conditions=point.conditions,
        licence_part=point.licence_part,
        words=tuple(point.words),
    )


def texts_of(scheme: DelegationScheme) -> list[PointText]:
    """What a stored scheme says, in its order; points and delegates are loaded."""
    return [text_of_point(point) for point in scheme.points.all()]


class Reserved(enum.Enum):
    """What a committee must decide itself (Local Government Act 6:38)."""

    DIRECTION = "direction"  # goals, direction, scope or quality
    OPINIONS = "opinions"  # proposals and statements to the council
    PRINCIPLE = "principle"  # exercise of authority of a principled nature or greater weight
    CITIZENS = "citizens"  # matters raised by a citizens' proposal


# Of each tuple one word must stand in the text; all tuples must.
_SAID_BY: dict[Reserved, tuple[tuple[str, ...], ...]] = {
    Reserved.DIRECTION: (("mål", "inriktning", "omfattning", "kvalitet"), ("verksamhet", "nämnd")),
    Reserved.OPINIONS: (("yttrand", "framställning"), ("fullmäktige",)),
    Reserved.PRINCIPLE: (("myndighetsutövning",), ("princip", "större vikt")),
    Reserved.CITIZENS: (("medborgarförslag",),),
}


def not_reserved(points: Iterable[PointText]) -> list[Reserved]:
    """Those of the reserved kinds that no non-delegable point speaks of."""
    kept = [f"{point.heading} {point.text}".casefold() for point in points if not point.is_delegable]
    return [
        kind
        for kind, needed in _SAID_BY.items()
        if not any(all(any(word in text for word in words) for words in needed) for text in kept)
    ]
