"""The draft of an agenda against every possible choice."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from styrfart.kernel.agenda import Candidate, Why, draft, worth_of
from styrfart.kernel.errors import KernelError

PURPOSES = ("decision", "dialogue", "information")
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        key=st.integers(0, 10**6),
        purpose=st.sampled_from(PURPOSES),
        minutes=st.sampled_from([5, 7, 10, 15, 20, 30, 45]),
        latest_in=st.none() | st.integers(-5, 60),
        waited=st.integers(0, 200),
        is_returning=st.booleans(),
        is_ready=st.booleans(),
    ),
    max_size=9,
    unique_by=lambda each: each.key,
)
SHARES = st.fixed_dictionaries({}, optional={purpose: st.integers(0, 100) for purpose in PURPOSES})
TAKEN = st.dictionaries(st.sampled_from(PURPOSES), st.integers(0, 40))


@given(CANDIDATES, st.integers(0, 150), st.integers(1, 40), SHARES, TAKEN)
def test_no_other_choice_is_worth_more(
    candidates: list[Candidate], minutes: int, next_in: int, shares: dict[str, int], taken: dict[str, int]
) -> None:
    found = draft(candidates, minutes=minutes, next_in=next_in, shares=shares, taken=taken)
    must = [each for each in candidates if each.latest_in is not None and each.latest_in < next_in]
    free = [each for each in candidates if each not in must and each.is_ready]
    whole = minutes + sum(taken.values())
    room = {purpose: share * whole / 100 for purpose, share in shares.items()}
    spent = sum(each.minutes for each in must)
    best = max(
        worth_of([*must, *some], next_in=next_in, room=room, taken=taken)
        for size in range(len(free) + 1)
        for some in combinations(free, size)
        if not some or spent + sum(each.minutes for each in some) <= minutes
    )
    # Shares of odd lengths round a point at a time.
    assert found.worth >= best - len(PURPOSES)
    assert {each.candidate for each in found.chosen} >= set(must)
    assert found.over == max(spent - minutes, 0)
    assert found.minutes == sum(each.candidate.minutes for each in found.chosen)


@given(CANDIDATES, st.integers(0, 150), st.integers(1, 40), SHARES)
def test_every_question_is_chosen_or_left_with_a_reason(
    candidates: list[Candidate], minutes: int, next_in: int, shares: dict[str, int]
) -> None:
    found = draft(candidates, minutes=minutes, next_in=next_in, shares=shares)
    placed = [*found.chosen, *found.left]
    assert sorted(str(each.candidate.key) for each in placed) == sorted(str(each.key) for each in candidates)
    assert all(each.why for each in placed)
    free_minutes = minutes - found.minutes
    for each in found.left:
        expected = (
            Why.NOT_READY
            if not each.candidate.is_ready
            else Why.NO_TIME
            if each.candidate.minutes > free_minutes
            else Why.SHARE_IS_FULL
        )
        assert each.why == (expected,)
    if not shares:
        assert Why.SHARE_IS_FULL not in {why for each in found.left for why in each.why}


def test_what_cannot_wait_goes_before_what_has_waited_long() -> None:
    due = Candidate("due", "decision", 30, latest_in=5)
    old = Candidate("old", "decision", 30, waited=400)
    found = draft([old, due], minutes=30, next_in=14)
    assert [(each.candidate.key, each.why) for each in found.chosen] == [("due", (Why.CANNOT_WAIT,))]
    assert [(each.candidate.key, each.why) for each in found.left] == [("old", (Why.NO_TIME,))]


def test_a_long_question_is_not_put_aside_for_being_long() -> None:
    long = Candidate("long", "dialogue", 60, waited=14)
    short = [Candidate(f"short {n}", "dialogue", 10) for n in range(6)]
    found = draft([*short, long], minutes=60, next_in=14)
    assert [each.candidate.key for each in found.chosen] == ["long"]


def test_beyond_its_share_a_purpose_has_to_be_pressing() -> None:
    told = [Candidate(f"told {n}", "information", 20) for n in range(3)]
    pressing = Candidate("pressing", "information", 20, is_returning=True)
    found = draft([*told, pressing], minutes=100, next_in=14, shares={"information": 20})
    # 20 of 100 minutes are information's; the one that comes back takes them, the others must give way.
    assert [each.candidate.key for each in found.chosen] == ["pressing"]
    assert {each.why for each in found.left} == {(Why.SHARE_IS_FULL,)}


def test_a_choice_among_many_is_quick_and_exact() -> None:
    """Forty questions in three hours; greedy by worth would leave a quarter of an hour empty."""
    many = [Candidate(n, "decision", 5 + 7 * (n % 5), waited=n) for n in range(40)]
    found = draft(many, minutes=180, next_in=14)
    assert found.minutes == 180


@pytest.mark.parametrize(
    ("candidates", "minutes", "next_in"),
    [
        ([], -1, 14),
        ([], 60, 0),
        ([Candidate(1, "decision", 0)], 60, 14),
        ([Candidate(1, "decision", 5), Candidate(1, "decision", 6)], 60, 14),
        ([Candidate(n, "decision", 5) for n in range(501)], 60, 14),
    ],
)
def test_what_is_not_possible_is_refused(candidates: list[Candidate], minutes: int, next_in: int) -> None:
    with pytest.raises(KernelError):
        draft(candidates, minutes=minutes, next_in=next_in)
