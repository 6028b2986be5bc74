"""The weights that the desk reads are those that the script learns."""

import subprocess
import sys
from pathlib import Path

from styrfart.kernel.triage import weights_from
from styrfart.matters.triage import weights

ROOT = Path(__file__).resolve().parents[2]
TRAINED = """
import sys
from tools.triage import train
sys.stdout.buffer.write(train.weights())
"""


def test_the_committed_weights_are_what_the_script_learns() -> None:
    """When this fails: `python -m tools.triage.train` (texts, subjects or rules have changed since)."""
    made = subprocess.run([sys.executable, "-c", TRAINED], cwd=ROOT, check=True, capture_output=True).stdout
    learned, committed = weights_from(made), weights()

    assert learned.classes == committed.classes
    both = learned.rows.keys() & committed.rows.keys()
    # Rounding may fall the other way on another processor: by one unit, and for what is hardly worth keeping.
    assert len(both) > 0.99 * max(len(learned.rows), len(committed.rows))
    assert (
        max(
            min((one - other) % 256, (other - one) % 256)
            for name in both
            for one, other in zip(learned.rows[name], committed.rows[name], strict=True)
        )
        <= 1
    )


def test_they_are_read_once_a_process() -> None:
    assert weights() is weights()
