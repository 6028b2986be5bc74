"""The rounds as rows: those that have been are counted and released by the kernel, the last one is open."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Mapping

from django.utils import timezone

from styrfart.climate import keys
from styrfart.climate.actions import cast
from styrfart.climate.actions.launching import launch_round, prepare_round, write_groups
from styrfart.climate.actions.releasing import release_round
from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import (
    Answer,
    Comment,
    Conversation,
    Group,
    Invitation,
    Release,
    Round,
    RoundState,
    SaidAndDone,
)
from styrfart.climate.queries.planning import plan_of, roster_of
from styrfart.demo.climate.answers import answer
from styrfart.demo.climate.texts import RoundText, climate
from styrfart.demo.days import Days
from styrfart.demo.town import Town
from styrfart.people.models import Person

OPEN_FOR, REPORT_AFTER = 12, 20  # days
ANSWERED_SO_FAR = 0.35  # of the round that is open
HOUR_OF_REPORT = 8
PLANNED_BEFORE = dt.timedelta(days=7)
BEFORE_REPORT = dt.timedelta(hours=1)  # that it is counted


def tell(town: Town) -> None:
    """Every round of the story. The people must be in the database already."""
    text = climate()
    owner = town.known[text.owner]
    rng = town.chance("climate")
    for each in text.rounds:
        if each.ago:
            _past(town, each, owner, rng)
        else:
            _open(town, each, owner, rng)


def _round(town: Town, text: RoundText, owner: Person, opens: dt.date) -> Round:
    of = climate()
    made = Round.objects.create(
        title=text.title,
        why=text.why,
        owner=owner,
        instruments=list(of.instruments),
        text_questions=[dict(of.question)],
        languages=["sv", "en"],
        opens_on=opens,
        closes_on=town.days.workday(opens + dt.timedelta(days=OPEN_FOR)),
        report_on=town.days.workday(opens + dt.timedelta(days=REPORT_AFTER)),
        reminds_on=town.days.workday(opens + dt.timedelta(days=OPEN_FOR // 2)),
    )
    made.units.add(town.units[of.unit])
    written(town.days, made)
    return made


def _past(town: Town, text: RoundText, owner: Person, rng: random.Random) -> None:
    """A round that has been shown: the organisation as it was then, answers, the kernel's release."""
    opens = town.days.ago(text.ago)
    made = _round(town, text, owner, opens)
    made.form = [plain(shipped()[key]) for key in made.instruments]
    made.launched_at = morning(town.days, opens)
    made.save(update_fields=["form", "launched_at"])
    roster = roster_of(made, opens)
    write_groups(made, roster, plan_of(roster, least=made.least))
    groups = {group.unit_id: group for group in made.groups.all()}
    shifts = _shifts(town, groups)
    counts: Counter[tuple[int, str]] = Counter()
    for seat in roster.seats:
        group = groups[roster.stands[seat.stand].unit_id]
        if rng.random() < climate().rate:
            counts[group.pk, answer(made.asked, text.means, shifts[group.pk], rng)] += 1
    Invitation.objects.bulk_create(
        Invitation(
            round=made,
            group=groups[roster.stands[seat.stand].unit_id],
            channel=Invitation.Channel.MAIL,
            person_id=seat.person_id,
            sent_on=opens,
        )
        for seat in roster.seats
        if seat.has_mail
    )
    Answer.objects.bulk_create(
        Answer(group_id=group, values=values, number=n) for (group, values), n in sorted(counts.items())
    )
    _comment(made, counts, climate().rounds.index(text), rng)
    made.state, made.counted_at = RoundState.CLOSED, morning(town.days, made.report_on) - BEFORE_REPORT
    made.save(update_fields=["state", "counted_at"])
    _show(town, made, text, groups[town.units[climate().unit].pk])


def _shifts(town: Town, groups: Mapping[int | None, Group]) -> dict[int, Mapping[str, float]]:
    """How the answers of each group differ: by the unit itself, or the nearest one above that does."""
    named = {town.units[code].pk: shift for code, shift in climate().units.items()}
    found: dict[int, Mapping[str, float]] = {}
    for group in groups.values():
        above = group.unit.ancestor_ids if group.unit else []
        found[group.pk] = next((named[pk] for pk in reversed(above) if pk in named), {})
    return found


def _comment(made: Round, counts: Mapping[tuple[int, str], int], half: int, rng: random.Random) -> None:
    """Some write something, each in words of their own; where it stands says nothing of who."""
    groups = [group for (group, _values), number in sorted(counts.items()) for _ in range(number)]
    words = climate().comments[half::2]
    written = sorted(zip(rng.sample(groups, len(words)), words, strict=True))
    Comment.objects.bulk_create(
        Comment(round=made, group_id=group, question=0, text=text) for group, text in written
    )


def _show(town: Town, made: Round, text: RoundText, top: Group) -> None:
    """The release, on its day, and what came of it. After the latest the office has chosen what to change."""
    release_round(round_id=made.pk)
    shown_at = morning(town.days, made.report_on)
    Release.objects.filter(round=made).update(made_at=shown_at)
    Round.objects.filter(pk=made.pk).update(released_at=shown_at)
    for position, each in enumerate(text.done):
        SaidAndDone.objects.create(group=top, position=position, written_by=made.owner, **each)
    if text is climate().latest:
        Conversation.objects.create(
            group=top,
            chosen_on=town.days.workday(made.report_on + dt.timedelta(days=6)),
            recorded_by=town.heads[climate().unit],
            **climate().conversation,
        )


def _open(town: Town, text: RoundText, owner: Person, rng: random.Random) -> None:
    """A round that is open today, launched as any other; some have answered."""
    made = _round(town, text, owner, town.today)
    made = launch_round(round=made, revision=made.revision, actor=owner)
    prepare_round.call(made.pk)
    made.refresh_from_db()
    key = keys.read(made.pk)
    groups = {group.unit_id: group for group in made.groups.select_related("unit")}
    shifts = _shifts(town, groups)
    # Those whom a visitor may step into have not answered yet.
    others = made.invitations.exclude(person__in=town.known.values())
    for pk, group in others.values_list("pk", "group"):
        if rng.random() < ANSWERED_SO_FAR:
            cast(link=key.link(pk), values=answer(made.asked, text.means, shifts[group], rng), texts={})


def written(days: Days, made: Round) -> None:
    """The plan was written a week before it opened; the database has noted when it was told of."""
    Round.objects.filter(pk=made.pk).update(created_at=days.at(days.workday(made.opens_on - PLANNED_BEFORE)))


def morning(days: Days, day: dt.date) -> dt.datetime:
    """When something was shown or counted on the day; never later than now."""
    return min(days.at(day, HOUR_OF_REPORT), timezone.now())
