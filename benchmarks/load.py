"""Load: the picture of a city's units, weeks and claims; free weeks; and what could wait beside the optimum.

    python -m benchmarks.load

Invented units (5 levels) and claims from a seed. Times are CPU, best of five; the machine's own floor is the
time to write and sum arrays of the picture's size.
"""

import sys
import time
from collections.abc import Callable

import numpy as np

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.load import (
    Claim,
    Limits,
    Organisation,
    Part,
    Picture,
    Proof,
    Waiting,
    below,
    collisions,
    free_weeks,
    load_picture,
    of_groups,
    organisation,
    what_could_wait,
)

SEED = 20_261_122
UNITS, WEEKS, CLAIMS = 6_000, 104, 2_000
OWN = "none: our own"
SMALL = 300  # invented organisations for the gap


def main() -> int:
    return show("load", [*city(), *gaps()])


def milliseconds(work: Callable[[], object]) -> float:
    took = []
    for _ in range(5):
        start = time.process_time()
        work()
        took.append(1000 * (time.process_time() - start))
    return min(took)


def invented(rng: np.random.Generator, units: int) -> Organisation:
    """A tree in which each unit lies under one of the first fifth before it; small units below."""
    parents = [-1, *(int(rng.integers(0, max(unit // 5, 1))) for unit in range(1, units))]
    return organisation(parents, rng.integers(0, 25, units))


def claims_of(rng: np.random.Generator, units: int, count: int, weeks: int) -> list[Claim]:
    """Most on small units, a few on large ones; a third are changes."""
    found = []
    for key in range(count):
        unit = (
            int(rng.integers(units // 5, units)) if rng.integers(0, 20) else int(rng.integers(0, units // 5))
        )
        is_change = rng.integers(0, 3) == 0
        shape = (int(rng.integers(0, 9)), int(rng.integers(1, 4)), int(rng.integers(0, 9)))
        found.append(
            Claim(
                key=key,
                parts=(Part(unit, float(rng.integers(1, 11)) / 10),),
                start=int(rng.integers(shape[0], weeks - shape[1] - shape[2])),
                weeks=shape,
                impact=float(rng.integers(1, 6)) if is_change else 0.0,
                hours=(0.5, 2.0, 0.5),
                delay=int(rng.integers(0, 13)),
            )
        )
    return found


def naive(org: Organisation, claims: list[Claim]) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    """The same change load as most would write it: a loop over claims, stages and slices, in floats."""
    found = np.zeros((org.staff.size, WEEKS))
    for claim in claims:
        for part in claim.parts:
            first = claim.start - claim.weeks[0]
            for length, weight in zip(claim.weeks, (0.3, 1.0, 0.5), strict=True):
                found[org.place[part.unit] : org.end[part.unit], first : first + length] += (
                    claim.impact * part.share * weight
                )
                first += length
    return found[org.place]


def city() -> list[Row]:
    rng = np.random.default_rng(SEED)
    org = invented(rng, UNITS)
    claims = claims_of(rng, UNITS, CLAIMS, WEEKS)
    capacity = np.full((1, WEEKS), 4.0)
    capacity[0, 26:31] = 1.0
    limits = Limits(load=8.0)

    def drawn() -> Picture:
        picture = load_picture(org, claims, weeks=WEEKS, capacity=capacity, limits=limits)
        picture.over  # noqa: B018  # calculated when first asked for
        return picture

    picture = drawn()
    off = float(np.abs(picture.change_load - naive(org, claims)).max())
    floor = milliseconds(lambda: [np.zeros((UNITS, WEEKS), dtype=np.int64).cumsum(axis=1) for _ in range(4)])
    managers = [[(unit, int(org.staff[unit]))] for unit in range(0, UNITS, 12)]
    new = Claim("new", (Part(int(np.argmax(org.end - org.place)), 0.5),), 40, (4, 2, 4), 4.0, (0.5, 2.0, 0.5))
    start = time.process_time()
    waiting = what_could_wait(picture)
    waited = time.process_time() - start
    naive_ms = milliseconds(lambda: naive(org, claims))
    scale = f"{UNITS} units × {WEEKS} weeks × {CLAIMS} claims"
    return [
        Row(f"picture and limits, {scale}", floor, "four grids of that size zeroed and summed, same run",
            milliseconds(drawn), "ms", Bound.AT_MOST, 100),
        Row("  the same beside a plain loop of slices", 4 * naive_ms, "four float grids, same run",
            milliseconds(drawn), "ms"),
        Row("  deviation from that loop", None, "the loop, in floats", off, "", Bound.AT_MOST, 1e-9),
        Row("roll-up to every unit, different changes counted", None, OWN,
            milliseconds(lambda: below(picture)), "ms", Bound.AT_MOST, 100),
        Row("roll-up to 500 managers", None, OWN, milliseconds(lambda: of_groups(picture, managers)), "ms"),
        Row(f"collisions: {len(collisions(picture))} sets of claims", None, OWN,
            milliseconds(lambda: collisions(picture)), "ms"),
        Row("free weeks of a claim on everybody", None, OWN,
            milliseconds(lambda: free_weeks(picture, new)), "ms", Bound.AT_MOST, 100),
        Row(f"what could wait, the city (proven among: {waiting.proof.value})", None, OWN, waited, "CPU-s"),
        Row("  people-weeks above after it", float(waiting.above), "before it", float(waiting.left), ""),
        Row("  moves", float(waiting.bound), "bound: claims that must leave", float(len(waiting.moves)), ""),
    ]  # fmt: skip


def gaps() -> list[Row]:
    """Crowded small organisations: the quick way beside the exact one, and how far each proves itself."""
    rng = np.random.default_rng(SEED)
    exact: list[Waiting] = []
    quick: list[Waiting] = []
    took = 0.0
    while len(exact) < SMALL:
        org = invented(rng, 12)
        picture = load_picture(
            org, claims_of(rng, 12, 24, 30), weeks=30, capacity=6.0, limits=Limits(large=1, load=8.0)
        )
        start = time.process_time()
        best = what_could_wait(picture)
        if best.moves:
            took += time.process_time() - start
            exact.append(best)
            quick.append(what_could_wait(picture, most_columns=0))
    pairs = list(zip(exact, quick, strict=True))
    both = [(len(one.moves), len(other.moves)) for one, other in pairs if one.left == other.left]
    total = sum(one for one, _ in both)
    source = f"integer programming, {SMALL} invented organisations"
    return [
        Row("exact: proven", None, source, sum(one.proof is Proof.ALL for one in exact) / SMALL, "of cases",
            Bound.AT_LEAST, 0.95),
        Row("exact: CPU a case", None, OWN, 1000 * took / SMALL, "ms"),
        Row("quick: moves where it leaves as little", float(total), source,
            float(sum(two for _, two in both)), "", Bound.AT_MOST, 1.25 * total),
        Row("quick: leaves more people-weeks above", None, source, 1 - len(both) / SMALL, "of cases"),
        Row("quick: people-weeks left", float(sum(one.left for one in exact)), source,
            float(sum(other.left for other in quick)), ""),
        Row("quick: proven by its own bound", None, source,
            sum(other.proof is Proof.ALL for other in quick) / SMALL, "of cases"),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
