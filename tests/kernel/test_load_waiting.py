"""Free weeks, what could wait, and how many a manager leads: by hand, and against trying everything."""

import itertools
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.load import (
    Beside,
    Claim,
    Flag,
    Hinder,
    Limit,
    Limits,
    Move,
    Part,
    Picture,
    Proof,
    Waiting,
    beside,
    free_weeks,
    load_picture,
    organisation,
    span_of_control,
    what_could_wait,
)
from styrfart.kernel.load.picture import BITS
from tests.kernel.load_cases import WEEKS, ancestors, claims_on, crowds, pictures, stage_of

PARENTS, STAFF = [-1, 0, 0, 2], [2, 10, 30, 8]


def drawn(claims: Sequence[Claim], limits: Limits | None = None, capacity: float | None = None) -> Picture:
    return load_picture(organisation(PARENTS, STAFF), claims, weeks=8, limits=limits, capacity=capacity)


def again(picture: Picture, claims: Sequence[Claim]) -> Picture:
    """The same organisation with other claims."""
    capacity = None if picture.room is None else picture.room[picture.org.place] / 1e9
    return load_picture(picture.org, claims, weeks=picture.weeks, limits=picture.limits, capacity=capacity)


def large(key: str, unit: int, start: int, **rest: int) -> Claim:
    return Claim(key, (Part(unit),), start, impact=5, **rest)  # type: ignore[arg-type]  # delay alone


# --- Free weeks ---


def test_the_weeks_without_two_large_changes_are_free() -> None:
    picture = drawn([large("a", 2, 2), large("b", 0, 2), large("c", 3, 5), large("d", 2, 5)])

    found = free_weeks(picture, large("ny", 2, 2))

    assert found.starts == (0, 1, 3, 4, 6, 7)
    assert found.hinders == (Hinder(Limit.LARGE, week=2, unit=2, value=3, allowed=2),)
    # a lies on unit 2 with its team (38), b on the whole (of which 38 are asked here too).
    assert found.beside == (Beside("a", 38, (2,)), Beside("b", 38, (2,)))
    # On unit 1 there is b alone.
    assert free_weeks(picture, large("ny", 1, 2)).starts == (0, 1, 2, 3, 4, 5, 6, 7)


def test_a_start_needs_room_in_each_of_its_weeks() -> None:
    picture = drawn([large("a", 2, 3), large("b", 2, 3)])
    claim = Claim("ny", (Part(3),), 3, weeks=(1, 1, 1), impact=4)

    # One week before and one after: not 2, 3 or 4; and 0 and 7 are not wholly within the picture.
    assert free_weeks(picture, claim).starts == (1, 5, 6)
    assert free_weeks(picture, claim, earliest=2, most=1).starts == (5,)


def test_hours_are_free_where_there_is_room_for_them() -> None:
    picture = drawn([Claim("kurs", (Part(2),), 1, weeks=(0, 2, 0), hours=(0, 3, 0))], capacity=4.0)
    short, long = (Claim("enkät", (Part(0),), 1, hours=(0, hours, 0)) for hours in (1.0, 1.5))

    assert free_weeks(picture, short).starts == tuple(range(8))
    assert free_weeks(picture, long).starts == (0, 3, 4, 5, 6, 7)
    assert free_weeks(picture, long).hinders == (Hinder(Limit.SATURATION, 1, 2, 4.5, 4.0),)


def test_a_limit_that_is_broken_hinders_only_what_adds_to_it() -> None:
    picture = drawn([large(key, 0, 0) for key in "abc"], capacity=2.0)

    assert 0 in free_weeks(picture, Claim("enkät", (Part(0),), 0, hours=(0, 1, 0))).starts
    assert 0 not in free_weeks(picture, large("d", 0, 0)).starts


def test_a_unit_without_staff_hinders_nothing() -> None:
    # Two large changes on a unit where nobody works; five people above it have none.
    org = organisation([-1, 0], [5, 0])
    picture = load_picture(org, [large("a", 1, 0), large("b", 1, 0)], weeks=2)

    assert free_weeks(picture, large("ny", 0, 0)).starts == (0, 1)
    assert free_weeks(picture, large("ny", 0, 0)).hinders == ()


