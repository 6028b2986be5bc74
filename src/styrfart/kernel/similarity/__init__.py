"""Which earlier matters are like this one, and what was done with them.

Stemmed BM25 fused with BM25 over four letters in a row. This package imports NumPy: a web worker imports it
in the function that searches, not at its start.

How several processes keep in step over one database: each holds an `Index` whose `mark` is the highest
change number it has read; before a search it asks the database for changes after that number and calls
`index.apply(changes, mark=…)`; a job stores `to_bytes(index)` now and then, so that a new process begins
there.
"""

from styrfart.kernel.similarity.documents import ALL, Document, Everyone, Hit, Id, Remove, Weights
from styrfart.kernel.similarity.history import Caution, History, Silence, route_from_history
from styrfart.kernel.similarity.index import Allowed, Index
from styrfart.kernel.similarity.state import from_bytes, to_bytes

__all__ = [
    "ALL",
    "Allowed",
    "Caution",
    "Document",
    "Everyone",
    "History",
    "Hit",
    "Id",
    "Index",
    "Remove",
    "Silence",
    "Weights",
    "from_bytes",
    "route_from_history",
    "to_bytes",
]
