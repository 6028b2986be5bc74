"""What was done with matters like this one, and when that says nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from styrfart.kernel.errors import KernelError
from styrfart.kernel.similarity.documents import Hit


class Silence(StrEnum):
    """Why history suggests nothing."""

    FEW_LABELS = "few_labels"
    """Too few matters have been settled for any pattern to mean something."""
    NOTHING_ALIKE = "nothing_alike"
    """No settled matter is like this one."""
    FEW_ALIKE = "few_alike"
    """Some are, but too few."""
    DISAGREEMENT = "disagreement"
    """They went different ways."""


@dataclass(frozen=True, slots=True)
class Caution:
    """How much history is demanded before it may speak.

    `labels`: settled matters that the reader may see in all; `alike`: how many of them must be like this
    one; `likeness`: from which similarity a matter counts as alike (texts of different subjects reach 0.15
    once in a hundred); `agreement`: the share of those, weighted by similarity, that must have gone the
    same way; `most`: how many of the nearest are asked.
    """

    labels: int = 200
    alike: int = 3
    likeness: float = 0.2
    agreement: float = 0.75
    most: int = 10


CAUTIOUS = Caution()


@dataclass(frozen=True, slots=True)
class History:
    """What history says: a `label` with the share that agrees, or None with the reason for its silence.

    `evidence` are the settled matters that were asked, nearest first; show the first three. `share` is 0 to
    1 and is that of the commonest label even when too small; 0 when nobody was asked.
    """

    label: str | None
    share: float
    evidence: tuple[Hit, ...]
    silence: Silence | None


def route_from_history(neighbours: Sequence[Hit], *, labelled: int, caution: Caution = CAUTIOUS) -> History:
    """The way that matters like this one went, or silence.

    `neighbours` come from `Index.search` (ask for some more than `caution.most`, as those without a label
    are passed over); `labelled` from `Index.labelled` with the same permissions. The vote is weighted by
    similarity. Rules of the mandate always go before history. Raises `KernelError` when `labelled` is
    negative.
    """
    if labelled < 0:
        raise KernelError(f"labelled is {labelled}: it counts settled matters.")
    alike = sorted(
        (hit for hit in neighbours if hit.label is not None and hit.similarity >= caution.likeness),
        key=lambda hit: -hit.similarity,
    )
    evidence = tuple(alike[: caution.most])
    votes: dict[str, float] = {}
    for hit in evidence:
        votes[hit.label or ""] = votes.get(hit.label or "", 0.0) + hit.similarity
    whole = sum(votes.values())
    label, most = max(votes.items(), key=lambda vote: (vote[1], vote[0]), default=("", 0.0))
    share = most / whole if whole else 0.0
    silence = _silence(len(evidence), share, labelled, caution)
    return History(label if silence is None else None, share, evidence, silence)


def _silence(alike: int, share: float, labelled: int, caution: Caution) -> Silence | None:
    if labelled < caution.labels:
        return Silence.FEW_LABELS
    if not alike:
        return Silence.NOTHING_ALIKE
    if alike < caution.alike:
        return Silence.FEW_ALIKE
    return Silence.DISAGREEMENT if share < caution.agreement else None
