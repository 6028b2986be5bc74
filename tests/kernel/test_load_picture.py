"""The load picture: by hand, against slow counting in fractions, and its laws."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.load import (
    Asked,
    Claim,
    Collision,
    Limit,
    Limits,
    Part,
    Picture,
    Weights,
    asked,
    below,
    collisions,
    load_picture,
    of_groups,
    organisation,
)
from tests.kernel.load_cases import (
    WEEKS,
    ancestors,
    claims_on,
    forests,
    pictures,
    slow_hours,
    slow_keys,
    slow_load,
)
from tests.kernel.processes import in_any_process

# A department (0, two staff) with two units (1: ten, 2: thirty); unit 2 has a team (3: eight).
PARENTS, STAFF = [-1, 0, 0, 2], [2, 10, 30, 8]
FEW = settings(max_examples=40, deadline=None)


def drawn(claims: list[Claim], limits: Limits | None = None, capacity: float | None = None) -> Picture:
    return load_picture(organisation(PARENTS, STAFF), claims, weeks=8, limits=limits, capacity=capacity)


def test_a_change_weighs_by_impact_share_and_stage() -> None:
    # Impact 4 on half the staff: 4 · .5 = 2; prepared two weeks (× .3), live one (× 1), settles two (× .5).
    change = Claim("e-tjänst", (Part(2, 0.5),), start=3, weeks=(2, 1, 2), impact=4)
    picture = drawn([change])

    assert picture.change_load[2].tolist() == [0, 0.6, 0.6, 2.0, 1.0, 1.0, 0, 0]
    assert picture.change_load[3].tolist() == picture.change_load[2].tolist()
    assert picture.change_load[1].tolist() == [0] * 8
    assert picture.changes[2].tolist() == [0, 1, 1, 1, 1, 1, 0, 0]
    assert picture.large[2].tolist() == [0, 1, 1, 1, 1, 1, 0, 0]


def test_a_unit_with_all_below_it_is_the_mean_over_its_people() -> None:
    change = Claim("e-tjänst", (Part(2, 0.5),), start=3, weeks=(0, 1, 0), impact=4)
    rolled = below(drawn([change]))

    # 38 of 50 people carry 2.0 each: 76 / 50 = 1.52 in the department.
    assert rolled.people.tolist() == [50, 10, 38, 8]
    assert rolled.change_load[:, 3].tolist() == [1.52, 0, 2.0, 2.0]
    assert rolled.changes[:, 3].tolist() == [1, 0, 1, 1]


def test_hours_before_from_and_after_a_start() -> None:
    # Half of 38 people; 1 hour a week in two weeks before, 4 in one, half an hour in three after.
    change = Claim("e-tjänst", (Part(2, 0.5),), start=6, weeks=(2, 1, 3), impact=4, hours=(1, 4, 0.5))
    picture = drawn([change])

    # 19 people: 38 hours, 76 hours, 28.5 hours, though the last weeks lie beyond the picture.
    assert asked(picture) == (Asked(people=19, before=38, live=76, after=28.5),)
    assert asked(picture)[0].hours == 142.5
    assert picture.hours[3].tolist() == [0, 0, 0, 0, 0.5, 0.5, 2.0, 0.25]
    assert below(picture).person_hours[0].tolist() == [0, 0, 0, 0, 19, 19, 76, 9.5]


def test_a_survey_takes_time_and_is_no_change() -> None:
    survey = Claim("enkät", (Part(0),), start=2, weeks=(0, 2, 0), hours=(0, 0.1, 0))
    picture = drawn([survey])

    assert (picture.change_load.max(), picture.changes.max()) == (0, 0)
    assert picture.hours[:, 2].tolist() == [0.1] * 4


def test_a_change_on_two_units_counts_once_above_them() -> None:
    both = Claim("schema", (Part(1), Part(3)), start=0, impact=2)
    one = Claim("kassa", (Part(0),), start=0, impact=5)
    rolled = below(drawn([both, one]))

    assert rolled.changes[:, 0].tolist() == [2, 2, 2, 2]
    assert rolled.large[:, 0].tolist() == [1, 1, 1, 1]


def test_more_than_two_large_changes_at_once_collide() -> None:
    changes = [
        Claim(f"stor {at}", (Part(unit),), start=2, weeks=(at, 1, 0), impact=4)
        for at, unit in enumerate((0, 2, 2))
    ]
    picture = drawn([*changes, Claim("liten", (Part(2),), start=2, impact=1)])

    assert picture.over[:, 2].tolist() == [0, 0, 1, 1]
    # Thirty people and eight for one week. Load there: 4 + 4 + 4 + 1.
    assert collisions(picture) == (
        Collision(
            claims=("stor 0", "stor 1", "stor 2", "liten"), units=(2, 3), weeks=(2,), limits=(Limit.LARGE,),
            people_weeks=38, large=3, load=13.0, hours=0.0,
        ),
    )  # fmt: skip


def test_each_limit_is_the_organisations_own() -> None:
    claims = [Claim(key, (Part(3),), start=0, impact=5, hours=(0, 1.5, 0)) for key in "ab"]

    def broken(limits: Limits, capacity: float | None = None) -> int:
        return int(drawn(claims, limits, capacity).over[3, 0])

    assert broken(Limits()) == 0
    assert broken(Limits(large=1)) == 1
    assert broken(Limits(large=None, load=9.9)) == 2
    assert broken(Limits(large=None, load=10.0)) == 0
    assert broken(Limits(), 3.0) == 0
    assert broken(Limits(), 2.9) == 4
    assert broken(Limits(saturation=0.5), 4.0) == 4
    assert broken(Limits(saturation=None), 0.0) == 0


def test_a_holiday_is_a_week_with_less_room() -> None:
    capacity = np.full((1, 8), 4.0)
    capacity[0, 5] = 0.0
    picture = load_picture(
        organisation(PARENTS, STAFF),
        [Claim("kurs", (Part(1),), start=4, weeks=(0, 3, 0), hours=(0, 1, 0))], weeks=8, capacity=capacity,
    )  # fmt: skip

    assert picture.over[1].tolist() == [0, 0, 0, 0, 0, 4, 0, 0]


def test_ten_times_three_tenths_is_three() -> None:
    claims = [Claim(str(at), (Part(3),), start=1, weeks=(1, 0, 0), impact=1) for at in range(10)]

    assert drawn(claims, Limits(load=3.0)).over[3, 0] == 0
    assert drawn(claims, Limits(load=2.999)).over[3, 0] == 2


def test_a_unit_without_staff_is_never_above() -> None:
    org = organisation([-1, 0], [0, 5])
    picture = load_picture(org, [Claim("a", (Part(0),), 0, impact=5)], weeks=1, limits=Limits(load=1.0))

    assert picture.over[:, 0].tolist() == [0, 2]
    assert below(picture).change_load[:, 0].tolist() == [5, 5]


def test_what_a_manager_leads_is_a_group() -> None:
    a = Claim("a", (Part(1),), start=0, impact=4)
    b = Claim("b", (Part(2, 0.5),), start=0, impact=2)
    rolled = of_groups(drawn([a, b]), [[(1, 10), (3, 8)], [(0, 2)], []])

    # Ten carry 4 and eight carry 1: 48 / 18.
    assert rolled.people.tolist() == [18, 2, 0]
    assert rolled.change_load[:, 0].tolist() == [48 / 18, 0, 0]
    assert rolled.changes[:, 0].tolist() == [2, 0, 0]
    assert rolled.large[:, 0].tolist() == [1, 0, 0]


@given(st.data())
@FEW
def test_every_cell_is_what_slow_counting_gives(data: st.DataObject) -> None:
    parents, staff = data.draw(forests())
    claims = data.draw(claims_on(parents))
    picture = load_picture(organisation(parents, staff), claims, weeks=WEEKS)

    for unit in range(len(parents)):
        for week in range(WEEKS):
            keys = slow_keys(claims, parents, unit, week)
            changes = [claim for claim in claims if claim.key in keys and claim.impact]
            assert picture.change_load[unit, week] == float(slow_load(claims, parents, unit, week))
            assert picture.hours[unit, week] == float(slow_hours(claims, parents, unit, week))
            assert picture.changes[unit, week] == len(changes)
            assert picture.large[unit, week] == sum(claim.impact >= 4 for claim in changes)


@given(st.data())
@FEW
def test_a_roll_up_is_the_weighted_mean_and_counts_each_change_once(data: st.DataObject) -> None:
    picture = data.draw(pictures())
    parents, staff = picture.org.parents.tolist(), picture.org.staff.tolist()
    rolled = below(picture)
    groups = [[(unit, staff[unit]) for unit in range(len(parents)) if top in ancestors(parents, unit)]
              for top in range(len(parents))]  # fmt: skip
    same = of_groups(picture, groups)

    for top, group in enumerate(groups):
        heads = sum(many for _, many in group)
        mean = sum(many * picture.change_load[unit] for unit, many in group) / max(heads, 1)
        assert rolled.people[top] == heads
        assert rolled.change_load[top] == pytest.approx(mean)
        for week in range(WEEKS):
            keys = {key for unit, _ in group for key in slow_keys(picture.claims, parents, unit, week)}
            changes = [claim for claim in picture.claims if claim.key in keys and claim.impact]
            assert rolled.changes[top, week] == len(changes)
            assert rolled.large[top, week] == sum(claim.impact >= 4 for claim in changes)
    assert np.array_equal(rolled.change_load, same.change_load)
    assert np.array_equal(rolled.person_hours, same.person_hours)
    assert np.array_equal(rolled.above, same.above)
    if min(staff) > 0:
        assert np.array_equal(rolled.changes, same.changes)


@given(st.data())
@FEW
def test_claims_add_up_in_any_order(data: st.DataObject) -> None:
    parents, staff = data.draw(forests())
    claims = data.draw(claims_on(parents))
    org = organisation(parents, staff)
    whole, turned = (
        load_picture(org, each, weeks=WEEKS) for each in (claims, data.draw(st.permutations(claims)))
    )
    singles = [load_picture(org, [each], weeks=WEEKS) for each in claims]

    assert np.array_equal(
        whole.grid.load, sum((each.grid.load for each in singles), np.zeros_like(whole.grid.load))
    )
    assert np.array_equal(whole.grid.load, turned.grid.load)
    assert np.array_equal(whole.grid.hours, turned.grid.hours)
    assert whole.change_load.tobytes() == turned.change_load.tobytes()


@given(st.data())
@FEW
def test_load_is_linear_in_share(data: st.DataObject) -> None:
    parents, staff = data.draw(forests())
    claims = data.draw(claims_on(parents))
    halved = [
        replace(each, parts=tuple(Part(part.unit, part.share / 2) for part in each.parts)) for each in claims
    ]
    org = organisation(parents, staff)
    whole, half = (load_picture(org, each, weeks=WEEKS) for each in (claims, halved))

    assert np.array_equal(whole.grid.load, 2 * half.grid.load)
    assert np.array_equal(whole.grid.hours, 2 * half.grid.hours)


@given(st.data())
@FEW
def test_moving_a_claim_conserves_its_hours(data: st.DataObject) -> None:
    parents, staff = data.draw(forests())
    claims = data.draw(claims_on(parents, inside=True))
    later = data.draw(st.integers(0, 5))
    moved = [replace(each, start=each.start + later) for each in claims]
    org = organisation(parents, staff)
    before, after = (load_picture(org, each, weeks=WEEKS + 5) for each in (claims, moved))

    assert asked(before) == asked(after)
    assert below(before).person_hours.sum() == pytest.approx(below(after).person_hours.sum())
    assert np.array_equal(before.grid.hours[:, :WEEKS], after.grid.hours[:, later : WEEKS + later])


@given(pictures())
@FEW
def test_collisions_are_exactly_what_is_above(picture: Picture) -> None:
    parents = picture.org.parents.tolist()
    found = collisions(picture)
    staff = picture.org.staff

    assert sum(each.people_weeks for each in found) == int((staff[:, None] * (picture.over > 0)).sum())
    cells = [(unit, week, each.claims) for each in found for unit in each.units for week in each.weeks
             if picture.over[unit, week]
             and list(each.claims) == slow_keys(picture.claims, parents, unit, week)]  # fmt: skip
    assert len(cells) == int((picture.over > 0).sum())
    assert len({each.claims for each in found}) == len(found)


@pytest.mark.parametrize(
    ("parents", "staff"),
    [([], []), ([-1], [1, 2]), ([1, 0], [1, 1]), ([5], [1]), ([-2], [1]), ([-1], [-1]), ([0], [1])],
)
def test_what_is_no_organisation_is_refused(parents: list[int], staff: list[int]) -> None:
    with pytest.raises(KernelError):
        organisation(parents, staff)


@pytest.mark.parametrize(
    "claim",
    [
        Claim("a", (), 0),
        Claim("a", (Part(4),), 0),
        Claim("a", (Part(0), Part(3)), 0),
        Claim("a", (Part(1), Part(1)), 0),
        Claim("a", (Part(0, 1.1),), 0),
        Claim("a", (Part(0),), 0, impact=0.5),
        Claim("a", (Part(0),), 0, impact=6),
        Claim("a", (Part(0),), 0, weeks=(0, 0, 0)),
        Claim("a", (Part(0),), 0, weeks=(-1, 3, 0)),
        Claim("a", (Part(0),), 0, hours=(0, 169, 0)),
        Claim("a", (Part(0),), 0, hours=(0, float("nan"), 0)),
        Claim("a", (Part(0),), 0, delay=-1),
    ],
)
def test_what_is_no_claim_is_refused(claim: Claim) -> None:
    with pytest.raises(KernelError):
        drawn([claim])


def test_what_no_picture_can_stand_on_is_refused() -> None:
    org, claim = organisation(PARENTS, STAFF), Claim("a", (Part(0),), 0)
    for call in (
        lambda: load_picture(org, [claim, claim], weeks=4),
        lambda: load_picture(org, [claim], weeks=0),
        lambda: load_picture(org, [claim], weeks=4, capacity=-1.0),
        lambda: load_picture(org, [claim], weeks=4, weights=Weights(live=-1)),
        lambda: of_groups(load_picture(org, [], weeks=4), [[(1, 11)]]),
        lambda: of_groups(load_picture(org, [], weeks=4), [[(1, 1), (1, 1)]]),
    ):
        with pytest.raises(KernelError):
            call()


def test_the_same_claims_say_the_same_in_any_process() -> None:
    code = (
        "import hashlib, numpy as np\n"
        "from styrfart.kernel.load import *\n"
        "rng = np.random.default_rng(3)\n"
        "org = organisation([-1] + [int(rng.integers(0, at)) for at in range(1, 60)],\n"
        "                   rng.integers(0, 20, 60))\n"
        "claims = [Claim(f'k{at}', (Part(int(rng.integers(60)), 0.5),), int(rng.integers(20)), (2, 1, 2),\n"
        "          int(rng.integers(1, 6)), (1, 2, 1), delay=int(rng.integers(0, 6))) for at in range(40)]\n"
        "picture = load_picture(org, claims, weeks=26, capacity=6.0)\n"
        "print(hashlib.sha256(picture.change_load.tobytes() + picture.over.tobytes()).hexdigest())\n"
        "print(collisions(picture), what_could_wait(picture))\n"
    )
    assert "Waiting" in in_any_process(code)
