"""What goes into an index and what comes out of a search."""

from dataclasses import dataclass
from enum import Enum

Id = int | str


class Everyone(Enum):
    """The value to pass as `allowed` when the reader may see every document."""

    ALL = "all"


ALL = Everyone.ALL


@dataclass(frozen=True, slots=True)
class Document:
    """A text that can be found: its id, its words and, if somebody has settled it, the label it was given."""

    id: Id
    text: str
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Remove:
    """The change that takes a document out of the index."""

    id: Id


@dataclass(frozen=True, slots=True)
class Weights:
    """How texts are compared.

    `stems` is the weight of the stemmed words, the rest is the weight of four letters in a row. `k1` and
    `b` are BM25's (Robertson & Zaragoza 2009, "The Probabilistic Relevance Framework"), at their usual
    values; `b` is how much long documents are held back, 0 to 1. `heard` is what is listened to, for speed:
    the rarest words and letters of the query that together carry this share of its weight. The rest stands
    in almost every document.
    """

    stems: float = 0.25
    k1: float = 1.2
    b: float = 0.75
    heard: float = 0.95


USUAL = Weights()


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that is like the query.

    `similarity` is 0 to 1: how much of what the query says, rare words counting most, the document says
    too. A document with the query's own words has 1.
    """

    id: Id
    similarity: float
    label: str | None
