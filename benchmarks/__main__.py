"""The kernel's benchmarks, one after the other, each in a process of its own: `make bench`.

    python -m benchmarks [NAME ...]

Each prints its reference, ours and the ratio; the last line names those that miss a limit.
"""

import subprocess
import sys

KERNEL = (
    "release",
    "groups",
    "matching",
    "effects",
    "charts",
    "evidence",
    "load",
    "forecast",
    "cooperation",
    "indices",
)


def main() -> int:
    missed = [
        name
        for name in sys.argv[1:] or KERNEL
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode
    ]
    print("\nEvery limit is met." if not missed else f"\nA limit is missed in: {', '.join(missed)}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
