"""Worked examples of what may be shown, by hand, and the published traps of disclosure control."""

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from styrfart.kernel.errors import KernelError
from styrfart.kernel.release import (
    Admission,
    Forest,
    Method,
    Mode,
    Reason,
    Rows,
    Shown,
    admit,
    attack_groups,
    attack_numbers,
    audit,
    groups_of,
    part_of,
    plan,
    protect,
    release,
    rounded_means,
    split,
    split_answers,
    split_beside,
    statements,
    tally,
)
from styrfart.kernel.release.forest import Ints

ORACLES = Path(__file__).parents[2].parent / "shared" / "data" / "sdc_oracles"
FLAT = np.array([-1, 0, 0, 0])  # a department with three teams


def rows_of(parent: list[int], own: list[int], k: int = 7) -> Rows:
    return protect(Forest(np.array(parent)), np.array(own), k=k)


def people_at(own: list[int]) -> Ints:
    return np.repeat(np.arange(len(own)), own)


def test_a_unit_of_k_has_a_row_and_one_of_less_has_none() -> None:
    rows = rows_of([-1, 0, 0], [9, 7, 6])  # the residual of the whole is 9 + 6 = 15

    assert rows.unit.tolist() == [0, 1, -1]
    assert rows.people.tolist() == [22, 7, 15]  # 6 are shown with the 9 who stand at the department itself
    assert [Shown(each).name for each in rows.shown] == ["ITSELF", "ITSELF", "JOINTLY"]
    assert [Reason(each).name for each in rows.reason] == ["NONE", "NONE", "FEW"]


def test_small_siblings_share_a_row_that_reaches_k() -> None:
    rows = rows_of([-1, 0, 0, 0, 0], [0, 20, 4, 5, 3])  # 4 + 5 + 3 = 12: one row; two would need 14

    assert [cluster.members for cluster in rows.clusters] == [(2, 3, 4)]
    assert rows.people.tolist() == [32, 20, 12]


def test_many_small_siblings_share_several_rows() -> None:
    rows = rows_of([-1, 0, 0, 0, 0], [0, 4, 4, 4, 4])

    assert [len(cluster.members) for cluster in rows.clusters] == [2, 2]
    assert rows.people.tolist() == [16, 8, 8]


def test_a_small_team_takes_the_smallest_sibling_with_it_because_32_less_29_is_3() -> None:
    rows = rows_of(FLAT.tolist(), [0, 20, 9, 3])  # 32 - 20 - 9 = 3 would be three people's answers

    assert rows.unit.tolist() == [0, 1, -1]
    assert rows.clusters[0].members == (2, 3)
    assert rows.people.tolist() == [32, 20, 12]
    assert Reason(rows.reason[2]) is Reason.COMPLEMENT


def test_teams_within_a_unit_that_was_given_up_keep_their_rows() -> None:
    # 0: 1 (two teams of 8 and 9) and 2 (3 people). 1 is given up, its teams are not; but 20 - 8 - 9 = 3, so
    # one of them goes as well, the smaller.
    rows = rows_of([-1, 0, 0, 1, 1], [0, 0, 3, 8, 9])

    assert rows.unit.tolist() == [0, 4]
    assert audit(Forest(np.array([-1, 0, 0, 1, 1])), np.array([0, 0, 3, 8, 9]), rows, k=7).smallest == 9


def test_an_empty_unit_looks_like_its_small_siblings() -> None:
    rows = rows_of([-1, 0, 0, 0, 0], [0, 20, 4, 5, 0])

    assert [cluster.members for cluster in rows.clusters] == [(2, 3, 4)]
    assert Reason(rows.reason[4]) is Reason.EMPTY


def test_a_cluster_that_would_be_the_unit_once_more_is_left_out() -> None:
    rows = rows_of([-1, 0, 0], [0, 4, 5])

    assert rows.unit.tolist() == [0]
    assert [Shown(each).name for each in rows.shown] == ["ITSELF", "NOT", "NOT"]


def test_small_units_without_a_parent_share_a_row_when_they_reach_k() -> None:
    assert rows_of([-1, -1, -1], [4, 5, 20]).people.tolist() == [20, 9]
    assert rows_of([-1, -1, -1], [4, 2, 20]).people.tolist() == [20]


def test_nobody_answered() -> None:
    rows = rows_of(FLAT.tolist(), [0, 0, 0, 0])

    assert rows.size == 0
    assert audit(Forest(FLAT), np.zeros(4, dtype=int), rows, k=7).smallest is None


