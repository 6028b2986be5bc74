"""What a Python of its own says: the same, whatever the seed of its hashes and the number of its threads."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


def in_any_process(code: str) -> str:
    """What the code prints in processes that order sets and share out sums each in a way of its own."""
    said = {_printed(code, hash_seed="0", threads="1"), _printed(code, hash_seed="4711", threads="2")}
    assert len(said) == 1, f"each process says something else: {said}"
    return said.pop().strip()


def _printed(code: str, *, hash_seed: str, threads: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env={
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "PYTHONHASHSEED": hash_seed,
            **dict.fromkeys(THREADS, threads),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout
