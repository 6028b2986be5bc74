"""When a design is too small to say anything but what was measured. The same rules before and after."""

from styrfart.kernel.effects.values import LEAST_UNITS, LEVEL, Refusal


def refusals(
    *,
    units: int,
    smallest_p: float,
    people_treated: int | None = None,
    people_compared: int | None = None,
    smallest_group: int | None = None,
) -> tuple[Refusal, ...]:
    """Why a design with so many units is refused; empty when it is not.

    Fewer than eight units: intervals by formula miss their level badly there (5 % becomes 7 to 23 %), and
    exact ones reach nothing. A least p above 5 %: no outcome could be called clear. With a survey's
    `smallest_group` k: an effect is shown only of groups with at least 2k people on either side, since a
    difference of two published effects is again a group.
    """
    people = [each for each in (people_treated, people_compared) if each is not None]
    few = smallest_group is not None and any(each < 2 * smallest_group for each in people)
    rules = (
        (Refusal.TOO_FEW_UNITS, units < LEAST_UNITS),
        (Refusal.LEVEL_OUT_OF_REACH, smallest_p > LEVEL),
        (Refusal.TOO_FEW_PEOPLE, few),
    )
    return tuple(refusal for refusal, holds in rules if holds)
