"""Instruments: which questions are asked, on which scale, by whose leave. One file for each, versioned.

A file is data: `<key>.toml` beside this one, read once. What may be in it is checked when it is read, and a
text without a licence is refused (`Licence`). A round keeps its own copy of what it asked.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from styrfart.climate.instruments.values import (
    LANGUAGES,
    Answering,
    Instrument,
    InstrumentError,
    Item,
    Licence,
    SubIndex,
    Words,
    instrument_of,
    plain,
)

HERE = Path(__file__).parent

__all__ = [
    "LANGUAGES",
    "Answering",
    "Instrument",
    "InstrumentError",
    "Item",
    "Licence",
    "SubIndex",
    "Words",
    "instrument_of",
    "plain",
    "shipped",
]


@cache
def shipped() -> dict[str, Instrument]:
    """The instruments that come with the product, by key, in the order of their files' names."""
    found: dict[str, Instrument] = {}
    for file in sorted(HERE.glob("*.toml")):
        with file.open("rb") as content:
            data: dict[str, Any] = tomllib.load(content)
        instrument = instrument_of(data)
        if instrument.key != file.stem:
            raise InstrumentError(f"{file.name} holds the instrument {instrument.key!r}")
        found[instrument.key] = instrument
    return found
