"""The same plan by constraint programming: an optional extra that proves more and larger networks.

OR-Tools' CP-SAT (lazy clause generation) when it is installed. The only file here that asks for it; without
it `prove` refuses and `plan` still answers.
"""

from styrfart.kernel.errors import KernelError
from styrfart.kernel.forecast.model import Proof
from styrfart.kernel.forecast.project import Plan, Project

try:
    from ortools.sat.python import cp_model
except ImportError:  # pragma: no cover  # the extra is not installed
    cp_model = None


def is_available() -> bool:
    """Whether the solver is installed."""
    return cp_model is not None


def prove(project: Project, *, hint: Plan, effort: float = 10.0, workers: int = 1, seed: int = 0) -> Plan:
    """The shortest plan that the solver finds from `hint` on, and its bound.

    `effort` is in the solver's deterministic units (about a second each on one core), not in seconds: with
    the same seed and number of workers the answer is the same on any machine (several workers take turns,
    `interleave_search`). Never worse than `hint`, whose bound is kept when it is the better one.

    Raises KernelError when the solver is not installed.
    """
    if cp_model is None:
        raise KernelError("the extra `planner` (ortools) is not installed")
    model = cp_model.CpModel()
    horizon = hint.makespan
    starts = [model.new_int_var(0, horizon, f"s{each}") for each in range(project.size)]
    spans = [
        model.new_fixed_size_interval_var(start, last, f"i{each}")
        for each, (start, last) in enumerate(zip(starts, project.durations, strict=True))
    ]
    for first, second in sorted(set(project.before)):
        model.add(starts[second] >= starts[first] + project.durations[first])
    for resource, has in enumerate(project.capacity):
        users = [each for each in range(project.size) if project.needs[each][resource]]
        if users:
            model.add_cumulative(
                [spans[each] for each in users], [project.needs[each][resource] for each in users], has
            )
    end = model.new_int_var(hint.bound, horizon, "end")
    for start, last in zip(starts, project.durations, strict=True):
        model.add(end >= start + last)
    for start, value in zip(starts, hint.starts, strict=True):
        model.add_hint(start, value)
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = workers
    solver.parameters.interleave_search = workers > 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return hint
    found = tuple(int(solver.value(start)) for start in starts)
    makespan = max(start + last for start, last in zip(found, project.durations, strict=True))
    bound = max(hint.bound, round(solver.best_objective_bound))
    proof = Proof.OPTIMAL if bound == makespan else Proof.OUT_OF_BUDGET
    return Plan(found, makespan, bound, proof, int(solver.num_branches))
