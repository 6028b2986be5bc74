"""A round from its table to what is shown: the one way that it is released, and audited."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from styrfart.climate.actions.releasing.comparing import compare
from styrfart.climate.actions.releasing.nesting import nest, places_of
from styrfart.climate.actions.releasing.proving import attack, digest_of
from styrfart.climate.actions.releasing.reckoning import Line, Reckoned, ReleaseIsUnsafe, figures_of
from styrfart.climate.actions.releasing.sheets import Groups, groups_of, sheets_of, texts_of
from styrfart.climate.models import Release, Round


@dataclass(frozen=True, eq=False)
class Work:
    """What is shown, and its proof."""

    groups: Groups
    lines: list[Line]
    certificate: dict[str, Any]
    attack: dict[str, Any]
    digest: str


def work_out(of: Round, *, before: dt.datetime) -> Work:
    """Everything that the round shows, from its counted answers. Raises `ReleaseIsUnsafe`.

    `before`: it is compared with what had been released by then, so that it can be worked out again.
    """
    groups = groups_of(of)
    reckoned = reckon(of, groups)
    compare(of, groups, reckoned, before=before)
    reached = attack(groups, reckoned.nesting, reckoned.systems)
    if reached["leaks"]:
        raise ReleaseIsUnsafe
    return Work(
        groups, reckoned.lines, reckoned.certificate, reached, digest_of(reckoned.lines, groups)
    )  # fmt: skip


def reckon(of: Round, groups: Groups) -> Reckoned:
    """Rows and figures, without comparisons."""
    return figures_of(
        of.asked,
        groups,
        sheets_of(of, groups),
        least=of.least,
        least_text=of.least_text,
        written=texts_of(of, groups),
        questions=len(of.text_questions),
        seed=str(of.pk),
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
