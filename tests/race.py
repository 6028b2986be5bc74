"""Several deeds at the same moment. Used by code that runs in an installation of its own: locks are real."""

import threading
from collections.abc import Callable

from django.db import connections

LONGEST_WAIT = 120  # seconds


def race(
    deeds: list[Callable[[], object]], *, refusals: tuple[type[Exception], ...]
) -> tuple[int, int, list[str]]:
    """How many were done, how many were refused (by one of `refusals`), and what went wrong otherwise."""
    start = threading.Barrier(len(deeds))
    won: list[int] = []
    lost: list[int] = []
    failures: list[str] = []

    def run(number: int, deed: Callable[[], object]) -> None:
        try:
            start.wait(timeout=30)
            deed()
            won.append(number)
        except refusals:
            lost.append(number)
        except Exception as error:  # noqa: BLE001  # whatever it is, the test is to say it
            failures.append(repr(error))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONGEST_WAIT)
    return len(won), len(lost), failures
