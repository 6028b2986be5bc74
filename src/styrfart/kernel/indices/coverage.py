"""The coverage that the intervals were measured to have: a certificate that goes with each figure."""

from styrfart.kernel.indices.results import Population

LEVEL = 0.95  # the level that was simulated, and the default everywhere

# Answers, and the lowest coverage in any scenario of `benchmarks/indices.py`, which fails when it finds less.
MEASURED: dict[Population, tuple[tuple[int, float], ...]] = {
    Population.INVITED: (),
    Population.LASTING: (),
}


def lowest_coverage(answers: int, population: Population) -> float | None:
    """The lowest coverage measured at so many answers (the nearest fewer of those simulated), or None."""
    found = [share for at_least, share in MEASURED[population] if at_least <= answers]
    return found[-1] if found else None
