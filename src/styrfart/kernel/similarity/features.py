"""What two texts are compared by: the stems of their words, and every four letters in a row.

Function words count as stems only. Swedish writes compounds as one word, so that "sommarbemanningen" and
"bemanningsplan" share no stem but many letters. Four letters measured as well as three to five together
(see tests/kernel/test_similarity_swefaq.py) and need a third of the memory.
"""

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from styrfart.kernel import swedish
from styrfart.kernel.similarity.postings import Counts, Entries, Keys, Rows

LETTERS = 4
MOST_TEXT = 20_000
"""Characters of a document that are read; the rest of a longer one is left out."""
_SPACE = 32
_AT_ONCE = 256


@dataclass(frozen=True, slots=True, eq=False)
class Features:
    """The entries of a batch of texts (row = place in the batch) and their lengths in features."""

    stems: Entries
    letters: Entries
    stem_lengths: NDArray[np.int64]
    letter_lengths: NDArray[np.int64]


def features(texts: Sequence[str]) -> Features:
    """Stems and letters of each text.

    Stems are numbered by CRC-32 (two stems in a city's vocabulary meet about once; harmless). Four letters
    are packed as four bytes, exact for Latin letters; a word counts with the space before and after it.
    """
    batches = [_batch(texts[start : start + _AT_ONCE], start) for start in range(0, len(texts), _AT_ONCE)]
    return Features(
        _joined([batch.stems for batch in batches]),
        _joined([batch.letters for batch in batches]),
        np.concatenate([np.empty(0, np.int64), *(batch.stem_lengths for batch in batches)]),
        np.concatenate([np.empty(0, np.int64), *(batch.letter_lengths for batch in batches)]),
    )


def _batch(texts: Sequence[str], first_row: int) -> Features:
    found = [swedish.words(text, MOST_TEXT) for text in texts]
    stems = np.fromiter((_number(word) for words in found for word in words), np.uint32)
    stem_rows = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(words) for words in found])
    keys, rows = _windows([[word for word in words if word not in swedish.FUNCTION_WORDS] for words in found])
    return Features(
        _counted(stems, stem_rows, first_row),
        _counted(keys, rows, first_row),
        np.bincount(stem_rows.astype(np.int64), minlength=len(texts)),
        np.bincount(rows.astype(np.int64), minlength=len(texts)),
    )


@functools.lru_cache(maxsize=1 << 17)
def _number(word: str) -> int:
    return crc32(swedish.stem(word).encode("utf-8", "surrogatepass"))


def _windows(found: Sequence[Sequence[str]]) -> tuple[Keys, NDArray[np.uint64]]:
    """Every four letters in a row within " word ", packed, and the text that each stands in."""
    # Two spaces between texts: no window can hold words of two texts without a space inside it.
    lines = [f" {' '.join(words)} " for words in found]
    letters = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), np.uint32)
    if letters.size < LETTERS:
        return np.empty(0, np.uint32), np.empty(0, np.uint64)
    rows = np.repeat(np.arange(len(lines), dtype=np.uint64), [len(line) for line in lines])
    small = np.where(letters < 256, letters, 128 + letters % 128).astype(np.uint32)
    inside = small != _SPACE
    last = letters.size - LETTERS + 1
    packed = (small[:last] << 24) | (small[1 : last + 1] << 16) | (small[2 : last + 2] << 8) | small[3:]
    whole = inside[1 : last + 1] & inside[2 : last + 2]
    return packed[whole], rows[1 : last + 1][whole]


def _counted(keys: Keys, rows: NDArray[np.uint64], first_row: int) -> Entries:
    """One entry for each distinct pair of row and key, with how often it stood there."""
    pairs, counts = np.unique((rows << np.uint64(32)) | keys, return_counts=True)
    return Entries(
        (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        (pairs >> np.uint64(32)).astype(np.uint32) + np.uint32(first_row),
        np.minimum(counts, 255).astype(np.uint8),
    )


def _joined(parts: Sequence[Entries]) -> Entries:
    none = Entries.none()
    keys: list[Keys] = [none.keys, *(part.keys for part in parts)]
    rows: list[Rows] = [none.rows, *(part.rows for part in parts)]
    counts: list[Counts] = [none.counts, *(part.counts for part in parts)]
    return Entries(np.concatenate(keys), np.concatenate(rows), np.concatenate(counts))
