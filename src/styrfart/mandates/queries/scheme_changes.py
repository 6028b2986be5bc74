"""What differs between two versions of a scheme of delegation, point by point."""

from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.mandates.comparing import Pair, compare_rows
from styrfart.mandates.importing.points import PointText, texts_of
from styrfart.mandates.models import DelegationScheme


@dataclass(frozen=True)
class SchemeChange:
    """A version, and what differs from the one before it; None for the first."""

    scheme: DelegationScheme
    changes: tuple[Pair[PointText], ...] | None


def compare_points(before: Sequence[PointText], after: Sequence[PointText]) -> tuple[Pair[PointText], ...]:
    """The points that are new, changed or gone, matched by code."""
    pairs = compare_rows({point.code: point for point in before}, {point.code: point for point in after})
    return tuple(pair for pair in pairs if pair.before != pair.after)


def changes_between(versions: Sequence[DelegationScheme]) -> list[SchemeChange]:
    """Each version and how it differs from the next in the list; newest first, points loaded. No queries."""
    texts = [texts_of(version) for version in versions]
    return [
        SchemeChange(version, compare_points(texts[at + 1], texts[at]) if at + 1 < len(versions) else None)
        for at, version in enumerate(versions)
    ]