def test_a_claim_that_is_there_already_is_not_asked_about() -> None:
    with pytest.raises(KernelError):
        free_weeks(drawn([large("a", 0, 0)]), large("a", 0, 3))


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_a_free_week_is_free_and_no_other_is(data: st.DataObject) -> None:
    picture = data.draw(pictures())
    [*claims] = data.draw(claims_on(picture.org.parents.tolist(), most=1))
    for claim in (replace(each, key="ny") for each in claims):
        free = free_weeks(picture, claim).starts
        before, live, after = claim.weeks
        for start in range(before, WEEKS - live - after + 1):
            assert (start in free) is not breaks(picture, replace(claim, start=start))
        hinders = free_weeks(picture, claim).hinders
        if before <= claim.start <= WEEKS - live - after:
            assert bool(hinders) is (claim.start not in free)


def breaks(picture: Picture, claim: Claim) -> bool:
    """Whether the claim would add to a limit that is broken with it, on anyone: the slow way."""
    after = again(picture, [*picture.claims, claim])
    parents = picture.org.parents.tolist()
    weights = (0.3, 1.0, 0.5)
    for unit, week in itertools.product(range(len(parents)), range(WEEKS)):
        stage = stage_of(claim, week)
        share = sum(part.share for part in claim.parts if part.unit in ancestors(parents, unit))
        on = any(part.unit in ancestors(parents, unit) for part in claim.parts)
        if stage is None or not on:
            continue
        adds = {
            Limit.LARGE: claim.impact >= 4,
            Limit.LOAD: claim.impact * share * weights[stage] > 0,
            Limit.SATURATION: claim.hours[stage] * share > 0,
        }
        if any(adds[limit] and after.over[unit, week] & BITS[limit] for limit in Limit):
            return True
    return False


def test_beside_tells_who_shares_people_and_weeks() -> None:
    picture = drawn([large("a", 3, 1), large("b", 1, 1), large("c", 3, 4)])

    assert beside(picture, Claim("ny", (Part(2),), 0, weeks=(0, 3, 0))) == (Beside("a", 8, (1,)),)


# --- What could wait ---


def test_nothing_waits_where_nobody_is_above() -> None:
    assert what_could_wait(drawn([large("a", 0, 1, delay=3)])) == Waiting((), 0, Proof.ALL, 0, 0, 0)


def test_one_of_three_large_changes_waits_a_week() -> None:
    picture = drawn([large("a", 0, 1), large("b", 0, 1, delay=4), large("c", 0, 1)])

    # All fifty people were above in one week.
    assert what_could_wait(picture) == Waiting((Move("b", 1, 2),), 1, Proof.ALL, 1, 50, 0)


def test_the_one_claim_that_clears_two_places_waits_rather_than_two() -> None:
    crowd = [large(f"{unit}{at}", unit, 1, delay=5) for unit in (1, 3) for at in range(2)]
    picture = drawn([*crowd, large("alla", 0, 1, delay=5)])

    assert what_could_wait(picture).moves == (Move("alla", 1, 2),)


def test_what_cannot_wait_stays_and_is_told() -> None:
    fixed = [large(key, 3, 1) for key in "abc"]
    movable = [large("d", 1, 4, delay=2), *(large(key, 1, 4) for key in "ef")]

    # Eight people stay above in week 1; ten are helped.
    found = what_could_wait(drawn([*fixed, *movable]))
    assert found == Waiting((Move("d", 4, 5),), 1, Proof.ALL, 1, 18, 8)


def test_nothing_is_moved_past_the_last_week() -> None:
    picture = drawn([large("a", 0, 7), large("b", 0, 7, delay=9), large("c", 0, 7)])

    assert what_could_wait(picture) == Waiting((), 0, Proof.ALL, 0, 50, 50)


