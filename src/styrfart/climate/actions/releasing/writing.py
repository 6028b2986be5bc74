"""Writing a release: once, under lock, for everybody at the same time."""

import datetime as dt
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from styrfart.climate.actions.releasing.gathering import gather
from styrfart.climate.actions.telling import tell_released
from styrfart.climate.models import Release, Round, RoundKind, RoundState, Row
from styrfart.climate.models.rounds import thresholds
from styrfart.climate.queries.near_pulses import pulses_near
from styrfart.shared import audit

if TYPE_CHECKING:
    from styrfart.climate.actions.releasing.nesting import Nesting
    from styrfart.climate.actions.releasing.working import Work

BATCH = 500


class NotCounted(Exception):
    """The round has not been closed and counted: nothing can be shown of it."""


def release_round(*, round_id: int) -> Release:
    """Work out what may be shown of a counted round, write it, and tell everybody. Once: again is nothing.

    Counted answers never change, so they are worked out before the round is locked: nobody else waits for
    it, and of two workers the second finds the first one's release. Where a pulse that it is held together
    with is shown meanwhile, it is worked out anew. Raises `NotCounted`, and `ReleaseIsUnsafe` when a proof
    does not hold; then nothing is written.
    """
    from styrfart.climate.actions.releasing.working import work_out  # noqa: PLC0415  # numpy, only where it is used

    of = Round.objects.get(pk=round_id)
    done = Release.objects.filter(round=of).first()
    if done:
        return done
    if of.state != RoundState.CLOSED or of.counted_at is None:
        raise NotCounted
    limits = _limits(of)
    of.least, of.least_text = limits
    while not done:
        now = timezone.now()
        near = _shown(pulses_near(of, of.asked))
        done = _write(of, work_out(of, near=near, before=now), now, near)
    return done


def _shown(rounds: list[Round]) -> list[Round]:
    return [each for each in rounds if each.state == RoundState.RELEASED]


def _limits(of: Round) -> tuple[int, int]:
    """What was promised at the launch, or what the installation has raised it to since. A 360 has its own."""
    least, least_text = thresholds()
    if of.kind == RoundKind.REVIEW:
        least = of.least
    return max(of.least, least), max(of.least_text, least_text)


@transaction.atomic
def _write(worked: Round, work: "Work", now: dt.datetime, near: list[Round]) -> Release | None:
    """The release; None when another that it is held together with has been written since."""
    # All that are near are locked, in one order: of two that are shown at once the second sees the first.
    all_of_them = [worked.pk, *(each.pk for each in pulses_near(worked, worked.asked))]
    locked = list(Round.objects.select_for_update(of=("self",)).filter(pk__in=all_of_them).order_by("pk"))
    of = next(each for each in locked if each.pk == worked.pk)
    done = Release.objects.filter(round=of).first()
    if done:
        return done
    if of.state != RoundState.CLOSED:
        raise NotCounted
    if _shown([each for each in locked if each != of]) != near:
        return None
    limits = (worked.least, worked.least_text)
    nesting = _nesting(work)
    top = [line for line, over in zip(work.lines, nesting.above.tolist(), strict=True) if over < 0]
    made = Release.objects.create(
        round=of,
        made_at=now,
        least=limits[0],
        least_text=limits[1],
        invited=sum(work.groups.invited),
        answered=sum(line.answered for line in top) if top else None,
        certificate=work.certificate,
        attack=work.attack,
        digest=work.digest,
    )
    _write_rows(made, work)
    gather(of, work.groups.pk, nesting.home.tolist())
    of.state = RoundState.RELEASED
    of.released_at = now
    raised = {} if of.least == limits[0] else {"least": [of.least, limits[0]]}
    of.least, of.least_text = limits
    of.revision += 1
    of.save(update_fields=["state", "released_at", "least", "least_text", "revision"])
    tell_released(of)
    audit.record("climate.release_round", of, actor=None, detail={"digest": work.digest} | raised)
    return made


def _nesting(work: "Work") -> "Nesting":
    from styrfart.climate.actions.releasing.nesting import nest  # noqa: PLC0415  # numpy, only where it is used

    return nest([line.place for line in work.lines], work.groups.parent)


def _write_rows(made: Release, work: "Work") -> None:
    pk = work.groups.pk
    # In the order of the kernel, by which it decides between equals: an audit follows it.
    lines = sorted(enumerate(work.lines), key=lambda each: each[1].number)
    rows = Row.objects.bulk_create(
        (
            Row(
                release=made,
                position=position,
                group_id=None if line.place.group is None else pk[line.place.group],
                parent_id=None if line.place.parent is None else pk[line.place.parent],
                has_own=line.place.has_own,
                invited=line.invited,
                answered=line.answered,
                figures=line.figures,
                items=line.items,
                changes=line.changes,
                beside=line.beside,
                texts=line.texts,
            )
            for position, line in lines
        ),
        batch_size=BATCH,
    )
    through = Row.members.through
    through._default_manager.bulk_create(
        (
            through(row_id=row.pk, group_id=pk[member])
            for row, (_position, line) in zip(rows, lines, strict=True)
            for member in line.place.members
        ),
        batch_size=BATCH,
    )
