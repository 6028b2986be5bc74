"""A plan for a small network and the proof of how good it is."""

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.branching import Search
from styrfart.kernel.forecast.generation import search_lists
from styrfart.kernel.forecast.model import Proof
from styrfart.kernel.forecast.project import Plan, Project
from styrfart.kernel.forecast.windows import Windows, lower_bound

QUICK = 40  # lists before the bound is proven
LARGEST = 150  # activities; energy is compared over (3 n)^2 intervals


def plan(project: Project, *, seed: int = 0, lists: int = 1_500, nodes: int = 20_000) -> Plan:
    """The shortest plan found, with a lower bound that proves how much shorter another could be.

    A genetic search among at most `lists` priority lists (`search_lists`), the bound by refuting deadlines
    (`lower_bound`), and when the two differ an exact search of at most `nodes` nodes from each end
    (`Search`). What the exact search closes is optimal. Budgets are counts, so that the answer is the same
    on any machine; 30 activities take well under a second in most networks and a few in the tightest.

    Raises KernelError for more than `LARGEST` activities or no lists.
    """
    if project.size > LARGEST or lists < 1 or nodes < 0:
        raise KernelError(f"at most {LARGEST} activities, at least one list, and no fewer than 0 nodes")
    windows = Windows(project)
    path = windows.critical_path()
    makespan, starts = search_lists(project, goal=path, lists=min(lists, QUICK), seed=seed)
    bound = lower_bound(windows, at_most=makespan) if makespan > path else path
    if bound < makespan and lists > QUICK:
        shorter, others = search_lists(project, goal=bound, lists=lists, seed=seed)
        makespan, starts = (shorter, others) if shorter < makespan else (makespan, starts)
    looked_at = 0
    for seen_from_end in (False, True):
        if bound < makespan and nodes:
            search = _search(project, starts, makespan, bound, nodes, seen_from_end=seen_from_end)
            makespan, starts = search.makespan, search.starts
            looked_at += search.nodes
            bound = makespan if search.is_closed else bound
    proof = Proof.OPTIMAL if bound == makespan else Proof.OUT_OF_BUDGET
    return Plan(tuple(starts), makespan, bound, proof, looked_at)


def _search(
    project: Project, starts: list[int], makespan: int, bound: int, nodes: int, *, seen_from_end: bool
) -> Search:
    """The exact search from the start, or from the end of the project seen backwards."""
    if not seen_from_end:
        search = Search(project, Windows(project), starts=starts, makespan=makespan, goal=bound)
        search.run(budget=nodes)
        return search
    backwards = project.reversed()
    search = Search(
        backwards,
        Windows(backwards),
        starts=_mirrored(project, starts, makespan),
        makespan=makespan,
        goal=bound,
    )
    search.run(budget=nodes)
    search.starts = _mirrored(project, search.starts, search.makespan)
    return search


def _mirrored(project: Project, starts: list[int], makespan: int) -> list[int]:
    return [makespan - start - last for start, last in zip(starts, project.durations, strict=True)]
