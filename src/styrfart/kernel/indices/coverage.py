"""The coverage that the intervals were measured to have: a certificate that goes with each figure."""

from styrfart.kernel.indices.results import Population

LEVEL = 0.95  # the level that was simulated, and the default everywhere

# Answers, and the lowest coverage in any scenario of `benchmarks/indices.py`, which fails when it finds less.
MEASURED: dict[Population, tuple[tuple[int, float], ...]] = {
    Population.INVITED: (
        (5, 0.954),
        (7, 0.95),
        (10, 0.949),
        (20, 0.947),
        (50, 0.946),
        (100, 0.945),
        (300, 0.943),
        (1000, 0.937),
    ),
    Population.LASTING: (
        (5, 0.951),
        (7, 0.941),
        (10, 0.948),
        (20, 0.944),
        (50, 0.941),
        (100, 0.946),
        (300, 0.945),
        (1000, 0.94),
    ),
}


def lowest_coverage(answers: int, population: Population) -> float | None:
    """The lowest coverage measured at so many answers (the nearest fewer of those simulated), or None."""
    found = [share for at_least, share in MEASURED[population] if at_least <= answers]
    return found[-1] if found else None
