"""Reads the numbers and texts of a Stata file of release 118, for tests against published data.

Only what those files need: header, map, types, names and data; no value labels, no long texts.
"""

import math
import re
import struct
from pathlib import Path

SIZES = {65526: ("d", 8), 65527: ("f", 4), 65528: ("i", 4), 65529: ("h", 2), 65530: ("b", 1)}
# The greatest value that is a number; beyond come the codes for missing.
GREATEST = {"d": 8.98846567431158e307, "f": 1.70141173319e38, "i": 2147483620, "h": 32740, "b": 100}
NAME = 129


def read_stata(path: Path) -> dict[str, list[float] | list[str]]:
    """The columns by name; a missing number is NaN."""
    raw = path.read_bytes()
    head = re.match(rb"<stata_dta><header><release>118</release><byteorder>(LSF|MSF)</byteorder><K>", raw)
    if head is None:
        raise ValueError("not a Stata file of release 118")
    order = "<" if head[1] == b"LSF" else ">"
    columns = struct.unpack_from(order + "H", raw, head.end())[0]
    rows = struct.unpack_from(order + "Q", raw, raw.index(b"<N>") + 3)[0]
    places = struct.unpack_from(order + "14Q", raw, raw.index(b"<map>") + 5)
    types = struct.unpack_from(f"{order}{columns}H", raw, places[2] + len("<variable_types>"))
    first = places[3] + len("<varnames>")
    names = [
        raw[first + NAME * column : first + NAME * (column + 1)].split(b"\0")[0].decode("utf-8")
        for column in range(columns)
    ]
    codes = [SIZES[each][0] if each in SIZES else f"{each}s" for each in types]
    record = struct.Struct(order + "".join(codes))
    data = raw[places[9] + len("<data>") : places[9] + len("<data>") + rows * record.size]
    table = list(record.iter_unpack(data))
    return {
        name: [_read(row[column], codes[column]) for row in table]  # type: ignore[misc]  # a column has one type
        for column, name in enumerate(names)
    }


def _read(value: float | bytes, code: str) -> float | str:
    if isinstance(value, bytes):
        return value.split(b"\0")[0].decode("utf-8")
    return math.nan if value > GREATEST[code] else float(value)
