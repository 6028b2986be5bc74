"""A round from its table to what is shown: the one way that it is released, and audited."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from styrfart.climate.actions.releasing.comparing import compare
from styrfart.climate.actions.releasing.nesting import Nesting, nest, places_of
from styrfart.climate.actions.releasing.proving import attack, digest_of
from styrfart.climate.actions.releasing.reckoning import Line, Reckoned, ReleaseIsUnsafe, figures_of
from styrfart.climate.actions.releasing.sheets import Groups, Ints, Sheets, groups_of, sheets_of, texts_of
from styrfart.climate.actions.releasing.together import beside
from styrfart.climate.models import Release, Round
from styrfart.kernel.release import Admission, Rows


@dataclass(frozen=True, eq=False)
class Work:
    """What is shown, and its proof."""

    groups: Groups
    lines: list[Line]
    certificate: dict[str, Any]
    attack: dict[str, Any]
    digest: str


def work_out(of: Round, *, near: Sequence[Round], before: dt.datetime) -> Work:
    """Everything that the round shows, from its counted answers. Raises `ReleaseIsUnsafe`.

    `near`: the rounds that it is held together with. `before`: it is compared with what had been released by
    then, so that it can be worked out again.
    """
    groups = groups_of(of)
    sheets = sheets_of(of, groups.place)
    reckoned = reckon(of, groups, sheets, at=groups.place, beside=beside(of, groups, sheets, near))
    compare(of, groups, reckoned, before=before)
    reached = attack(groups, reckoned.nesting, reckoned.systems)
    if reached["leaks"]:
        raise ReleaseIsUnsafe
    return Work(
        groups, reckoned.lines, reckoned.certificate, reached, digest_of(reckoned.lines, groups)
    )  # fmt: skip


def work_out_again(release: Release) -> Work:
    """The same of what is kept after a release: answers by row (`gathering`). Raises as `work_out`, and
    `RowsAreOthers`.
    """
    of = release.round
    groups = groups_of(of)
    kept = nest(places_of(release, groups), groups.parent)
    # Rows are written in the order of the kernel.
    pks = list(release.rows.order_by("position").values_list("pk", flat=True))
    order = np.argsort(np.argsort(np.array(pks, dtype=np.int64)))
    rows = _rows_as_groups(groups, kept, order)
    at = _at(groups, kept, order)
    reckoned = reckon(of, rows, sheets_of(of, at), at=at, order=order)
    reached = attack(rows, reckoned.nesting, reckoned.systems)
    for line, place in zip(reckoned.lines, kept.places, strict=True):
        line.place = place
    reckoned = replace(reckoned, nesting=kept)
    compare(of, groups, reckoned, before=release.made_at)
    return Work(groups, reckoned.lines, reckoned.certificate, reached, digest_of(reckoned.lines, groups))


def _rows_as_groups(groups: Groups, kept: Nesting, order: Ints) -> Groups:
    """The rows as if each were a group, by the kernel's numbers."""
    size = order.size
    parent = np.full(size, -1, dtype=np.int64)
    parent[order] = np.where(kept.above >= 0, order[kept.above], -1)
    inside = kept.home >= 0
    invited = np.array(groups.invited, dtype=np.int64)[inside]
    own = np.bincount(order[kept.home[inside]], weights=invited, minlength=size).astype(np.int64)
    nobody = (None,) * size
    return Groups(tuple(range(size)), tuple(parent.tolist()), nobody, nobody, tuple(own.tolist()))


def _at(groups: Groups, kept: Nesting, order: Ints) -> dict[int, int]:
    """The kernel's number of the row that each group's own people are in."""
    home = zip(groups.pk, kept.home.tolist(), strict=True)
    return {pk: int(order[row]) for pk, row in home if row >= 0}


def reckon(
    of: Round,
    groups: Groups,
    sheets: Sheets,
    *,
    at: dict[int, int],
    order: Ints | None = None,
    beside: Callable[[Rows], Admission] | None = None,
) -> Reckoned:
    """Rows and figures, without comparisons. `at`: the place among `groups` of each stored group."""
    return figures_of(
        of.asked,
        groups,
        sheets,
        least=of.least,
        least_text=of.least_text,
        written=texts_of(of, at),
        questions=len(of.text_questions),
        seed=str(of.pk),
        order=order,
        beside=beside,
    )


def stored_digest(release: Release) -> str:
    """The digest of the rows as they stand in the database now."""
    groups = groups_of(release.round)
    nesting = nest(places_of(release, groups), groups.parent)
    stored = release.rows.order_by("position").values_list(
        "invited", "answered", "figures", "items", "texts", "changes", "beside"
    )
    return digest_of(
        (Line(place, *row) for place, row in zip(nesting.places, stored.iterator(500), strict=True)),
        groups,
    )
