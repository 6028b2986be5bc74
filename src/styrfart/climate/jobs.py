"""What the clock does with rounds: opens, reminds, closes, counts and shows them, each on its day."""

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from styrfart.climate import keys
from styrfart.climate.actions.counting import close_round, count_round
from styrfart.climate.actions.following_up import ask_all
from styrfart.climate.actions.launching import OPENS_AT, open_round, prepare_round
from styrfart.climate.actions.letters import send_reminders
from styrfart.climate.actions.releasing import release_round
from styrfart.climate.actions.reviews import release_review
from styrfart.climate.models import Round, RoundKind, RoundState
from styrfart.shared.jobs import Daily, Every, enqueue, job, schedule

__all__ = ["count", "follow_up", "prepare_round", "release", "show_review", "turn"]

SHOWS_AT = 8  # o'clock
COUNTS_AT = 7  # on the day of the report: until then the answers are sealed (ADR 25)
EVERY = 5  # minutes
# A round whose preparation was cut off is prepared anew.
PREPARED_WITHIN = dt.timedelta(minutes=30)
KEYS_ARE_LOOKED_FOR = dt.timedelta(days=60)


@job()
def turn() -> None:
    """Let every round be where it is to be by now. May run at any time, any number of times."""
    now = timezone.localtime()
    rounds = Round.objects.order_by("pk")
    launching = rounds.filter(state=RoundState.LAUNCHING)
    for pk in launching.filter(public_key=None, launched_at__lt=now - PREPARED_WITHIN).values_list(
        "pk", flat=True
    ):
        enqueue(prepare_round, pk)
    if now.hour >= OPENS_AT:
        for pk in launching.filter(opens_on__lte=now.date()).values_list("pk", flat=True):
            open_round(pk)
    for pk in rounds.filter(state=RoundState.OPEN, closes_on__lt=now.date()).values_list("pk", flat=True):
        close_round(round_id=pk)
    _look_for_keys(now)
    _count(now)
    _remind(now)
    _show(now)
    _destroy_what_was_left(now)


@job(attempts=1)
def count(pk: int) -> None:
    """Count a closed round; the clock tries again as long as it is not counted."""
    count_round(round_id=pk)


@job(attempts=1)
def release(pk: int) -> None:
    """Show what came of a counted round."""
    release_round(round_id=pk)


@job(attempts=1)
def follow_up() -> None:
    """Ask groups that chose something to change a month ago whether it helped; the next day tries again."""
    ask_all()


@job(attempts=1)
def show_review(pk: int) -> None:
    """Show a counted 360 to the one it is about."""
    release_review(round_id=pk)


def _look_for_keys(now: dt.datetime) -> None:
    """Write down which rounds' keys are gone: such a round cannot be counted, and its page says what to do.

    A key that has been put back is found, and everything goes on.
    """
    needed = Q(state=RoundState.LAUNCHING, public_key__isnull=False) | Q(state=RoundState.OPEN)
    needed |= Q(state=RoundState.CLOSED, counted_at=None)
    for pk, missed_at in Round.objects.filter(needed).values_list("pk", "key_missed_at"):
        if keys.exists(pk) == (missed_at is not None):
            Round.objects.filter(pk=pk).update(key_missed_at=None if missed_at else now)


def _count(now: dt.datetime) -> None:
    """Shortly before it is shown: a backup of the nights before holds sealed ballots and no answers."""
    due = Round.objects.filter(
        state=RoundState.CLOSED, counted_at=None, key_missed_at=None, report_on__lte=now.date()
    )
    if now.hour >= COUNTS_AT:
        for pk in due.order_by("pk").values_list("pk", flat=True):
            enqueue(count, pk)


def _remind(now: dt.datetime) -> None:
    due = Round.objects.filter(
        state=RoundState.OPEN,
        reminds_on__lte=now.date(),
        closes_on__gte=now.date(),
        reminded_at=None,
        key_missed_at=None,
    )
    if now.hour >= OPENS_AT:
        for pk in due.values_list("pk", flat=True):
            # Whoever writes the moment reminds, and both or neither is done: two workers do not.
            with transaction.atomic():
                if Round.objects.filter(pk=pk, reminded_at=None).update(reminded_at=now):
                    enqueue(send_reminders, pk)


def _show(now: dt.datetime) -> None:
    """On its day from eight; what failed in the first hour is tried once an hour."""
    if now.hour < SHOWS_AT or (now.hour > SHOWS_AT and now.minute >= EVERY):
        return
    due = Round.objects.filter(state=RoundState.CLOSED, counted_at__isnull=False, report_on__lte=now.date())
    for pk in due.exclude(kind=RoundKind.REVIEW).values_list("pk", flat=True):
        enqueue(release, pk)
    for pk in due.filter(kind=RoundKind.REVIEW).values_list("pk", flat=True):
        enqueue(show_review, pk)


def _destroy_what_was_left(now: dt.datetime) -> None:
    """A key whose round has been stopped or counted, when the process died before it was destroyed."""
    ended = Round.objects.filter(Q(state=RoundState.STOPPED) | Q(counted_at__isnull=False))
    for pk in ended.filter(closes_on__gte=now.date() - KEYS_ARE_LOOKED_FOR).values_list("pk", flat=True):
        keys.destroy(pk)


schedule("climate.turn", turn, Every(minutes=EVERY))
schedule("climate.follow_up", follow_up, Daily(hour=OPENS_AT))
