"""Attacks on an installation: what somebody with the whole database, its files and its logs could work out.

Run by `styrfart attack-climate`. Every attack looks at the real tables and files, not at the code's own idea
of them, and changes nothing. It knows the rules and everything that has been shown; while a round is open it
is even given the round's key, to know what to look for.
"""

from collections.abc import Iterable
from pathlib import Path

from styrfart.climate.attacks.figures import figures_cannot_be_taken_apart, what_is_hidden_is_nowhere
from styrfart.climate.attacks.files import keys_are_where_they_should_be
from styrfart.climate.attacks.findings import Finding
from styrfart.climate.attacks.links import no_link_is_written_anywhere
from styrfart.climate.attacks.order import answers_have_no_order, used_links_have_no_order
from styrfart.climate.attacks.pulses import pulses_cannot_be_taken_apart_together
from styrfart.climate.attacks.schema import tables_have_no_column_too_many

__all__ = ["Finding", "attack"]


def attack(logs: Iterable[Path] = ()) -> list[Finding]:
    """Every attack, and what came of it. `logs`: log files to search for links as well."""
    return [
        *tables_have_no_column_too_many(),
        *answers_have_no_order(),
        *used_links_have_no_order(),
        *no_link_is_written_anywhere(logs),
        *keys_are_where_they_should_be(),
        *figures_cannot_be_taken_apart(),
        *what_is_hidden_is_nowhere(),
        *pulses_cannot_be_taken_apart_together(),
    ]
