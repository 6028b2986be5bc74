"""Plans of small networks: by hand, against every possible list, and against published optima."""

import csv
import functools
import itertools
import tarfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast import Plan, Project, Proof, broken, plan, solver
from styrfart.kernel.forecast.branching import Search
from styrfart.kernel.forecast.generation import Generator, Improver, search_lists
from styrfart.kernel.forecast.windows import Windows, lower_bound
from tests.kernel.processes import in_any_process

FOLDER = Path(__file__).parents[2].parent / "shared" / "data" / "psplib"

here = pytest.mark.skipif(not FOLDER.is_dir(), reason="the instances of PSPLIB are not beside the project")
with_solver = pytest.mark.skipif(not solver.is_available(), reason="the extra `planner` is not installed")


@functools.cache
def optima() -> dict[str, int]:
    """The published optimum of each instance of j30 (Kolisch & Sprecher 1997)."""
    with (FOLDER / "j30_optimum.csv").open(newline="") as file:
        return {row["problem"]: int(row["optimum"]) for row in csv.DictReader(file)}


@functools.cache
def instances() -> dict[str, Project]:
    """The instances of j30 by name, in the order of their numbers."""
    with tarfile.open(FOLDER / "j30.tar.gz") as archive:
        files = {
            member.name: archive.extractfile(member) for member in archive.getmembers() if member.isfile()
        }
        found = {name: read(file.read().decode()) for name, file in files.items() if file}
    return dict(sorted(found.items(), key=lambda each: [int(part) for part in each[0][3:-3].split("_")]))


def read(text: str) -> Project:
    """An instance in PSPLIB's single-mode format."""
    lines = text.splitlines()
    at = {line.split()[0].rstrip(":"): number for number, line in enumerate(lines) if line.strip()}
    size = int(next(line for line in lines if line.startswith("jobs")).split(":")[1])
    after = [list(map(int, line.split())) for line in lines[at["PRECEDENCE"] + 2 :][:size]]
    rows = [list(map(int, line.split())) for line in lines[at["REQUESTS/DURATIONS"] + 3 :][:size]]
    return Project(
        tuple(row[2] for row in rows),
        tuple(tuple(row[3:]) for row in rows),
        tuple((row[0] - 1, later - 1) for row in after for later in row[3:]),
        tuple(map(int, lines[at["RESOURCEAVAILABILITIES"] + 2].split())),
    )


# Four activities of one resource of 4. 3 + 2 do not fit together, nor 3 + 3; 2 + 2 do.
#   0: 3 long, needs 3    1: 2 long, needs 2, after 0    2: 4 long, needs 2    3: 1 long, needs 3, after 2
# Work 9 + 4 + 8 + 3 = 24, by 4: 6. But 0 excludes 2, and 3 excludes all, so 3 + 4 + 1 = 8, and it can be
# done: 0 at 0, 1 and 2 at 3, 3 at 7.
SMALL = Project((3, 2, 4, 1), ((3,), (2,), (2,), (3,)), ((0, 1), (2, 3)), (4,))


@st.composite
def projects(draw: st.DrawFn) -> Project:
    n, resources = draw(st.integers(1, 6)), draw(st.integers(1, 2))
    capacity = draw(st.lists(st.integers(1, 4), min_size=resources, max_size=resources))
    return Project(
        tuple(draw(st.lists(st.integers(0, 5), min_size=n, max_size=n))),
        tuple(tuple(draw(st.integers(0, has)) for has in capacity) for _ in range(n)),
        tuple((a, b) for b in range(n) for a in range(b) if draw(st.integers(0, 3)) == 0),
        tuple(capacity),
    )


def shortest(project: Project) -> tuple[int, list[int]]:
    """The optimum: some list gives it by serial generation (Kolisch 1996), so all lists are tried."""
    best = None
    for order in itertools.permutations(range(project.size)):
        place = {each: at for at, each in enumerate(order)}
        if all(place[a] < place[b] for a, b in project.before):
            starts = Generator(project).starts(order)
            length = max(s + d for s, d in zip(starts, project.durations, strict=True))
            if best is None or length < best[0]:
                best = length, starts
    assert best
    return best


def test_a_small_project_by_hand() -> None:
    found = plan(SMALL)

    assert (found.makespan, found.bound, found.proof, found.gap) == (8, 8, Proof.OPTIMAL, 0.0)
    assert broken(SMALL, found.starts) == ()


def test_propagation_refutes_what_work_alone_does_not() -> None:
    # Work allows 6 and the critical path 5; the pairs that cannot overlap prove 8.
    windows = Windows(SMALL)

    assert windows.critical_path() == 5
    assert lower_bound(windows, at_most=20) == 8
    assert windows.within(7) is None


def test_what_is_wrong_with_a_plan_is_told() -> None:
    assert broken(SMALL, [0, 3, 3, 7]) == ()
    assert broken(SMALL, [0, 2, 3, 7]) == (1,)
    assert broken(SMALL, [0, 3, 0, 7]) == (0, 2)
    assert broken(SMALL, [-1, 3, 3, 7]) == (0,)


@given(projects())
@settings(max_examples=80, deadline=None)
def test_a_plan_is_the_shortest_of_all_and_proven(project: Project) -> None:
    found = plan(project, lists=5)

    assert broken(project, found.starts) == ()
    assert (found.makespan, found.proof) == (shortest(project)[0], Proof.OPTIMAL)