def test_the_audit_finds_what_a_threshold_alone_lets_out() -> None:
    own = np.array([0, 20, 9, 3])
    naive = Rows(
        unit=np.array([0, 1, 2]),
        clusters=(),
        forest=Forest(np.array([-1, 0, 0])),
        people=np.array([32, 20, 9]),
        home=np.array([0, 1, 2, 0]),
        shown=np.zeros(4, dtype=np.int8),
        reason=np.zeros(4, dtype=np.int8),
    )
    found = audit(Forest(FLAT), own, naive, k=7)

    assert (found.smallest, found.leaks, found.holds) == (3, 1, False)
    reach = attack_groups(groups_of(Forest(FLAT), naive), own)
    assert reach.people.tolist() == pytest.approx([20, 9, 3])


def test_the_audit_refuses_rows_that_do_not_say_what_the_people_are() -> None:
    rows = rows_of(FLAT.tolist(), [0, 20, 9, 3])

    with pytest.raises(KernelError):
        audit(Forest(FLAT), np.array([0, 20, 9, 4]), rows, k=7)


# --- Items ---


def answers_of(own: list[int], items: int = 2) -> Ints:
    """1, 2, 3, 4, 5, 1, … so that nobody is of one mind."""
    people = sum(own)
    return (np.arange(people * items).reshape(people, items) * 3 % 5 + 1).astype(np.uint8)


def test_an_item_that_few_answered_is_hidden_and_so_is_the_index_it_is_in() -> None:
    own = [0, 12, 12, 0]
    answers = answers_of(own)
    answers[:6, 0] = 0  # in team 1 six of twelve answered item 0; 18 - 12 = 6 in the whole
    found = release(answers, people_at(own), Forest(FLAT), scale=5, parts=[(0, 1), (1,)])

    assert found.shown[:, 0].tolist() == [True, False, False]  # team 2 is given up: 18 - 12 = 6 are team 1's
    assert found.shown[:, 1].tolist() == [True, True, True]
    assert [Reason(each).name for each in found.reason[:, 0]] == ["NONE", "FEW", "COMPLEMENT"]
    assert found.indices.tolist() == [[True, True], [False, True], [False, True]]
    assert found.answered[:, 0].tolist() == [18, 0, 0]
    assert np.isnan(found.means[1, 0])
    assert found.holds


def test_a_team_of_one_mind_is_hidden_and_so_is_what_would_tell() -> None:
    own = [0, 8, 9, 12]
    answers = answers_of(own)
    answers[:8, 1] = 5
    found = release(answers, people_at(own), Forest(FLAT), scale=5)

    # 29 - 9 - 12 = 8 people whose sum is 40: all fives. Team 2, the smallest, goes with it.
    assert found.shown[:, 1].tolist() == [True, False, False, True]
    assert [Reason(each).name for each in found.reason[:, 1]] == ["NONE", "UNANIMOUS", "COMPLEMENT", "NONE"]
    assert found.unanimous == 0


def test_everybody_of_one_mind_shows_nothing_of_that_item() -> None:
    answers = np.full((30, 1), 3, dtype=np.uint8)

    found = release(answers, people_at([0, 10, 10, 10]), Forest(FLAT), scale=5)

    assert not found.shown.any()
    assert found.items.smallest is None


def test_distributions_and_free_text_have_the_higher_threshold() -> None:
    own = [0, 8, 12, 25]
    wrote = np.ones(45, dtype=bool)
    wrote[20:27] = False  # 18 of team 3 wrote
    found = release(answers_of(own), people_at(own), Forest(FLAT), scale=5, wrote=wrote)

    assert found.shown.all()
    # Team 1 has 8; 45 - 12 - 25 = 8 would be its distribution, so team 2 goes too.
    assert found.detailed[:, 0].tolist() == [True, False, False, True]
    assert found.texts.tolist() == [True, False, False, True]
    assert (found.counts[1] == 0).all()


def test_who_answered_nothing_is_not_counted() -> None:
    answers = answers_of([0, 9, 9, 9])
    answers[:2] = 0
    found = release(answers, people_at([0, 9, 9, 9]), Forest(FLAT), scale=5)

    assert found.rows.people.tolist() == [25, 7, 9, 9]
    assert found.part[:3].tolist() == [-1, -1, 1]


