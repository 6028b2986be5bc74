"""Launching a round: all is locked, everybody gets a right to answer, and it opens on its day."""

from collections.abc import Sequence

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from styrfart.climate import keys
from styrfart.climate.actions.letters import send_letters
from styrfart.climate.actions.rounds import RoundMovedOn
from styrfart.climate.answering import MOST_QUESTIONS, steps_of
from styrfart.climate.instruments import Instrument, plain
from styrfart.climate.models import Group, Invitation, Round, RoundKind, RoundState
from styrfart.climate.models.rounds import thresholds
from styrfart.climate.queries.instruments import find
from styrfart.climate.queries.planning import (
    EXPECTED_RATE,
    Planned,
    Roster,
    Seat,
    answering_of,
    minutes_of,
    plan_of,
    roster_of,
)
from styrfart.load import actions as load
from styrfart.load.models import ClaimKind
from styrfart.people.models import Person
from styrfart.shared import audit
from styrfart.shared.jobs import enqueue, job

SOURCE = "climate.round"
BATCH = 1000
OPENS_AT = 7  # o'clock: no letter goes out at night


class NobodyIsInvited(Exception):
    """Nobody stands in what the round is about."""


class TooManyQuestions(Exception):
    """Together the questionnaires ask more than an answer has room for."""


class DaysHavePassed(Exception):
    """The day on which it was to open has been."""


@transaction.atomic
def launch_round(
    *,
    round: Round,  # noqa: A002  # what it is called everywhere
    revision: int,
    actor: Person | None,
    rate: float = EXPECTED_RATE,
) -> Round:
    """Lock questions, thresholds and groups, write it in the load calendar, and let a job invite.

    `rate`: the share of answers that the groups' plan was shown for; `actor` None: the clock. Raises
    `RoundMovedOn`, `DaysHavePassed`, `NobodyIsInvited`, `TooManyQuestions`,
    `queries.instruments.NoSuchInstrument`; then nothing is locked.
    """
    asked = Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
    if asked.state != RoundState.DRAFT or asked.revision != revision:
        raise RoundMovedOn
    if asked.opens_on < timezone.localdate():
        raise DaysHavePassed
    instruments = [find(key) for key in asked.instruments]
    if len(steps_of(instruments)) > MOST_QUESTIONS:
        raise TooManyQuestions
    roster = roster_of(asked, timezone.localdate(), answering_of(instruments))
    if not roster.seats:
        raise NobodyIsInvited
    asked.least, asked.least_text = thresholds()
    asked.form = [plain(each) for each in instruments]
    asked.state, asked.launched_at = RoundState.LAUNCHING, timezone.now()
    asked.revision += 1
    asked.save(update_fields=["least", "least_text", "form", "state", "launched_at", "revision"])
    write_groups(asked, roster, plan_of(roster, least=asked.least, rate=rate))
    _claim(asked, instruments, roster, actor)
    audit.record("climate.launch_round", asked, actor=actor)
    enqueue(prepare_round, asked.pk)
    return asked


@job(attempts=8)
def prepare_round(pk: int) -> None:
    """Make the round's key and everybody's right to answer; open it when its day has come, and send letters,
    but not at night.

    Also for rounds whose groups and invitations another action has written (a review). May run again.
    """
    asked = Round.objects.filter(pk=pk, state=RoundState.LAUNCHING).first()
    if asked is None:
        return
    with transaction.atomic():
        asked = Round.objects.select_for_update(of=("self",)).get(pk=pk)
        if asked.state != RoundState.LAUNCHING:
            return
        if asked.public_key is None:
            # What lies there is of a try that was cut off, or of a round that a restored backup has
            # forgotten: its links must open nothing here.
            keys.destroy(pk)
            asked.public_key = keys.make(pk).public
            asked.save(update_fields=["public_key"])
        key = keys.read(pk)
        if asked.kind != RoundKind.REVIEW and not asked.invitations.exists():
            _invite(asked)
        _write_digests(asked, key)
    # Whoever launches it late in the evening means now; a try of the night after leaves it to the morning.
    now = timezone.localtime()
    if now.hour >= OPENS_AT or timezone.localdate(asked.launched_at) == now.date():
        open_round(pk)


