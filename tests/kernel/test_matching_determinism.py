"""The same answer in every process, and nothing heavy for who only needs the names."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

CODE = """
import hashlib, sys
sys.path[:0] = [{root!r}, {src!r}]
from styrfart.kernel.matching import (
    Side, deferred_acceptance, least_ranks, lottery, market, one_lottery, together, with_links)
import numpy as np
rng = np.random.default_rng(5)
people = [f"person {{each}}" for each in range(300)]
lists = [rng.permutation(25)[:6].tolist() for _ in people]
given = market(lists, [9] * 25, draw=lottery("seed", people).order,
               departments=rng.integers(6, size=300).tolist(), ceilings=[3] * 25)
links = [together(given, 2 * each, 2 * each + 1) for each in range(20)]
found = [deferred_acceptance(given), deferred_acceptance(given, proposing=Side.PROGRAMMES),
         one_lottery(given), least_ranks(given), with_links(given, links)]
print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


def run(code: str, hash_seed: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONHASHSEED": hash_seed, "OMP_NUM_THREADS": hash_seed},
    )
    return done.stdout.strip()


def test_every_process_answers_the_same() -> None:
    code = CODE.format(root=str(ROOT), src=str(ROOT / "src"))

    answers = [run(code, seed) for seed in ("1", "2")]

    assert len(answers[0]) == 64
    assert answers[0] == answers[1]
