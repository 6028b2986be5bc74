"""Planning a round, changing its plan, stopping it, slips of paper."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db import transaction

from styrfart.climate import gate, keys
from styrfart.climate.models import (
    Answer,
    Ballot,
    Comment,
    Group,
    Invitation,
    Round,
    RoundKind,
    RoundState,
    UsedLink,
)
from styrfart.climate.queries.rounds import groups_without_mail
from styrfart.load import actions as load
from styrfart.people.models import Person, Team, Unit
from styrfart.shared import audit

BATCH = 1000
TAKES_SLIPS = (RoundState.LAUNCHING, RoundState.OPEN)


class RoundMovedOn(Exception):
    """Somebody has changed the round, or launched it, since its page was loaded."""


class RoundHasEnded(Exception):
    """The round has been shown or stopped, or takes no more answers."""


class NotInvitedYet(Exception):
    """The job that invites has not done so: who has no address is not known."""


class TooManySlips(Exception):
    """More than people without an address, or new ones when those that were drawn may have been used."""


@dataclass(frozen=True)
class RoundWish:
    """What a round is to be."""

    title: str
    why: str
    instruments: Sequence[str]
    text_questions: Sequence[dict[str, str]]
    languages: Sequence[str]
    opens_on: dt.date
    closes_on: dt.date
    report_on: dt.date
    reminds_on: dt.date | None
    units: Sequence[Unit] = field(default=())
    teams: Sequence[Team] = field(default=())

    @property
    def fields(self) -> dict[str, object]:
        """As the row has them; units and teams are set beside it."""
        return {
            "title": self.title,
            "why": self.why,
            "instruments": list(self.instruments),
            "text_questions": list(self.text_questions),
            "languages": list(self.languages),
            "opens_on": self.opens_on,
            "closes_on": self.closes_on,
            "report_on": self.report_on,
            "reminds_on": self.reminds_on,
        }


@transaction.atomic
def plan_round(*, wish: RoundWish, actor: Person) -> Round:
    """Write a draft of a pulse; in the log. Nobody is told."""
    made = Round.objects.create(kind=RoundKind.PULSE, owner=actor, **wish.fields)
    made.units.set(wish.units)
    made.teams.set(wish.teams)
    audit.record("climate.plan_round", made, actor=actor)
    return made


@transaction.atomic
def change_round(*, round: Round, revision: int, wish: RoundWish, actor: Person) -> Round:  # noqa: A002  # what it is called everywhere
    """Let a draft be something else; in the log. Raises `RoundMovedOn`."""
    asked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if asked.state != RoundState.DRAFT or asked.revision != revision:
        raise RoundMovedOn
    for name, value in wish.fields.items():
        setattr(asked, name, value)
    asked.revision += 1
    asked.save(update_fields=[*wish.fields, "revision"])
    asked.units.set(wish.units)
    asked.teams.set(wish.teams)
    audit.record("climate.change_round", asked, actor=actor)
    return asked


@transaction.atomic
def stop_round(*, round: Round, revision: int, actor: Person) -> None:  # noqa: A002  # what it is called everywhere
    """Stop the round before it is shown and destroy every answer, link and key; a draft is thrown away whole.

    In the log, and gone from the load calendar. Raises `RoundMovedOn`, `RoundHasEnded`.
    """
    gate.shut(round.pk)
    asked = Round.objects.select_for_update(of=("self",)).filter(pk=round.pk).first()
    if asked is None or asked.state in {RoundState.RELEASED, RoundState.STOPPED}:
        raise RoundHasEnded
    if asked.revision != revision:
        raise RoundMovedOn
    audit.record("climate.stop_round", asked, actor=actor)
    if asked.state == RoundState.DRAFT:
        asked.delete()
        return
    for rows in (Ballot, UsedLink, Comment):
        rows._default_manager.filter(round=asked).delete()
    Answer.objects.filter(group__round=asked).delete()
    Invitation.objects.filter(round=asked).delete()
    asked.state = RoundState.STOPPED
    asked.revision += 1
    asked.save(update_fields=["state", "revision"])
    load.withdraw(source="climate.round", reference=str(asked.pk))
    # After the commit: what was not stopped must be possible to count. The clock finishes what is cut off.
    transaction.on_commit(partial(keys.destroy, asked.pk))


@dataclass(frozen=True)
class Slip:
    """A code on paper. It exists on the page that shows it once, and nowhere else."""

    group: Group
    code: str

    @property
    def printed(self) -> str:
        """The code in groups, as it is read aloud and typed."""
        return keys.in_groups(self.code)


@transaction.atomic
def make_slips(*, round: Round, numbers: Sequence[tuple[Group, int]], actor: Person) -> list[Slip]:  # noqa: A002  # what it is called everywhere
    """Draw so many codes for each group; those drawn for it before open nothing more.

    Never more than people without an address, and never anew once the round is open: which have been used
    nobody knows, and whoever drew again and again could answer often enough to be above the threshold with
    one colleague. The codes are in no table. Raises `RoundHasEnded`, `NotInvitedYet`, `TooManySlips`.
    """
    asked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if asked.state not in TAKES_SLIPS:
        raise RoundHasEnded
    if asked.public_key is None:
        raise NotInvitedYet
    _check_numbers(asked, numbers)
    groups = [group for group, _number in numbers]
    Invitation.objects.filter(round=asked, group__in=groups, channel=Invitation.Channel.PAPER).delete()
    slips = [Slip(group, keys.draw_code()) for group, number in numbers for _each in range(number)]
    Invitation.objects.bulk_create(
        (
            Invitation(
                round=asked,
                group=slip.group,
                channel=Invitation.Channel.PAPER,
                digest=keys.digest_of(slip.code),
            )
            for slip in slips
        ),
        batch_size=BATCH,
    )
    audit.record("climate.make_slips", asked, actor=actor, detail={"slips": [None, len(slips)]})
    return slips


def _check_numbers(asked: Round, numbers: Sequence[tuple[Group, int]]) -> None:
    """Raises `TooManySlips`."""
    rows = {row.group.pk: row for row in groups_without_mail(asked)}
    for group, number in numbers:
        row = rows.get(group.pk)
        if row is None or row.is_locked or number > row.people:
            raise TooManySlips