def test_means_are_rounded_halves_up_by_whole_numbers() -> None:
    means = rounded_means(np.array([23, 33, 57, 0]), np.array([20, 12, 20, 0]))

    assert means[:3].tolist() == [1.2, 2.8, 2.9]  # 1.15, 2.75 and 2.85
    assert np.isnan(means[3])


def test_a_tally_counts_each_answer_at_its_unit() -> None:
    rng = np.random.default_rng(1)
    answers = rng.integers(0, 6, (500, 7)).astype(np.uint8)
    unit = rng.integers(0, 9, 500)
    some, own, counts = tally(answers, unit, units=9, scale=5)

    wanted = np.zeros((9, 7, 6), dtype=int)
    np.add.at(wanted, (unit[:, None], np.arange(7), answers), 1)
    assert np.array_equal(counts, wanted[:, :, 1:])
    assert np.array_equal(own, np.bincount(unit[some], minlength=9))
    assert np.array_equal(some, answers.any(axis=1))


# --- Splits and published oracles ---


def table(numbers: Ints) -> tuple[Forest, Ints]:
    """A root above one unit for each line of a two-way table: all margins are published."""
    forest = Forest(np.array([-1] + [0] * len(numbers)))
    return forest, np.vstack((np.zeros((1, numbers.shape[1]), dtype=int), numbers))


def test_the_trap_two_holes_in_each_row_and_column_and_yet_47_is_known() -> None:
    """sdcTable's test-simpleheuristic: w|b follows from what is published; x|d, added, leaves 0 to 78."""
    if not ORACLES.exists():
        pytest.skip("the disclosure-control oracles are not beside the project (shared/data/sdc_oracles)")
    with (ORACLES / "trap_4x4.csv").open() as file:
        lines = list(csv.reader(file))[1:]
    forest, cells = table(np.array([[int(each) for each in line[1:]] for line in lines]))
    rows = protect(forest, cells.sum(axis=1), k=5)
    shown = np.ones((5, 4), dtype=bool)
    for line, columns in ((1, "abc"), (2, "ac"), (3, "bd"), (4, "bd")):
        shown[line, ["abcd".index(column) for column in columns]] = False

    trap = statements(forest, rows, cells, shown)
    at = trap.cell.tolist().index([1, 1])
    known = attack_numbers(trap.said, trap.values, trap.targets)
    assert (known.low[at], known.high[at]) == pytest.approx((47, 47))

    added = shown.copy()
    added[2, 3] = False
    said = statements(forest, rows, cells, added)
    at = said.cell.tolist().index([1, 1])
    known = attack_numbers(said.said, said.values, said.targets)
    assert (known.low[at], known.high[at]) == pytest.approx((0, 78))

    ours = split(forest, rows, cells, k=5, mode=Mode.CELLS, may=shown)
    assert int((shown & ~ours.shown).sum()) == 1  # as few as sdcTable
    said = statements(forest, rows, cells, ours.shown)
    assert attack_numbers(said.said, said.values, said.targets).width.min() >= 4
    assert attack_groups(said.said, said.people).leaks(5) == 0


def test_one_primary_cell_in_a_table_of_four_by_two_takes_three_others_with_it() -> None:
    """sdcTable's test-protectTable (microdata1): OPT, HYPERCUBE, HITAS and SIMPLEHEURISTIC hide 3 more.

    11 of 15 cells with margins are published. The numbers here are ours.
    """
    forest, cells = table(np.array([[2, 18], [22, 21], [30, 28], [17, 25]]))
    rows = protect(forest, cells.sum(axis=1), k=5)
    found = split(forest, rows, cells, k=5, mode=Mode.CELLS)

    assert int((~found.shown).sum()) == 4
    assert found.shown.size + len(rows.people) - 4 == 11
    assert not found.shown[1].any()


def test_by_whole_units_a_unit_with_a_small_cell_is_not_split() -> None:
    forest, cells = table(np.array([[4, 16], [12, 14], [15, 15]]))
    rows = protect(forest, cells.sum(axis=1), k=7)
    found = split(forest, rows, cells, k=10, mode=Mode.WHOLE_UNITS)

    # 31 - 12 - 15 = 4 and 45 - 14 - 15 = 16: the smaller of the two split teams goes as well.
    assert found.shown.all(axis=1).tolist() == [True, False, False, True]
    assert found.certificate.smallest is not None
    assert found.certificate.smallest >= 10