def best_by_trying(picture: Picture) -> tuple[int, int, int]:
    """Fewest people-weeks above, then moves, then waiting, of every choice whose moves break nothing."""
    claims = picture.claims
    ranges = [
        range(min(each.delay, WEEKS - each.start - each.weeks[1] - each.weeks[2]) + 1 or 1) for each in claims
    ]
    found = []
    for delays in itertools.product(*ranges):
        moved = [replace(each, start=each.start + delay) for each, delay in zip(claims, delays, strict=True)]
        after = again(picture, moved)
        left = int((after.org.staff[:, None] * (after.over > 0)).sum())
        if not any(
            delay and breaks(again(picture, moved[:at] + moved[at + 1 :]), moved[at])
            for at, delay in enumerate(delays)
        ):
            found.append((left, sum(map(bool, delays)), sum(delays)))
    return min(found)


@given(crowds(delay=3, most=4))
@settings(max_examples=60, deadline=None)
def test_it_is_the_best_of_all_that_could_be_tried(picture: Picture) -> None:
    found = what_could_wait(picture)

    assert (found.left, len(found.moves), found.weeks_later) == best_by_trying(picture)
    assert found.proof is Proof.ALL
    assert found.bound == len(found.moves)


@given(crowds(delay=6, most=9))
@settings(max_examples=40, deadline=None)
def test_the_quick_way_is_a_plan_too_and_its_bound_holds(picture: Picture) -> None:
    exact, quick = what_could_wait(picture), what_could_wait(picture, most_columns=0)
    moves = {each.key: each.later for each in quick.moves}
    after = again(picture, [replace(each, start=moves.get(each.key, each.start)) for each in picture.claims])

    assert int((after.org.staff[:, None] * (after.over > 0)).sum()) == quick.left
    assert exact.left <= quick.left <= quick.above
    assert all(each.start < each.later <= each.start + claim.delay
               for each in quick.moves for claim in picture.claims if claim.key == each.key)  # fmt: skip
    if exact.left == quick.left:
        assert quick.bound <= len(exact.moves) <= len(quick.moves)
    if quick.proof is Proof.ALL:
        assert (exact.left, len(exact.moves)) == (quick.left, len(quick.moves))


def test_a_city_is_asked_only_about_what_lies_in_crowded_weeks() -> None:
    # Three on one team, of which one waits; and thirty elsewhere that would make the question too large.
    crowd = [large("a", 3, 1), large("b", 3, 1, delay=5), large("c", 3, 1)]
    others = [Claim(f"kurs {at}", (Part(1),), at % 8, hours=(0, 1, 0), delay=9) for at in range(30)]

    found = what_could_wait(drawn([*crowd, *others]), most_columns=20)

    # The bound of one closes it: proven among all, though only the crowded were asked.
    assert found == Waiting((Move("b", 1, 2),), 1, Proof.ALL, 1, 8, 0)


def test_what_is_proven_only_among_the_crowded_says_so() -> None:
    # c must leave week 5 and can only go to week 6, where two lie; one of those could go to week 7.
    crowd = [large("a", 3, 5), large("b", 3, 5), large("c", 3, 5, delay=1)]
    picture = drawn([*crowd, large("x", 3, 6, delay=1), large("y", 3, 6), large("z", 3, 7)])

    # Asked all: x makes room for c. Asked the crowded alone: c cannot move, and eight people stay above.
    assert what_could_wait(picture) == Waiting((Move("c", 5, 6), Move("x", 6, 7)), 2, Proof.ALL, 2, 8, 0)
    assert what_could_wait(picture, most_columns=3) == Waiting((), 0, Proof.CROWDED, 0, 8, 8)


# --- How many a manager leads ---


@pytest.mark.parametrize(
    ("people", "flag", "above"),
    [(0, Flag.NONE, None), (20, Flag.NONE, None), (21, Flag.NOTE, 20), (30, Flag.NOTE, 20),
     (31, Flag.YELLOW, 30), (35, Flag.YELLOW, 30), (36, Flag.RED, 35), (80, Flag.RED, 35)],
)  # fmt: skip
def test_span_of_control_by_default(people: int, flag: Flag, above: int | None) -> None:
    assert (span_of_control(people).flag, span_of_control(people).above) == (flag, above)


def test_span_of_control_by_the_organisations_own_thresholds() -> None:
    assert span_of_control(16, note=12, yellow=15, red=15, sites=3).flag is Flag.RED
    for wrong in ({"people": -1}, {"people": 3, "note": 40}, {"people": 3, "sites": -1}):
        with pytest.raises(KernelError):
            span_of_control(**wrong)