def open_round(pk: int) -> bool:
    """Open a round that is prepared and whose day has come, and let a job send its letters."""
    with transaction.atomic():
        asked = Round.objects.select_for_update(of=("self",)).get(pk=pk)
        is_due = asked.opens_on <= timezone.localdate() and asked.public_key is not None
        if asked.state != RoundState.LAUNCHING or not is_due:
            return False
        asked.state = RoundState.OPEN
        asked.revision += 1
        asked.save(update_fields=["state", "revision"])
        audit.record("climate.open_round", asked, actor=None)
        enqueue(send_letters, pk)
    return True


def write_groups(asked: Round, roster: Roster, planned: Planned) -> None:
    """The organisation as it is now: level by level, since each needs the number of the one above."""
    made: dict[int, Group] = {}
    for level in range(max((stand.depth for stand in roster.stands), default=-1) + 1):
        rows = {
            at: Group(
                round=asked,
                parent=made[stand.parent] if stand.parent >= 0 else None,
                unit_id=stand.unit_id,
                team_id=stand.team_id,
                name=stand.name,
                position=at,
                invited=roster.own[at],
                invited_below=roster.below[at],
                planned=planned.shown[at],
                planned_with=planned.together[at],
            )
            for at, stand in enumerate(roster.stands)
            if stand.depth == level
        }
        made |= dict(zip(rows, Group.objects.bulk_create(rows.values(), batch_size=BATCH), strict=True))


def _invite(asked: Round) -> None:
    """A right to answer for everybody with an address; who has none draws a slip of paper.

    Who stands where is read again: between the launch and the job somebody may have come or gone. The
    groups' numbers follow.
    """
    groups = {(group.unit_id, group.team_id): group for group in asked.groups.all()}
    day = timezone.localdate(asked.launched_at)
    roster = roster_of(asked, day, answering_of(asked.asked))
    placed = [
        (groups[stand.unit_id, stand.team_id], seat)
        for seat in roster.seats
        if ((stand := roster.stands[seat.stand]).unit_id, stand.team_id) in groups
    ]
    Invitation.objects.bulk_create(
        (
            Invitation(round=asked, group=group, channel=Invitation.Channel.MAIL, person_id=seat.person_id)
            for group, seat in placed
            if seat.has_mail
        ),
        batch_size=BATCH,
    )
    _correct(asked, placed)


def _correct(asked: Round, placed: Sequence[tuple[Group, Seat]]) -> None:
    """Let the groups say how many were invited in the end."""
    own: dict[int, int] = {}
    for group, _seat in placed:
        own[group.pk] = own.get(group.pk, 0) + 1
    every = sorted(asked.groups.all(), key=lambda group: -group.position)
    below = {group.pk: own.get(group.pk, 0) for group in every}
    for group in every:  # the last first: those below come before the one above
        if group.parent_id:
            below[group.parent_id] += below[group.pk]
    changed = []
    for group in every:
        numbers = (own.get(group.pk, 0), below[group.pk])
        if numbers != (group.invited, group.invited_below):
            group.invited, group.invited_below = numbers
            changed.append(group)
    Group.objects.bulk_update(changed, ["invited", "invited_below"], batch_size=BATCH)


def _write_digests(asked: Round, key: keys.RoundKey) -> None:
    """How each invitation by mail knows its link."""
    waiting = asked.invitations.filter(channel=Invitation.Channel.MAIL, digest=None)
    rows = [(keys.digest_of(key.link(pk)), pk) for pk in waiting.order_by("pk").values_list("pk", flat=True)]
    # By hand: `bulk_update` takes half a minute for a city, this a second.
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE climate_invitation SET digest = %s WHERE id = %s", rows)


def _claim(asked: Round, instruments: Sequence[Instrument], roster: Roster, actor: Person | None) -> None:
    """What is asked of whom, in the load calendar. A team's lies on its unit, for as many as it has."""
    units = list(asked.units.all()) or [team.unit for team in asked.teams.select_related("unit")]
    is_everybody = bool(asked.units.all()) and answering_of(instruments).value == "workplace"
    load.claim(
        source=SOURCE,
        reference=str(asked.pk),
        kind=ClaimKind.SURVEY,
        title=asked.title,
        link=reverse("climate:round", args=[asked.pk]),
        units=units,
        starts_on=asked.opens_on,
        ends_on=asked.closes_on,
        minutes=minutes_of(instruments, len(asked.text_questions)),
        people=None if is_everybody else len(roster.seats),
        actor=actor,
    )
