"""The index of earlier texts: an unchanging value, from which `apply` makes the next one."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from styrfart.kernel.errors import KernelError
from styrfart.kernel.similarity.documents import ALL, USUAL, Document, Everyone, Hit, Id, Remove, Weights
from styrfart.kernel.similarity.features import features
from styrfart.kernel.similarity.postings import MOST_ROWS, Flags, Floats, Postings
from styrfart.kernel.similarity.scoring import scores


@dataclass(frozen=True, slots=True, eq=False)
class Allowed:
    """The documents that one reader may see, ready for many searches of one index. Made by `Index.allow`."""

    rows: Flags
    index: object = field(repr=False)


@dataclass(frozen=True, slots=True, eq=False)
class Index:
    """Texts that can be searched by likeness. Begin with `Index.empty()` or `Index.of(documents)`.

    An index never changes: `apply` returns a new one that shares most of its memory, so a web worker may
    search one in several threads and exchange it for the next in one assignment. `mark` is the caller's own
    number for how far it has read (the highest change number applied), and is kept by `to_bytes`.

    What a search may say is decided before anything is ranked: documents outside `allowed` affect neither
    scores nor the weight of words. Document frequencies, the number of documents and their mean length are
    counted over the readable documents of that search, so the answer is exactly, to the last bit, that of
    an index which holds them alone. Nobody can learn from a score that a word occurs in a text they may not
    read.

    Memory is about 6 bytes for each distinct four letters of each document: 3 kB a matter of 80 words.
    """

    ids: tuple[Id | None, ...]
    """The document of each row; None where it was removed or replaced."""
    labels: tuple[str | None, ...]
    row_of: Mapping[Id, int]
    alive: Flags
    stems: Postings
    letters: Postings
    stem_lengths: NDArray[np.int64]
    letter_lengths: NDArray[np.int64]
    mark: int = 0
    weights: Weights = USUAL

    @classmethod
    def empty(cls, *, weights: Weights = USUAL, mark: int = 0) -> "Index":
        """An index without documents."""
        none = np.empty(0, np.int64)
        return cls(
            (), (), MappingProxyType({}), np.empty(0, np.bool_), Postings.none(), Postings.none(),
            none, none, mark, weights,
        )  # fmt: skip

    @classmethod
    def of(cls, documents: Iterable[Document], *, weights: Weights = USUAL, mark: int = 0) -> "Index":
        """An index of these documents. A later document replaces an earlier one with the same id."""
        return cls.empty(weights=weights, mark=mark).apply(documents)

    def __len__(self) -> int:
        return len(self.row_of)

    def __contains__(self, id_: object) -> bool:
        return id_ in self.row_of

    def labelled(self, allowed: "Collection[Id] | Allowed | Everyone") -> int:
        """How many of the documents that the reader may see have a label."""
        rows = np.flatnonzero(self._readable(allowed))
        return sum(self.labels[row] is not None for row in rows.tolist())

    def apply(self, changes: Iterable[Document | Remove], *, mark: int | None = None) -> "Index":
        """The index after the changes, in order; a document with a known id replaces the earlier one.

        Removing what is not there changes nothing, so that changes may be applied twice. Raises `KernelError`
        when `mark` goes backwards.
        """
        if mark is not None and mark < self.mark:
            raise KernelError(f"The mark {mark} is lower than {self.mark}: changes are applied in order.")
        last: dict[Id, Document | Remove] = {}
        for change in changes:
            last.pop(change.id, None)
            last[change.id] = change
        gone = [row for id_ in last if (row := self.row_of.get(id_)) is not None]
        new = [change for change in last.values() if isinstance(change, Document)]
        changed = _with(_without(self, gone), new)
        return changed if mark is None else replace(changed, mark=mark)

    def compacted(self) -> "Index":
        """The same documents without the rows of removed ones and in one level: smallest and fastest.

        `apply` does it by itself when more than a quarter of the rows are dead; a job may do it before
        `to_bytes`.
        """
        kept = np.flatnonzero(self.alive).tolist()
        ids = tuple(self.ids[row] for row in kept)
        return replace(
            self,
            ids=ids,
            labels=tuple(self.labels[row] for row in kept),
            row_of=MappingProxyType({id_: row for row, id_ in enumerate(ids) if id_ is not None}),
            alive=np.ones(len(kept), np.bool_),
            stems=self.stems.keeping(self.alive),
            letters=self.letters.keeping(self.alive),
            stem_lengths=self.stem_lengths[self.alive],
            letter_lengths=self.letter_lengths[self.alive],
        )

    def allow(self, ids: Collection[Id]) -> Allowed:
        """The documents with these ids as a value for `search`: worth making when one reader searches often.

        Ids that are not in the index are passed over. Holds for this index only, not for what `apply` makes
        of it.
        """
        rows = np.zeros(len(self.ids), np.bool_)
        rows[[row for id_ in ids if (row := self.row_of.get(id_)) is not None]] = True
        return Allowed(rows, self)

    def search(
        self, query: str, *, allowed: "Collection[Id] | Allowed | Everyone", k: int = 10
    ) -> tuple[Hit, ...]:
        """The at most `k` documents most like `query`, best first, among those that `allowed` lets the
        reader see.

        `allowed` is a collection of ids, what `allow` returned, or `ALL`; it must be said. Documents that
        share nothing with the query are left out. Equal scores come in order of id. Raises `KernelError`
        when `k` is not positive or `allowed` belongs to another index.
        """
        if k < 1:
            raise KernelError(f"k is {k}: at least one document must be asked for.")
        readable = self._readable(allowed)
        asked = features([query])
        weight = self.weights
        by_stems = scores(self.stems, asked.stems, readable, self.stem_lengths, weight, 1)
        by_letters = scores(self.letters, asked.letters, readable, self.letter_lengths, weight, 2)
        score = weight.stems * by_stems + (1 - weight.stems) * by_letters
        return self._best(score, k)

    def _readable(self, allowed: "Collection[Id] | Allowed | Everyone") -> Flags:
        if allowed is ALL:
            return self.alive
        if not isinstance(allowed, Allowed):
            return self.allow(allowed).rows
        if allowed.index is not self:
            raise KernelError(
                "These permissions were made for another state of the index; ask it to allow anew."
            )
        return allowed.rows

    def _best(self, score: Floats, k: int) -> tuple[Hit, ...]:
        rows = np.flatnonzero(score > 0)
        if rows.size > k:
            least = np.partition(score[rows], rows.size - k)[rows.size - k]
            rows = rows[score[rows] >= least]
        found = [
            (-float(score[row]), isinstance(self.ids[row], str), self.ids[row], row) for row in rows.tolist()
        ]
        found.sort(key=lambda hit: hit[:3])
        return tuple(
            Hit(id_, min(1.0, -score), self.labels[row])
            for score, _, id_, row in found[:k]
            if id_ is not None
        )


def _without(index: Index, rows: list[int]) -> Index:
    if not rows:
        return index
    ids, labels, row_of, alive = list(index.ids), list(index.labels), dict(index.row_of), index.alive.copy()
    for row in rows:
        id_ = ids[row]
        if id_ is not None:
            del row_of[id_]
        ids[row], labels[row], alive[row] = None, None, False
    fewer = replace(index, ids=tuple(ids), labels=tuple(labels), row_of=MappingProxyType(row_of), alive=alive)
    return fewer.compacted() if alive.size > 64 and alive.sum() < 0.75 * alive.size else fewer


def _with(index: Index, documents: list[Document]) -> Index:
    if not documents:
        return index
    made = features([document.text for document in documents])
    first = len(index.ids)
    if first + len(documents) > MOST_ROWS:
        raise KernelError(f"An index holds at most {MOST_ROWS} documents.")
    row_of = dict(index.row_of)
    row_of.update((document.id, first + place) for place, document in enumerate(documents))
    return replace(
        index,
        ids=index.ids + tuple(document.id for document in documents),
        labels=index.labels + tuple(document.label for document in documents),
        row_of=MappingProxyType(row_of),
        alive=np.concatenate((index.alive, np.ones(len(documents), np.bool_))),
        stems=index.stems.with_entries(made.stems.from_row(first)),
        letters=index.letters.with_entries(made.letters.from_row(first)),
        stem_lengths=np.concatenate((index.stem_lengths, made.stem_lengths)),
        letter_lengths=np.concatenate((index.letter_lengths, made.letter_lengths)),
    )
