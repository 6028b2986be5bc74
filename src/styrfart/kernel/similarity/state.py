"""An index as bytes, so that one process builds it and the others read it in a tenth of the time.

The bytes hold the index's ids, labels and the letters of its texts. They are to be guarded as the texts are.
Nothing in them is ever executed.
"""

import json
import struct
import zlib
from dataclasses import asdict, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.similarity.documents import Weights
from styrfart.kernel.similarity.index import Index
from styrfart.kernel.similarity.postings import Entries, Postings

_MAGIC = b"SFSI\x01"
"""Who wrote it, and which form: raised when features, stems or this layout change."""
_QUICK = 1


def to_bytes(index: Index) -> bytes:
    """The index, compacted and compressed: about 1 kB a matter of 80 words."""
    small = index.compacted()
    about = json.dumps(
        {"ids": small.ids, "labels": small.labels, "mark": small.mark, "weights": asdict(small.weights)}
    ).encode()
    parts = [struct.pack("<I", len(about)), about]
    for postings, lengths in ((small.stems, small.stem_lengths), (small.letters, small.letter_lengths)):
        arrays: tuple[NDArray[np.generic], ...] = (
            _steps(postings.keys),
            np.diff(postings.starts).astype(np.uint32),
            _steps(postings.rows),
            postings.counts,
            lengths.astype(np.uint32),
        )
        for array in arrays:
            parts += [struct.pack("<I", array.size), array.astype(array.dtype.newbyteorder("<")).tobytes()]
    return _MAGIC + zlib.compress(b"".join(parts), _QUICK)


def from_bytes(data: bytes) -> Index:
    """The index that `to_bytes` wrote; it answers every search alike.

    Raises `KernelError` when the bytes are of another version, cut off or changed: build the index anew then.
    """
    if not data.startswith(_MAGIC):
        raise KernelError("These bytes are no index of this version.")
    try:
        return _read(_Reader(zlib.decompress(data[len(_MAGIC) :])))
    except (zlib.error, struct.error, ValueError, KeyError, TypeError, IndexError) as error:
        raise KernelError("These bytes are a damaged index.") from error


class _Reader:
    """Reads arrays one after the other."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> bytes:
        part = self.data[self.at : self.at + size]
        if len(part) != size:
            raise ValueError("cut off")
        self.at += size
        return part

    def size(self) -> int:
        return int(struct.unpack("<I", self.take(4))[0])

    def array(self, width: int) -> NDArray[np.uint32]:
        count = self.size()
        return np.frombuffer(self.take(count * width), f"<u{width}").astype(f"u{width}")


def _read(reader: _Reader) -> Index:
    about = json.loads(reader.take(reader.size()))
    ids, labels = tuple(about["ids"]), tuple(about["labels"])
    stems, stem_lengths = _postings(reader, len(ids))
    letters, letter_lengths = _postings(reader, len(ids))
    if len(labels) != len(ids) or len(set(ids)) != len(ids) or reader.at != len(reader.data):
        raise ValueError("ids, labels and entries do not agree")
    return replace(
        Index.empty(weights=Weights(**about["weights"]), mark=int(about["mark"])),
        ids=ids,
        labels=labels,
        row_of=MappingProxyType({id_: row for row, id_ in enumerate(ids)}),
        alive=np.ones(len(ids), np.bool_),
        stems=stems,
        letters=letters,
        stem_lengths=stem_lengths,
        letter_lengths=letter_lengths,
    )


def _postings(reader: _Reader, documents: int) -> tuple[Postings, NDArray[np.int64]]:
    keys = _sums(reader.array(4))
    lengths = reader.array(4).astype(np.int64)
    rows = _sums(reader.array(4))
    counts = reader.array(1).astype(np.uint8)
    sizes = reader.array(4).astype(np.int64)
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths)))
    whole = lengths.size == keys.size and starts[-1] == rows.size == counts.size and sizes.size == documents
    if not whole or (rows.size and rows.max() >= documents) or (keys[1:] <= keys[:-1]).any():
        raise ValueError("entries do not fit the documents")
    return Postings(keys, starts, rows, counts, Entries.none()), sizes


def _steps(ascending: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Differences, which compress well; they wrap around, and `_sums` wraps back."""
    return np.diff(ascending, prepend=np.uint32(0)).astype(np.uint32)


def _sums(steps: NDArray[np.uint32]) -> NDArray[np.uint32]:
    return np.cumsum(steps, dtype=np.uint32)
