"""Releasing a round: what may be shown is worked out once, written once, and shown to everybody at once.

Only the process that calculates imports the rest of this package (NumPy and the kernel):

    from styrfart.climate.actions.releasing.reckoning import figures_of  # e.g. for a 360
"""

from styrfart.climate.actions.releasing.checking import Check, check_release, order_check
from styrfart.climate.actions.releasing.writing import NotCounted, release_round

__all__ = ["Check", "NotCounted", "check_release", "order_check", "release_round"]
