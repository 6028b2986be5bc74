"""How often the intervals hold the truth, how often the verdicts are wrong, and how fast it is.

    .venv/bin/python -m benchmarks.indices [--full]

Answers are simulated: people with a common level, a level of their own in each sub-index and noise, rounded
to steps from 1 to 5, in seven kinds of workplace (below), 3 percent of the answers missing at random. Each
row of coverage is over all kinds, response rates and both ways of saying what spread is usual; the reference
is the level stated, .95. `--full` takes eight times as many simulated groups; with it the table in
`kernel/indices/coverage.py` was made. Nothing is published to compare with: Kolada shows no intervals.
"""

import argparse
import itertools
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from benchmarks.comparison import Bound, Row, show
from styrfart.kernel.indices import (
    HME,
    Moments,
    Population,
    Reference,
    Side,
    Strength,
    Usual,
    between,
    count,
    index_of,
    judge,
    measure,
    usual,
    with_reference,
    with_whole,
)
from styrfart.kernel.indices.coverage import MEASURED
from styrfart.kernel.indices.verdicts import ORDINARY

Ints = npt.NDArray[np.int8]
Floats = npt.NDArray[np.float64]
ITEMS = np.array([4.3, 3.9, 3.8, 4.0, 4.3, 4.1, 4.2, 3.7, 4.4], dtype=np.float32)
MISSING = 0.03
SIZES = (5, 7, 10, 20, 50, 100, 300, 1000)
RESPONSE = (0.5, 0.7, 0.9)
PEOPLE = 300_000  # in a cell of the table, about, unless --full
STATED, LEAST = 0.95, 0.93
LARGE = 100  # answers: what is usual no longer matters
SEED = 20_261_122


@dataclass(frozen=True)
class Kind:
    """A kind of workplace: what is added to each item's mean, and the spread of person, part and noise."""

    shift: float
    person: float
    part: float
    noise: float
    is_skewed: bool = False
    low_share: float = 0.0  # of the people are more than two steps lower
    level: tuple[float, float] | None = None  # else each person has a share of the scale from this Beta
    straight: float = 0.0  # of those people give the same answer to every item


KINDS = {
    "usual": Kind(0.12, 0.74, 0.42, 0.62),
    "skewed": Kind(0.1, 0.68, 0.4, 0.6, is_skewed=True),
    "at the ceiling": Kind(0.9, 0.5, 0.3, 0.6),
    "low": Kind(-1.2, 0.8, 0.5, 0.8),
    "calm": Kind(0.0, 0.25, 0.2, 0.5),
    "an eighth very low": Kind(0.4, 0.4, 0.3, 0.5, low_share=0.12),
    "split in two": Kind(0.5, 0.3, 0.3, 0.5, low_share=0.35),
}

UNSEEN = {  # not looked at when the method and its constants were chosen
    "levels by a Beta": Kind(0, 0, 0, 0, level=(3.2, 1.0)),
    "half answer straight through": Kind(0, 0, 0, 0, level=(3.0, 1.0), straight=0.5),
    "at both ends": Kind(0, 0, 0, 0, level=(0.6, 0.25)),
}


def answers_of(kind: Kind, people: int, rng: np.random.Generator) -> Ints:
    """[person, item]: what they would answer, all of them."""
    if kind.level is not None:
        share = np.repeat(rng.beta(*kind.level, (people, 1)), 9, axis=1)
        leaning = 1 + rng.binomial(4, share)
        is_straight = rng.random((people, 1)) < kind.straight
        return np.where(is_straight, leaning[:, :1], leaning).astype(np.int8)
    person = rng.standard_normal((people, 1), dtype=np.float32)
    if kind.is_skewed:
        person = 1 - rng.standard_gamma(1.0, (people, 1)).astype(np.float32)
    part = np.repeat(rng.standard_normal((people, 3), dtype=np.float32), 3, axis=1)
    noise = rng.standard_normal((people, 9), dtype=np.float32)
    low = 2.4 * (rng.random((people, 1), dtype=np.float32) < kind.low_share)
    felt = ITEMS + kind.shift + kind.person * person + kind.part * part + kind.noise * noise - low
    given: Ints = np.clip(np.rint(felt), 1, 5).astype(np.int8)
    return given