def test_a_cell_of_one_mind_is_not_shown_nor_a_rest_that_tells_it() -> None:
    own, rng = [0, 40, 45], np.random.default_rng(3)
    forest, unit = Forest(np.array([-1, 0, 0])), people_at(own)
    category = np.arange(85) % 2
    answers = rng.integers(1, 6, (85, 2))
    answers[(unit == 1) & (category == 0), 1] = 4  # 20 people, all of one mind on item 1
    counts = np.zeros((3, 2, 2, 5), dtype=int)
    np.add.at(counts, (unit[:, None], category[:, None], np.arange(2), answers - 1), 1)
    rows = protect(forest, np.array(own), k=7)
    people = counts.sum(axis=3)[:, :, 0]

    assert split(forest, rows, people, k=10, mode=Mode.CELLS).shown.all()
    found = split_answers(forest, rows, people, counts, k=10, mode=Mode.CELLS)

    assert not found.shown[1].any()  # 40 less the other 20 would be the 20
    held = found.shown[0] & found.shown[2]
    assert not held[0]  # the whole's less team 2's would be the 20 as well
    assert found.certificate.holds
    with pytest.raises(KernelError):
        split_answers(forest, rows, people, counts[:, :, 0], k=10, mode=Mode.CELLS)


def test_a_second_split_is_held_against_the_first() -> None:
    """Age and gender, both by unit: 12 older and 13 women, of whom 11 are both: 1 + 2 people differ."""
    own = [0, 30, 30]
    forest, unit = Forest(np.array([-1, 0, 0])), people_at(own)
    older = np.zeros(60, dtype=int)
    woman = np.zeros(60, dtype=int)
    older[:12] = 1
    woman[1:14] = 1
    older[30:45] = woman[40:55] = 1
    rows = protect(forest, np.array(own), k=7)

    def cells(of: Ints) -> Ints:
        return np.bincount(unit * 2 + of, minlength=6).reshape(3, 2)

    first, second = (split(forest, rows, cells(each), k=10, mode=Mode.CELLS) for each in (older, woman))
    assert first.shown.all()
    assert second.shown.all()
    earlier = [rows.home[unit], part_of(rows, first, unit, older)]
    both = split_beside(rows, second, unit, woman, earlier, k=10, mode=Mode.CELLS)

    assert both.certificate.method is Method.CHAIN
    assert both.certificate.holds
    assert not both.shown[1].any()


# --- Everything released together ---


def test_one_who_moved_is_not_told_by_two_trees() -> None:
    own = [0, 15, 15, 15]
    unit = people_at(own)
    answers = answers_of(own)
    first = release(answers, unit, Forest(FLAT), scale=5)
    unit[0] = 2  # from team 1 to team 2
    alone = release(answers, unit, Forest(FLAT), scale=5)
    after = release(answers, unit, Forest(FLAT), scale=5, earlier=[first.part])

    assert alone.rows.unit.tolist() == [0, 1, 2, 3]
    assert after.rows.unit.tolist() == [0, 3]  # teams 1 and 2 would differ from before by one person
    assert [Reason(each).name for each in after.rows.reason] == ["NONE", "EARLIER", "EARLIER", "NONE"]
    assert after.joint is not None
    assert after.joint.method is Method.CUTS
    assert after.holds


def test_the_same_tree_again_is_shown_again() -> None:
    own = [0, 15, 15, 3]
    first = release(answers_of(own), people_at(own), Forest(FLAT), scale=5)
    again = release(
        answers_of(own), people_at(own), Forest(FLAT), scale=5, earlier=[first.part, first.part, first.part]
    )

    assert again.rows.unit.tolist() == first.rows.unit.tolist()


def test_who_was_asked_may_be_known_where_who_answered_is_not() -> None:
    own = [0, 15, 15, 15]
    unit = people_at(own)
    told: list[list[int]] = []

    def beside(rows: Rows) -> Admission:
        told.append(rows.unit.tolist())
        # Twenty were asked in each team; before, one of team 1 was asked with team 2.
        now = np.repeat(rows.home[1:], 20)
        before = now.copy()
        before[0] = rows.home[2]
        return admit([before], now, rows.forest.parent, rows.people, k=7)

    after = release(answers_of(own), unit, Forest(FLAT), scale=5, k=7, beside=beside)

    assert told == [[0, 1, 2, 3]]
    assert after.rows.unit.tolist() == [0, 3]
    assert [Reason(each).name for each in after.rows.reason] == ["NONE", "EARLIER", "EARLIER", "NONE"]
    assert after.joint is not None
    assert (after.joint.leaks, after.holds) == (0, True)
    with pytest.raises(KernelError):
        release(answers_of(own), unit, Forest(FLAT), scale=5, earlier=[after.part], beside=beside)


