"""The lottery: anyone can draw it again."""

import hashlib
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.matching import lottery

PEOPLE = ["anna", "bo", "åsa", "örjan"]


def test_an_outsider_draws_the_same() -> None:
    # printf '%s\n%s' 2026-11-22 anna | sha256sum, and so on, without anything of ours.
    drawn = lottery("2026-11-22", PEOPLE)

    expected = [hashlib.sha256(b"2026-11-22\n" + each.encode()).hexdigest() for each in PEOPLE]
    assert drawn.digests == tuple(expected)
    assert [PEOPLE[each] for each in drawn.order] == [
        each for _, each in sorted(zip(expected, PEOPLE, strict=True))
    ]


def test_a_digest_that_was_computed_by_sha256sum() -> None:
    assert lottery("2026-11-22", ["anna"]).digests == (
        "9ed26f7fdcaf3e85682a5383bbc1fa03671fbeb40e79588453477233af55ad5e",
    )


@given(st.permutations(PEOPLE))
@settings(max_examples=24, deadline=None)
def test_how_they_are_listed_does_not_matter(listed: list[str]) -> None:
    drawn = lottery("seed", listed)

    assert [listed[each] for each in drawn.order] == [PEOPLE[each] for each in lottery("seed", PEOPLE).order]


def test_another_seed_gives_another_order() -> None:
    assert len({lottery(str(seed), PEOPLE).order for seed in range(300)}) == 24


def test_each_is_first_as_often() -> None:
    # 4 000 draws of four: each first 1 000 times, standard deviation √(4 000·¼·¾) = 27; five of those.
    first = [lottery(str(seed), PEOPLE).order[0] for seed in range(4_000)]

    assert all(abs(first.count(each) - 1_000) < 137 for each in range(4))


def test_a_name_in_another_form_of_unicode_is_the_same_name() -> None:
    apart = unicodedata.normalize("NFD", "åsa")

    assert apart != "åsa"
    assert lottery("seed", [apart]).digests == lottery("seed", ["åsa"]).digests


@pytest.mark.parametrize(
    ("seed", "people"),
    [("", ["a"]), ("a\nb", ["a"]), ("a", ["b", "b"]), ("a", ["å", unicodedata.normalize("NFD", "å")])],
)
def test_a_draw_that_could_be_disputed_is_refused(seed: str, people: list[str]) -> None:
    with pytest.raises(KernelError):
        lottery(seed, people)
