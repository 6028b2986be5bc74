"""The annealing of swaps one at a time, which a compiler makes a thousand times faster: an optional extra.

The function is plain Python. Where numba is installed, `compiled()` gives the same function compiled; both
make the same sums in the same order and draw from the same generator, so that the same seed gives the same
bits. Nothing else in the kernel may import numba.
"""

from collections.abc import Callable
from functools import cache

import numpy as np
from numpy.typing import NDArray

# xorshift64 (Marsaglia, Xorshift RNGs, J. Stat. Software 8(14), 2003). Shifts and exclusive or only: a
# product of 64 bits would overflow, which NumPy's scalars warn about and a compiler does not.
LEFT, RIGHT, BACK = np.uint64(13), np.uint64(7), np.uint64(17)
FIRST, SECOND, DRAW = np.uint64(40), np.uint64(16), np.uint64(24)
LOW_24, LOW_16 = np.uint64(0xFFFFFF), np.uint64(0xFFFF)
THRESHOLDS = 1 << 16

Anneal = Callable[..., int]


def log_uniform() -> NDArray[np.float64]:
    """Logarithms of 65 536 evenly spread numbers in (0, 1): a table, so that no exponential is computed."""
    return np.log((np.arange(THRESHOLDS) + 0.5) / THRESHOLDS)


def state_of(seed: int) -> NDArray[np.uint64]:
    """A non-zero state of the generator for `seed`, shape (1,)."""
    return np.random.SeedSequence(seed).generate_state(1, np.uint64) | np.uint64(1)


def anneal(
    distance: NDArray[np.float64],
    group: NDArray[np.int64],
    gain: NDArray[np.float64],
    best: NDArray[np.int64],
    values: NDArray[np.float64],
    state: NDArray[np.uint64],
    logs: NDArray[np.float64],
    temperatures: NDArray[np.float64],
    proposals: int,
) -> int:
    """Propose `proposals` swaps at each temperature and return how many were made (Metropolis).

    `distance` (n, n); `gain` (G, n) is the distance from each person to each group; `group` and `best` (n,)
    the present and the best partition; `values` (2,) theirs. All but `distance`, `logs` and `temperatures`
    are changed in place.
    """
    people = distance.shape[0]
    span = np.uint64(people)
    bits, value, highest, made = state[0], values[0], values[1], 0
    for temperature in temperatures:
        for _ in range(proposals):
            bits ^= bits << LEFT
            bits ^= bits >> RIGHT
            bits ^= bits << BACK
            # 24 bits each are plenty for tens of thousands of people; the low 16 are the acceptance draw.
            one = int(((bits >> FIRST) * span) >> DRAW)
            other = int((((bits >> SECOND) & LOW_24) * span) >> DRAW)
            here, there = group[one], group[other]
            if here == there:
                continue
            least = temperature * logs[int(bits & LOW_16)]
            change = gain[there, one] - gain[here, one] + gain[here, other] - gain[there, other]
            if change < least:  # distances are not negative, so the last term can only make it worse
                continue
            change -= 2.0 * distance[one, other]
            if change < least:
                continue
            made += 1
            value += change
            group[one], group[other] = there, here
            for each in range(people):
                more = distance[other, each] - distance[one, each]
                gain[here, each] += more
                gain[there, each] -= more
            if value > highest + 1e-9:
                highest = value
                best[:] = group
    state[0], values[0], values[1] = bits, value, highest
    return made


@cache
def compiled() -> Anneal | None:
    """`anneal` compiled for this machine, at first use about a second; None where numba is not installed."""
    try:
        import numba  # noqa: PLC0415  # an extra: most installations do without
    except ImportError:
        return None
    fast: Anneal = numba.njit(anneal)
    return fast