def test_a_move_of_k_people_is_shown() -> None:
    own = [0, 20, 20, 20]
    unit = people_at(own)
    first = release(answers_of(own), unit, Forest(FLAT), scale=5)
    unit[:7] = 2
    after = release(answers_of(own), unit, Forest(FLAT), scale=5, earlier=[first.part])

    assert after.rows.unit.tolist() == [0, 1, 2, 3]
    assert after.joint is not None
    assert after.joint.smallest == 7


def test_what_was_released_before_without_cover_is_refused() -> None:
    with pytest.raises(KernelError):
        admit([np.array([0, 0])], np.array([0]), np.array([-1]), np.array([1]), k=7)


# --- Before launch, refusals, determinism ---


def test_a_plan_tells_which_units_will_be_reported() -> None:
    found = plan(Forest(FLAT), np.array([1, 20, 10, 6]), rate=0.7, k=7)

    assert found.expected.sum() == 26  # 37 * 0.7 = 25.9
    assert found.rows.unit.tolist() == [0, 1, -1]  # 14 answers of 20; 10 and 6 with the head
    assert found.everybody.unit.tolist() == [0, 1, 2, -1] or found.everybody.unit.tolist() == [0, 1, -1]
    assert found.chance[1] > 0.99
    assert 0.6 < found.chance[2] < 0.7  # P(Bin(10, .7) >= 7) = .6496
    assert found.chance[3] == 0  # six cannot be seven


@pytest.mark.parametrize(
    ("parent", "own", "k"),
    [([1, 0], [1, 1], 7), ([-1, 5], [1, 1], 7), ([-1, 0], [1], 7), ([-1, 0], [1, -1], 7), ([-1], [9], 1)],
)
def test_units_that_do_not_fit_are_refused(parent: list[int], own: list[int], k: int) -> None:
    with pytest.raises(KernelError):
        rows_of(parent, own, k)


@pytest.mark.parametrize(
    ("answers", "unit", "details"),
    [([[6]], [0], 10), ([[1]], [4], 10), ([[1]], [0, 0], 10), ([[1]], [0], 6), ([[-1]], [0], 10)],
)
def test_answers_that_do_not_fit_are_refused(
    answers: list[list[int]], unit: list[int], details: int
) -> None:  # fmt: skip
    with pytest.raises(KernelError):
        release(np.array(answers), np.array(unit), Forest(FLAT), scale=5, k=7, k_detail=details)


def test_cells_that_do_not_fit_are_refused() -> None:
    forest, cells = table(np.array([[9, 9], [9, 9]]))
    rows = protect(forest, cells.sum(axis=1), k=5)

    with pytest.raises(KernelError):
        split(forest, rows, cells[:, :1], k=5, mode=Mode.CELLS)
    with pytest.raises(KernelError):
        split(forest, rows, cells, k=5, mode=Mode.CELLS, cover=cells + 1)


ONE_RUN = """
import hashlib, sys
sys.path[:0] = {path!r}
import numpy as np
from styrfart.kernel.release import Forest, Mode, release, split
rng = np.random.default_rng(4)
parent = np.array([-1] + [int(rng.integers(0, max(1, at // 4))) for at in range(1, 300)])
unit = rng.integers(0, 300, 2500)
answers = rng.integers(0, 6, (2500, 4)).astype(np.uint8)
first = release(answers, unit, Forest(parent), scale=5)
unit = np.where(rng.random(2500) < 0.05, rng.integers(0, 300, 2500), unit)
after = release(answers, unit, Forest(parent), scale=5, earlier=[first.part])
cells = np.bincount(unit * 3 + rng.integers(0, 3, 2500), minlength=900).reshape(300, 3)
rows = release((answers > -1).astype(np.uint8), unit, Forest(parent), scale=5).rows
found = split(Forest(parent), rows, cells, k=7, mode=Mode.CELLS)
parts = [after.means, after.counts, after.reason, after.rows.unit, found.shown, first.shown, after.part]
print(hashlib.sha256(b"".join(each.tobytes() for each in parts)).hexdigest())
"""


def test_any_process_gives_the_same_bits() -> None:
    source = str(Path(__file__).parents[2] / "src")
    found = {
        subprocess.run(
            [sys.executable, "-c", ONE_RUN.format(path=[source])],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads},
        ).stdout
        for seed, threads in (("0", "1"), ("7", "2"))
    }

    assert len(found) == 1