@given(projects(), st.integers(0, 6))
@settings(max_examples=60, deadline=None)
def test_a_plan_out_of_budget_is_valid_and_its_bound_is_none_too_high(project: Project, nodes: int) -> None:
    found, best = plan(project, lists=1, nodes=nodes), shortest(project)[0]

    assert broken(project, found.starts) == ()
    assert found.makespan == max(s + d for s, d in zip(found.starts, project.durations, strict=True))
    assert found.bound <= best <= found.makespan
    assert (found.proof is Proof.OPTIMAL) == (found.bound == found.makespan)


@given(projects())
@settings(max_examples=80, deadline=None)
def test_the_exact_search_needs_no_good_start(project: Project) -> None:
    worst = sum(project.durations) + 1
    search = Search(project, Windows(project), starts=[], makespan=worst, goal=0)

    search.run(budget=100_000)

    assert search.is_closed
    assert search.makespan == shortest(project)[0]
    assert broken(project, search.starts) == ()


@given(projects())
@settings(max_examples=80, deadline=None)
def test_no_deadline_that_can_be_met_is_refuted(project: Project) -> None:
    best, starts = shortest(project)
    windows = Windows(project).within(best)

    assert lower_bound(Windows(project), at_most=best + 3) <= best
    assert windows is not None
    assert all(low <= start for low, start in zip(windows[0], starts, strict=True))
    assert all(start <= high for high, start in zip(windows[1], starts, strict=True))


@given(projects())
@settings(max_examples=40, deadline=None)
def test_justification_never_lengthens_a_plan(project: Project) -> None:
    alone = Generator(project).starts(project.order)
    found = Improver(project).improved(project.order)

    assert found.length <= max(s + d for s, d in zip(alone, project.durations, strict=True))
    assert broken(project, found.starts) == ()
    assert tuple(Generator(project).starts(found.sequence)) <= found.starts
    assert sorted(found.sequence) == list(range(project.size))


def test_out_of_budget_is_told_with_the_gap() -> None:
    # One node is the beginning, where nothing has started.
    search = Search(SMALL, Windows(SMALL), starts=[0, 3, 5, 9], makespan=10, goal=0)

    search.run(budget=1)

    assert not search.is_closed
    assert Plan((0,), 10, 8, Proof.OUT_OF_BUDGET).gap == 0.25


@here
def test_published_optima_are_reached_and_proven() -> None:
    # By rule, by bound and by search; the benchmark has them all.
    for name in ("j301_1.sm", "j305_1.sm", "j3017_3.sm", "j3033_5.sm"):
        found = plan(instances()[name], lists=100)

        assert broken(instances()[name], found.starts) == ()
        assert (name, found.makespan, found.proof) == (name, optima()[name], Proof.OPTIMAL)


@here
def test_no_bound_is_above_a_published_optimum() -> None:
    for name, project in list(instances().items())[::40]:
        assert lower_bound(Windows(project), at_most=10_000) <= optima()[name]
        assert search_lists(project, goal=0, lists=4, seed=1)[0] >= optima()[name]


BITS = """
from styrfart.kernel.forecast import *
n = 16
project = Project(tuple(1 + i * 7 % 5 for i in range(n)), tuple((1 + i % 3, i % 2) for i in range(n)),
                  tuple((i, i + 4) for i in range(n - 4)), (4, 2))
print(plan(project, seed=3, lists=60, nodes=500))
"""


def test_the_same_seed_gives_the_same_plan_in_any_process() -> None:
    assert in_any_process(BITS).startswith("Plan(starts=")


@with_solver
def test_the_solver_proves_the_same() -> None:
    poor = Plan((0, 3, 5, 9), 10, 6, Proof.OUT_OF_BUDGET)

    found = solver.prove(SMALL, hint=poor)

    assert (found.makespan, found.bound, found.proof) == (8, 8, Proof.OPTIMAL)
    assert broken(SMALL, found.starts) == ()


@pytest.mark.skipif(solver.is_available(), reason="the extra `planner` is installed")
def test_without_the_solver_proving_is_refused() -> None:
    with pytest.raises(KernelError):
        solver.prove(SMALL, hint=plan(SMALL))


@pytest.mark.parametrize(
    "call",
    [
        lambda: Project((), (), (), (1,)),
        lambda: Project((-1,), ((0,),), (), (1,)),
        lambda: Project((1,), ((2,),), (), (1,)),
        lambda: Project((1,), ((1, 1),), (), (1,)),
        lambda: Project((1, 1), ((1,),), (), (1,)),
        lambda: Project((1,), ((1,),), ((0, 1),), (1,)),
        lambda: Project((1, 1), ((1,), (1,)), ((0, 1), (1, 0)), (1,)),
        lambda: plan(SMALL, lists=0),
        lambda: plan(SMALL, nodes=-1),
        lambda: plan(Project((1,) * 151, ((1,),) * 151, (), (1,))),
        lambda: broken(SMALL, [0]),
    ],
)
def test_what_cannot_be_planned_is_refused(call: object) -> None:
    with pytest.raises(KernelError):
        call()  # type: ignore[operator]  # each is a call
