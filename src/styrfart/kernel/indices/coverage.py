"""The coverage that the intervals were measured to have: a certificate that goes with each figure."""

from styrfart.kernel.indices.results import Population

LEVEL = 0.95  # the level that was simulated, and the default everywhere

# Answers, and the lowest coverage of any index in any kind of workplace of `benchmarks/indices.py --full`,
# which fails when it finds less. 10 000 groups each up to 100 answers, then 8 000 and 2 400: the lowest of
# some hundred shares, so that chance alone takes off about .005, and .013 at a thousand.
MEASURED: dict[Population, tuple[tuple[int, float], ...]] = {
    Population.INVITED: (
        (5, 0.954),
        (7, 0.950),
        (10, 0.950),
        (20, 0.947),
        (50, 0.946),
        (100, 0.945),
        (300, 0.943),
        (1000, 0.937),
    ),
    Population.LASTING: (
        (5, 0.952),
        (7, 0.941),
        (10, 0.947),
        (20, 0.945),
        (50, 0.941),
        (100, 0.945),
        (300, 0.944),
        (1000, 0.940),
    ),
}


def lowest_coverage(answers: int, population: Population) -> float | None:
    """The lowest coverage measured at so many answers (the nearest fewer of those simulated), or None."""
    found = [share for at_least, share in MEASURED[population] if at_least <= answers]
    return found[-1] if found else None
