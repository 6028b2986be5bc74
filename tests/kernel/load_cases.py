"""Small organisations with claims, and what lies on them counted the slow way."""

from collections.abc import Sequence
from fractions import Fraction

from hypothesis import strategies as st

from styrfart.kernel.load import Claim, Limits, Part, Picture, load_picture, organisation

WEEKS = 12


def ancestors(parents: Sequence[int], unit: int) -> list[int]:
    """The unit and all above it."""
    found = []
    while unit >= 0:
        found.append(unit)
        unit = parents[unit]
    return found


def stage_of(claim: Claim, week: int) -> int | None:
    """0 before the start, 1 from it, 2 after; None outside the claim."""
    before, live, after = claim.weeks
    if claim.start - before <= week < claim.start:
        return 0
    if claim.start <= week < claim.start + live:
        return 1
    return 2 if claim.start + live <= week < claim.start + live + after else None


def share_of(claim: Claim, parents: Sequence[int], unit: int) -> Fraction:
    above = ancestors(parents, unit)
    return sum((Fraction(str(part.share)) for part in claim.parts if part.unit in above), Fraction())


def slow_load(claims: Sequence[Claim], parents: Sequence[int], unit: int, week: int) -> Fraction:
    weights = (Fraction(3, 10), Fraction(1), Fraction(1, 2))
    return sum(
        (
            Fraction(str(claim.impact)) * share_of(claim, parents, unit) * weights[stage]
            for claim in claims
            if (stage := stage_of(claim, week)) is not None
        ),
        Fraction(),
    )


def slow_hours(claims: Sequence[Claim], parents: Sequence[int], unit: int, week: int) -> Fraction:
    return sum(
        (
            Fraction(str(claim.hours[stage])) * share_of(claim, parents, unit)
            for claim in claims
            if (stage := stage_of(claim, week)) is not None
        ),
        Fraction(),
    )


def slow_keys(claims: Sequence[Claim], parents: Sequence[int], unit: int, week: int) -> list[object]:
    """Claims that lie on the unit's own people."""
    above = ancestors(parents, unit)
    return [
        claim.key
        for claim in claims
        if stage_of(claim, week) is not None and any(part.unit in above for part in claim.parts)
    ]


@st.composite
def forests(draw: st.DrawFn, most: int = 9) -> tuple[list[int], list[int]]:
    """Parents and staff; parents may have higher numbers than their children."""
    count = draw(st.integers(1, most))
    parents = [draw(st.integers(-1, unit - 1)) for unit in range(count)]
    names = draw(st.permutations(range(count)))
    renamed = [0] * count
    for unit, parent in enumerate(parents):
        renamed[names[unit]] = -1 if parent < 0 else names[parent]
    return renamed, draw(st.lists(st.integers(0, 9), min_size=count, max_size=count))


@st.composite
def claims_on(
    draw: st.DrawFn, parents: Sequence[int], *, most: int = 6, delay: int = 0, inside: bool = False
) -> list[Claim]:
    found = []
    for key in range(draw(st.integers(0, most))):
        units: list[int] = []
        for unit in draw(st.permutations(range(len(parents))))[: draw(st.integers(1, 3))]:
            if not any(one in ancestors(parents, other) or other in ancestors(parents, one)
                       for one in units for other in [unit]):  # fmt: skip
                units.append(unit)
        weeks = (draw(st.integers(0, 2)), draw(st.integers(1, 2)), draw(st.integers(0, 2)))
        low, high = (weeks[0], WEEKS - weeks[1] - weeks[2]) if inside else (-3, WEEKS + 2)
        found.append(
            Claim(
                key=f"claim {key}",
                parts=tuple(Part(unit, draw(st.sampled_from([0.1, 0.3, 0.5, 1.0]))) for unit in units),
                start=draw(st.integers(low, high)),
                weeks=weeks,
                impact=draw(st.sampled_from([0, 1, 2.5, 4, 5])),
                hours=(draw(st.sampled_from([0, 0.5, 1.1])), draw(st.sampled_from([0, 2.0])), 0.2),
                delay=draw(st.integers(0, delay)),
            )
        )
    return found


@st.composite
def pictures(draw: st.DrawFn, *, delay: int = 0, inside: bool = False, most: int = 6) -> Picture:
    parents, staff = draw(forests())
    claims = draw(claims_on(parents, delay=delay, inside=inside, most=most))
    limits = Limits(
        large=draw(st.sampled_from([None, 1, 2])),
        load=draw(st.sampled_from([None, 2.5, 5.0])),
        saturation=1.0,
    )
    capacity = draw(st.sampled_from([None, 1.1, 3.0]))
    return load_picture(organisation(parents, staff), claims, weeks=WEEKS, limits=limits, capacity=capacity)


@st.composite
def crowds(draw: st.DrawFn, *, most: int, delay: int) -> Picture:
    """Few units, and much that wants the same weeks."""
    parents, staff = draw(forests(most=3))
    staff = [each + 1 for each in staff]
    claims = [
        Claim(
            key=f"claim {key}",
            parts=(Part(draw(st.integers(0, len(parents) - 1)), draw(st.sampled_from([0.5, 1.0]))),),
            start=draw(st.integers(2, 4)),
            weeks=(draw(st.integers(0, 1)), draw(st.integers(1, 2)), draw(st.integers(0, 1))),
            impact=draw(st.sampled_from([0, 2, 4, 5])),
            hours=(0.5, draw(st.sampled_from([1.0, 1.7])), 0.5),
            delay=draw(st.sampled_from([0, *range(1, delay + 1)])),
        )
        for key in range(draw(st.integers(2, most)))
    ]
    limits = Limits(large=draw(st.sampled_from([None, 1, 2])), load=draw(st.sampled_from([None, 4.5, 6.0])))
    capacity = draw(st.sampled_from([None, 1.9, 3.0]))
    return load_picture(organisation(parents, staff), claims, weeks=WEEKS, limits=limits, capacity=capacity)
