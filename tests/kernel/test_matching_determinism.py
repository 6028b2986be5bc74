"""The same answer in every process, and nothing heavy for who only needs the names."""

from tests.kernel.processes import in_any_process

CODE = """
import hashlib
from styrfart.kernel.matching import (
    Side, deferred_acceptance, least_ranks, lottery, market, one_lottery, together, with_links)
import numpy as np
rng = np.random.default_rng(5)
people = [f"person {each}" for each in range(300)]
lists = [rng.permutation(25)[:6].tolist() for _ in people]
given = market(lists, [9] * 25, draw=lottery("seed", people).order,
               departments=rng.integers(6, size=300).tolist(), ceilings=[3] * 25)
links = [together(given, 2 * each, 2 * each + 1) for each in range(20)]
found = [deferred_acceptance(given), deferred_acceptance(given, proposing=Side.PROGRAMMES),
         one_lottery(given), least_ranks(given), with_links(given, links)]
print(hashlib.sha256(repr(found).encode()).hexdigest())
"""


def test_every_process_answers_the_same() -> None:
    assert len(in_any_process(CODE)) == 64
