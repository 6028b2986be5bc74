"""A 360: a manager asks for it, raters answer by sealed ballots, and the report is the manager's alone.

It is a round as any other, by the same links, ballots and count; what differs is that it is about a person,
that nobody is told of it but those who are asked, and that it is in no list and no load calendar.
"""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.climate.actions.counting import keep_scores
from styrfart.climate.actions.launching import prepare_round
from styrfart.climate.actions.releasing import release_round
from styrfart.climate.actions.rounds import RoundMovedOn
from styrfart.climate.instruments import plain
from styrfart.climate.models import (
    Answer,
    Group,
    Invitation,
    Release,
    ReviewRater,
    ReviewShare,
    Round,
    RoundKind,
    RoundState,
)
from styrfart.climate.models.rounds import LEAST_REVIEW, thresholds
from styrfart.climate.queries.instruments import find
from styrfart.people.models import Person
from styrfart.shared import audit, mail
from styrfart.shared.jobs import enqueue

INSTRUMENT = "ledarskap"
TITLE = "360"  # in log and lists: whose it is stands only where it is asked and read
Rater = Group.Rater
NAMES = {
    Rater.SELF: "Chefen själv",
    Rater.MANAGER: "Chefens chef",
    Rater.PEER: "Kollegor",
    Rater.REPORT: "Medarbetare",
}
FOLDED = "Kollegor och medarbetare"
# How much longer than the day it closes until the report is there.
SHOWN_AFTER = dt.timedelta(days=1)
# Two of the same manager with few raters, close together: the one less the other is what one rater said.
BETWEEN = dt.timedelta(days=180)


class TooFewRaters(Exception):
    """Even together, colleagues and reports are fewer than may be shown."""


class TooSoon(Exception):
    """The one before is too near; `day`: the first on which another may be started."""

    def __init__(self, day: dt.date) -> None:
        super().__init__(day)
        self.day = day


class DayHasPassed(Exception):
    """The last day for answers has been."""


@transaction.atomic
def plan_review(*, raters: Mapping[Person, str], closes_on: dt.date, why: str, actor: Person) -> Round:
    """Begin a 360 of oneself; nobody is asked until it is started. `raters`: the others, by kind."""
    today = timezone.localdate()
    asked = Round.objects.create(
        kind=RoundKind.REVIEW,
        title=TITLE,
        why=why.strip(),
        owner=actor,
        subject=actor,
        instruments=[INSTRUMENT],
        languages=["sv", "en"],
        opens_on=today,
        closes_on=closes_on,
        report_on=closes_on + SHOWN_AFTER,
        least=LEAST_REVIEW,
    )
    _write_raters(asked, raters)
    audit.record("climate.plan_review", asked, actor=actor, concerns=[actor])
    return asked


@transaction.atomic
def change_review(
    *,
    round: Round,  # noqa: A002  # what it is called everywhere
    revision: int,
    raters: Mapping[Person, str],
    closes_on: dt.date,
    why: str,
    actor: Person,
) -> Round:
    """Change who is asked and until when, before it is started. Raises `RoundMovedOn`."""
    asked = _draft(round, revision)
    asked.why, asked.opens_on = why.strip(), min(timezone.localdate(), closes_on)
    asked.closes_on, asked.report_on = closes_on, closes_on + SHOWN_AFTER
    asked.revision += 1
    asked.save(update_fields=["why", "opens_on", "closes_on", "report_on", "revision"])
    asked.raters.all().delete()
    _write_raters(asked, raters)
    audit.record("climate.change_review", asked, actor=actor, concerns=[actor])
    return asked


@transaction.atomic
def start_review(*, round: Round, revision: int, actor: Person) -> Round:  # noqa: A002  # as above
    """Lock the questions, make groups and invitations of the raters, and let a job send the links.

    Raises `RoundMovedOn`, `DayHasPassed`, `TooFewRaters`, `TooSoon`.
    """
    asked = _draft(round, revision)
    today = timezone.localdate()
    if asked.closes_on < today:
        raise DayHasPassed
    Person.objects.select_for_update(of=("self",)).get(pk=actor.pk)  # one is started at a time
    latest = Round.objects.filter(kind=RoundKind.REVIEW, subject=actor).exclude(
        state__in=[RoundState.DRAFT, RoundState.STOPPED]
    )
    before = latest.order_by("-opens_on").values_list("opens_on", flat=True).first()
    if before is not None and before + BETWEEN > today:
        raise TooSoon(before + BETWEEN)
    raters = list(asked.raters.order_by("pk"))
    many = [each for each in raters if each.rater in {Rater.PEER, Rater.REPORT}]
    if len(many) < LEAST_REVIEW:
        raise TooFewRaters
    asked.form = [plain(find(key)) for key in asked.instruments]
    asked.least, asked.least_text = LEAST_REVIEW, thresholds()[1]
    asked.opens_on = today
    asked.state, asked.launched_at = RoundState.LAUNCHING, timezone.now()
    asked.revision += 1
    asked.save(update_fields=["form", "least", "least_text", "opens_on", "state", "launched_at", "revision"])
    _invite(asked, [ReviewRater(round=asked, person_id=actor.pk, rater=Rater.SELF), *raters])
    asked.raters.all().delete()
    audit.record("climate.start_review", asked, actor=actor, concerns=[actor])
    enqueue(prepare_round, asked.pk)
    return asked