def heard(answers: Ints, rng: np.random.Generator) -> Ints:
    """With some answers missing."""
    return np.where(rng.random(answers.shape, dtype=np.float32) < MISSING, -1, answers).astype(np.int8)


def moments_of(answers: Ints, groups: int) -> Moments:
    """Of equally large groups that stand one after the other."""
    return count(answers, np.repeat(np.arange(groups), len(answers) // groups), scale=HME, number=groups)


@cache
def true_index(kind: Kind) -> Floats:
    """[measure]: of the workplace that lasts."""
    rng = np.random.default_rng(SEED)
    return index_of(answers_of(kind, 400_000, rng).mean(axis=0, dtype=np.float64), scale=HME)


def mixed() -> Usual:
    """What is usual in a round where all kinds of workplace are."""
    rng = np.random.default_rng(SEED + 1)
    rows = np.concatenate([heard(answers_of(kind, 3_000, rng), rng) for kind in KINDS.values()])
    return usual(HME, moments_of(rows, len(rows) // 30))


# --- Coverage ---


def covered(
    kind: Kind, n: int, response: float | None, *, runs: int, rng: np.random.Generator, held_to: Usual
) -> Floats:
    """[measure]: the share of `runs` groups of n answers whose interval holds the truth.

    `response` None: about what lasts; else about all the invited.
    """
    size = n if response is None else max(math.ceil(n / response), n + 1)
    answers = answers_of(kind, runs * size, rng).reshape(runs, size, 9)
    moments = moments_of(heard(answers[:, :n].reshape(-1, 9), rng), runs)
    if response is None:
        truth = np.broadcast_to(true_index(kind), (runs, 13))
        found = measure(moments, scale=HME, population=Population.LASTING, held_to=held_to)
    else:
        truth = index_of(answers.mean(axis=1, dtype=np.float64), scale=HME)
        found = measure(moments, scale=HME, invited=np.full(runs, size), held_to=held_to)
    is_held = (found.low <= truth + 1e-9) & (truth <= found.high + 1e-9)
    share: Floats = is_held.mean(axis=0)
    return share


def coverage_rows(people: int) -> Iterator[Row]:
    """The mean and the lowest coverage of every size, and what the table in the kernel says."""
    ways = {"as usual for HME": usual(HME), "as in the round": mixed()}
    for population, n in itertools.product(Population, SIZES):
        runs = min(max(people // n, 400), 10_000)
        rates = (None,) if population is Population.LASTING else RESPONSE
        asked = list(ways)[: 2 if n < LARGE else 1]
        found = {
            (name, rate, way): covered(
                KINDS[name], n, rate, runs=runs, held_to=ways[way],
                rng=np.random.default_rng([SEED, n, int(100 * (rate or 0))]),
            )
            for name, rate, way in itertools.product(KINDS, rates, asked)
        }  # fmt: skip
        lowest = min(found, key=lambda at: found[at].min())
        share = float(found[lowest].min())
        where = f"{lowest[0]}, {HME.measures[int(found[lowest].argmin())]}"
        stands = dict(MEASURED[population]).get(n, 0.0)
        noise = 4 * math.sqrt(STATED * (1 - STATED) / runs)
        told = f"coverage, {population.value}, n = {n}"
        mean = float(np.mean([shares[-1] for shares in found.values()]))
        total = float(min(shares[-1] for shares in found.values()))
        yield Row(f"{told}: totals, mean", STATED, "stated", mean, "", Bound.AT_LEAST, STATED - noise)
        yield Row(f"{told}: totals, lowest", STATED, "stated", total, "", Bound.AT_LEAST, LEAST - noise)
        yield Row(
            f"{told}: all 13 indices, lowest", stands, f"coverage.py; {where}", share, "",
            Bound.AT_LEAST, max(stands, LEAST) - noise,
        )  # fmt: skip


def unseen_rows(people: int) -> Iterator[Row]:
    """The lowest coverage of a total in kinds of workplace that the method was not fitted to."""
    for name, kind in UNSEEN.items():
        found = {
            (n, rate): float(
                covered(
                    kind, n, rate, runs=min(max(people // n, 400), 10_000), held_to=usual(HME),
                    rng=np.random.default_rng([SEED, 6, n]),
                )[-1]
            )
            for n, rate in itertools.product((5, 7, 10, 20, 50), (None, *RESPONSE))
        }  # fmt: skip
        (n, rate), share = min(found.items(), key=lambda each: each[1])
        told = f"stated; n = {n}, " + ("lasting" if rate is None else f"response {rate}")
        yield Row(
            f"coverage, a kind not fitted to, {name}: lowest", STATED, told, share, "", Bound.AT_LEAST, 0.92
        )  # fmt: skip


def silence_rows() -> Iterator[Row]:
    """What the interval does not speak of: the discontented answer half as often as the others."""
    rng = np.random.default_rng(SEED + 2)
    for n in (20, 100, 1000):
        runs, size = 400, 2 * n
        answers = answers_of(KINDS["usual"], runs * size, rng).reshape(runs, size, 9)
        is_low = answers.mean(axis=2) < 4
        speaks = rng.random((runs, size)) < np.where(is_low, 0.4, 0.8)
        rows = np.where(speaks[:, :, None], answers, -1).reshape(-1, 9).astype(np.int8)
        found = measure(moments_of(rows, runs), scale=HME, invited=np.full(runs, size))
        truth = index_of(answers.mean(axis=1, dtype=np.float64), scale=HME)[:, -1]
        inside = (found.low[:, -1] <= truth) & (truth <= found.high[:, -1])
        certain = (found.least[:, -1] <= truth + 1e-9) & (truth <= found.most[:, -1] + 1e-9)
        told = f"the discontented answer half as often, {size} invited"
        yield Row(f"{told}: interval holds", STATED, "stated for silence by chance", float(inside.mean()), "")
        yield Row(
            f"{told}: least to most holds", 1.0, "certain", float(certain.mean()), "", Bound.AT_LEAST, 1.0
        )  # fmt: skip


def width_rows() -> Iterator[Row]:
    """Half the interval of a total, beside the design's own calculation, which knows the deviation."""
    for n, size, told in ((7, 10, "6 to 8"), (10, 14, "5 to 6"), (20, 26, "3 to 4"), (100, 130, "1.5")):
        for deviation in (15, 16.5, 18):
            found = measure(group_of(n, deviation), scale=HME, invited=[size])
            half = float(found.high[0, -1] - found.low[0, -1]) / 2
            normal = 1.96 * deviation * math.sqrt(1 / n - 1 / size)
            yield Row(
                f"half the interval, {n} of {size}, a person's deviation {deviation}", normal,
                f"normal quantile; domain.md 2.1 says {told}", half, "points", Bound.AT_MOST, 1.3 * normal,
            )  # fmt: skip


def group_of(n: int, deviation: float) -> Moments:
    """The moments of n people with a mean of 78 and this deviation of their totals, all items answered."""
    step = 4 * 0.78
    covariance = usual(HME).covariance * 16 * (deviation / 16.54) ** 2
    return Moments(
        np.array([n]),
        np.full((1, 9, 9), float(n)),
        np.full((1, 9, 9), n * step),
        (covariance * (n - 1) + n * step**2)[None],
    )


# --- Verdicts ---


def share_said(p_limit: float, kind: Kind, n: int, *, runs: int, rng: np.random.Generator) -> float:
    """How often p is at most the limit between two groups of n of the same kind: nothing is there."""
    sides = [Side(moments_of(heard(answers_of(kind, runs * n, rng), rng), runs)) for _ in range(2)]
    return float((between(*sides, scale=HME).probability() <= p_limit).mean())


def null_rows(people: int) -> Iterator[Row]:
    """False verdicts on one comparison."""
    for n in (7, 10, 20, 50):
        runs = min(max(people // n, 400), 10_000)
        for limit, word in ((ORDINARY.clear, "clear"), (ORDINARY.probable, "probable or clear")):
            rng = np.random.default_rng([SEED, 3, n])
            said = {
                name: share_said(limit, kind, n, runs=runs, rng=rng) for name, kind in KINDS.items()
            }  # fmt: skip
            worst = max(said, key=lambda name: said[name])
            yield Row(
                f"one comparison of two of {n}, no difference: false {word}", limit, f"stated; {worst}",
                said[worst], "", Bound.AT_MOST, 1.2 * limit,
            )  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Of many pages: how many had a false "clear", the mean share of false among what was said, and power."""

    any_false_clear: float
    false_share: float
    found: float


def pages(
    kind: Kind, *, pages: int, units: int, moved: float, rng: np.random.Generator,
    compare: Callable[[list[Ints], Floats, np.random.Generator], list[Strength]],
) -> Said:  # fmt: skip
    """Verdicts on `units` groups of 10 to 60 on each of many pages; of a fifth some answers are lower."""
    false_clear, false_share, found = [], [], []
    for _ in range(pages):
        is_moved = (np.arange(units) < units // 5) & (moved > 0)
        sizes = rng.integers(10, 61, units)
        groups = [
            answers_of(kind, int(size), rng)
            if not far
            else lower(answers_of(kind, int(size), rng), moved, rng)
            for size, far in zip(sizes, is_moved, strict=True)
        ]
        said = compare(groups, is_moved.astype(np.float64), rng)
        is_clear = np.array([each is Strength.CLEAR for each in said])
        is_said = is_clear | np.array([each is Strength.PROBABLE for each in said])
        false_clear.append(bool((is_clear & ~is_moved).any()))
        false_share.append(float((is_said & ~is_moved).sum() / max(is_said.sum(), 1)))
        found.append(float((is_said & is_moved).sum() / max(is_moved.sum(), 1)))
    return Said(float(np.mean(false_clear)), float(np.mean(false_share)), float(np.mean(found)))


def lower(answers: Ints, steps: float, rng: np.random.Generator) -> Ints:
    """Each answer a step lower with this chance."""
    return np.maximum(answers - (rng.random(answers.shape) < steps), 1).astype(np.int8)


def to_standard(kind: Kind) -> Callable[[list[Ints], Floats, np.random.Generator], list[Strength]]:
    """Each group beside a known value: the truth of the groups that have not moved."""
    truth = true_index(kind)[-1]

    def compare(groups: list[Ints], _: Floats, rng: np.random.Generator) -> list[Strength]:
        found = with_reference(Side(side_of(groups, rng)), Reference(truth), scale=HME)
        return [each.strength for each in judge(found)]

    return compare


def to_whole(groups: list[Ints], _: Floats, rng: np.random.Generator) -> list[Strength]:
    """Each group beside the whole that it is part of."""
    part = side_of(groups, rng)
    whole = part.merged(np.zeros(len(groups), dtype=int), count=1)
    return [each.strength for each in judge(with_whole(Side(part), Side(whole), scale=HME))]


def to_before(kind: Kind) -> Callable[[list[Ints], Floats, np.random.Generator], list[Strength]]:
    """Each group beside an earlier round of others of the same kind."""

    def compare(groups: list[Ints], _: Floats, rng: np.random.Generator) -> list[Strength]:
        before = [answers_of(kind, len(each), rng) for each in groups]
        sides = Side(side_of(groups, rng)), Side(side_of(before, rng))
        return [each.strength for each in judge(between(*sides, scale=HME))]

    return compare


def to_same_people(groups: list[Ints], _: Floats, rng: np.random.Generator) -> list[Strength]:
    """Each group beside its own earlier round: half of the answers are what the same person gave before."""
    again = [
        np.where(rng.random(each.shape) < 0.5, each, each[rng.permutation(len(each))]).astype(np.int8)
        for each in groups
    ]
    sides = Side(side_of(groups, rng)), Side(side_of(again, rng))
    return [each.strength for each in judge(between(*sides, scale=HME))]


def side_of(groups: list[Ints], rng: np.random.Generator) -> Moments:
    belongs = np.repeat(np.arange(len(groups)), [len(each) for each in groups])
    return count(heard(np.concatenate(groups), rng), belongs, scale=HME, number=len(groups))


def family_rows(times: int) -> Iterator[Row]:
    """False verdicts on a page of forty units."""
    for name in ("usual", "skewed", "an eighth very low"):
        kind = KINDS[name]
        ways = {
            "a known value": to_standard(kind),
            "its whole": to_whole,
            "another round": to_before(kind),
            "the same people's earlier round": to_same_people,
        }
        for way, compare in ways.items():
            rng = np.random.default_rng([SEED, 4])
            said = pages(kind, pages=times, units=40, moved=0.0, rng=rng, compare=compare)
            noise = 2 * math.sqrt(0.05 * 0.95 / times)
            yield Row(
                f"40 units, {name}, beside {way}, nothing moved: any false clear",
                ORDINARY.clear, "stated (Holm)", said.any_false_clear, "",
                Bound.AT_MOST, ORDINARY.clear + noise,
            )  # fmt: skip
    kind = KINDS["usual"]
    for way, compare in (("a known value", to_standard(kind)), ("another round", to_before(kind))):
        rng = np.random.default_rng([SEED, 5])
        said = pages(kind, pages=times, units=40, moved=0.5, rng=rng, compare=compare)
        told = f"40 units, 8 moved by 12 points, beside {way}"
        yield Row(
            f"{told}: false among said", ORDINARY.probable, "stated (Benjamini, Hochberg)",
            said.false_share, "", Bound.AT_MOST, ORDINARY.probable,
        )  # fmt: skip
        yield Row(f"{told}: found of the 8", None, "no reference", said.found, "")


# --- Speed ---


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """The least CPU time of some runs."""
    took = []
    for _ in range(times):
        start = time.process_time()
        work()
        took.append(time.process_time() - start)
    return min(took)


def speed_rows() -> Iterator[Row]:
    """1.2 million people, nine items, 6 000 groups."""
    rng = np.random.default_rng(SEED)
    answers = rng.integers(1, 6, (1_200_000, 9)).astype(np.int8)
    groups = rng.integers(0, 6_000, 1_200_000)

    def histogram() -> npt.NDArray[np.int64]:
        cells = (groups[:, None] * 9 + np.arange(9)) * 5 + (answers - 1)
        return np.bincount(cells.ravel(), minlength=6_000 * 45)

    plain = 1000 * seconds(histogram, 3)
    told = "1.2 million x 9 answers, 6 000 groups"
    moments = count(answers, groups, scale=HME, number=6_000)
    asked = moments.people * 1.3 // 1
    counting = 1000 * seconds(lambda: count(answers, groups, scale=HME, number=6_000))
    yield Row(
        f"{told}: sums and 81 cross-products", plain, "np.bincount of 45 counts, same run", counting, "ms",
        Bound.AT_MOST, 300,
    )  # fmt: skip
    measuring = 1000 * seconds(
        lambda: measure(moments, scale=HME, invited=asked, held_to=usual(HME, moments))
    )  # fmt: skip
    yield Row("6 000 groups: 13 indices with intervals", None, "no peer", measuring, "ms", Bound.AT_MOST, 200)
    whole = moments.merged(np.zeros(6_000, dtype=int), count=1)
    judging = 1000 * seconds(lambda: judge(with_whole(Side(moments), Side(whole), scale=HME)))
    yield Row("6 000 groups beside the whole: verdicts", None, "no peer", judging, "ms", Bound.AT_MOST, 200)


def main() -> int:
    """All tables; 1 when a limit is missed."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    options.add_argument("--full", action="store_true")
    times = 8 if options.parse_args().full else 1
    means = [4.3, 3.9, 3.8, 4.0, 4.3, 4.1, 4.2, 3.7, 4.4]
    found = index_of(means, scale=HME)[-4:]
    published = [75.0, 78.33, 77.5, 76.94]
    rows = [
        Row(f"HME, {name}", reference, "domain.md 2.1, Kolada's formula", round(float(value), 2), "")
        for name, reference, value in zip(HME.measures[-4:], published, found, strict=True)
    ]
    rows += speed_rows()
    rows += width_rows()
    rows += coverage_rows(times * PEOPLE)
    rows += unseen_rows(times * PEOPLE // 2)
    rows += silence_rows()
    rows += null_rows(times * PEOPLE)
    rows += family_rows(min(times, 4) * 250)
    return show("indices", rows)


if __name__ == "__main__":
    raise SystemExit(main())