def release_review(*, round_id: int) -> None:
    """Show a counted 360 to the one it is about, who is told as it is released. May run again."""
    if not Release.objects.filter(round=round_id).exists():
        _fold(round_id)
    release_round(round_id=round_id)


@transaction.atomic
def share_review(*, round: Round, person: Person, actor: Person) -> ReviewShare:  # noqa: A002  # as above
    """Let a person read the report, until it is taken back; they are told."""
    share, is_new = ReviewShare.objects.get_or_create(round=round, person=person)
    if is_new:
        mail.send(
            person,
            subject=_("Någon vill visa dig sin 360"),
            text=_("%(who)s låter dig läsa rapporten från sin 360, så länge %(who)s vill."),
            context={"who": actor.full_name},
            link=reverse("climate:review", args=[round.pk]),
            about=round,
            is_secret=True,
        )
        audit.record("climate.share_review", round, actor=actor, concerns=[actor])
    return share


@transaction.atomic
def stop_sharing_review(*, round: Round, person_id: int, actor: Person) -> None:  # noqa: A002  # as above
    """Take it back: from now on the person reads nothing of it."""
    gone, _each = ReviewShare.objects.filter(round=round, person=person_id).delete()
    if gone:
        audit.record("climate.share_review", round, actor=actor, concerns=[actor])


@transaction.atomic
def _fold(round_id: int) -> None:
    """Make one group of colleagues and reports when fewer than three of a kind have answered.

    In the tables themselves: afterwards nothing tells which of the two an answer came from.
    """
    asked = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    groups = {group.rater: group for group in asked.groups.all()}
    peers, reports = groups[Rater.PEER], groups.get(Rater.REPORT)
    is_counted = asked.state == RoundState.CLOSED and asked.counted_at is not None
    if not is_counted or reports is None or not (peers.invited and reports.invited):
        return
    every = Answer.objects.filter(group__round=asked)
    given: Counter[tuple[int, str]] = Counter()
    answered: Counter[int] = Counter()
    for group_id, values, number in every.values_list("group", "values", "number"):
        given[peers.pk if group_id == reports.pk else group_id, values] += number
        answered[group_id] += number
    if min(answered[peers.pk], answered[reports.pk]) >= asked.least:
        return
    # All of them, also those that stay as they are: written at once and sorted, as by the count.
    every.delete()
    keep_scores(given)
    Invitation.objects.filter(group=reports).update(group=peers)
    peers.name = FOLDED
    peers.invited += reports.invited
    peers.invited_below = peers.invited
    peers.save(update_fields=["name", "invited", "invited_below"])
    reports.delete()


def _draft(of: Round, revision: int) -> Round:
    asked = Round.objects.select_for_update(of=("self",)).get(pk=of.pk)
    if asked.state != RoundState.DRAFT or asked.revision != revision:
        raise RoundMovedOn
    return asked


def _write_raters(asked: Round, raters: Mapping[Person, str]) -> None:
    ReviewRater.objects.bulk_create(
        [ReviewRater(round=asked, person=person, rater=kind) for person, kind in raters.items()]
    )


def _invite(asked: Round, raters: Sequence[ReviewRater]) -> None:
    """One group for each kind of rater, also where nobody is asked: the report says so."""
    for position, kind in enumerate(Rater):
        mine = [each for each in raters if each.rater == kind]
        group = Group.objects.create(
            round=asked,
            rater=kind,
            name=NAMES[kind],
            position=position,
            invited=len(mine),
            invited_below=len(mine),
        )
        Invitation.objects.bulk_create(
            [
                Invitation(
                    round=asked, group=group, channel=Invitation.Channel.MAIL, person_id=each.person_id
                )
                for each in mine
            ]
        )
