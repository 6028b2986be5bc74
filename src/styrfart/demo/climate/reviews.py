"""Two 360 as rows: one that its manager has read and lets a coach read, and one that is open."""

import datetime as dt
import random

from styrfart.climate import keys
from styrfart.climate.actions import cast
from styrfart.climate.actions.launching import prepare_round
from styrfart.climate.actions.releasing import release_round
from styrfart.climate.actions.reviews import INSTRUMENT, NAMES, SHOWN_AFTER, TITLE, plan_review, start_review
from styrfart.climate.answering import signs_of
from styrfart.climate.instruments import plain, shipped
from styrfart.climate.models import (
    Answer,
    Group,
    Invitation,
    Release,
    ReviewShare,
    Round,
    RoundKind,
    RoundState,
)
from styrfart.climate.models.rounds import LEAST_REVIEW
from styrfart.demo.climate.answers import answer
from styrfart.demo.climate.story import BEFORE_REPORT, morning, written
from styrfart.demo.climate.texts import ReviewText, climate
from styrfart.demo.personas import PERSONAS
from styrfart.demo.town import Town
from styrfart.people.models import Person

OPEN_FOR = dt.timedelta(days=14)
Rater = Group.Rater


def tell(town: Town) -> None:
    """Every 360 of the story. The people must be in the database already."""
    rng = town.chance("reviews")
    for text in climate().reviews:
        if text.ago:
            _past(town, text, rng)
        else:
            _open(town, text, rng)


def _raters(town: Town, text: ReviewText) -> dict[Person, str]:
    """Each person by kind, without the manager themself."""
    raters: dict[Person, str] = {town.known[text.manager]: Rater.MANAGER}
    raters |= {town.known[name]: Rater.PEER for name in text.peers}
    reports = [town.known[name] for name in text.reports]
    reports += [person for code in text.report_units for person in town.staff[code]]
    return raters | dict.fromkeys(reports, Rater.REPORT)


def _values(text: ReviewText, kind: str, rng: random.Random) -> str:
    """One rater's answers: the manager's own picture lies elsewhere than that of the others."""
    asked = shipped()[INSTRUMENT]
    whose, usual = ("own", text.own) if kind == Rater.SELF else ("seen", text.seen)
    means = {item.key: text.differ.get(item.key, {}).get(whose, usual) for item in asked.items}
    if kind == Rater.SELF:
        # As the story says, without chance: it is what the others are set beside.
        return signs_of([1 + round(mean / 100 * (len(asked.steps) - 1)) for mean in means.values()])
    return answer([asked], means, {}, rng)


def _past(town: Town, text: ReviewText, rng: random.Random) -> None:
    """A 360 that has been answered by all and shown: the report is the kernel's own release."""
    subject = town.known[text.subject]
    opens = town.days.ago(text.ago)
    closes = town.days.workday(opens + OPEN_FOR)
    made = Round.objects.create(
        kind=RoundKind.REVIEW,
        title=TITLE,
        why=text.why,
        owner=subject,
        subject=subject,
        instruments=[INSTRUMENT],
        languages=["sv", "en"],
        opens_on=opens,
        closes_on=closes,
        report_on=closes + SHOWN_AFTER,
        least=LEAST_REVIEW,
        form=[plain(shipped()[INSTRUMENT])],
        state=RoundState.CLOSED,
        launched_at=morning(town.days, opens),
        counted_at=morning(town.days, closes + SHOWN_AFTER) - BEFORE_REPORT,
    )
    written(town.days, made)
    raters = {subject: str(Rater.SELF)} | _raters(town, text)
    for position, kind in enumerate(Rater):
        mine = [person for person, each in raters.items() if each == kind]
        group = Group.objects.create(
            round=made,
            rater=kind,
            name=NAMES[kind],
            position=position,
            invited=len(mine),
            invited_below=len(mine),
        )
        Invitation.objects.bulk_create(
            Invitation(round=made, group=group, channel=Invitation.Channel.MAIL, person=person, sent_on=opens)
            for person in mine
        )
        given = sorted(_values(text, kind, rng) for _person in mine)
        Answer.objects.bulk_create(
            Answer(group=group, values=values, number=given.count(values)) for values in sorted(set(given))
        )
    release_round(round_id=made.pk)
    shown_at = morning(town.days, made.report_on)
    Release.objects.filter(round=made).update(made_at=shown_at)
    Round.objects.filter(pk=made.pk).update(released_at=shown_at)
    for name in text.shown_to:
        shown = ReviewShare.objects.create(round=made, person=town.known[name])
        # Written by the database when it was made: it was the day after the report.
        ReviewShare.objects.filter(pk=shown.pk).update(shared_at=shown_at + dt.timedelta(days=1))


def _open(town: Town, text: ReviewText, rng: random.Random) -> None:
    """A 360 that is open today, planned and started as any other; those who are no personas have answered."""
    raters = _raters(town, text)
    made = plan_review(
        raters=raters,
        closes_on=town.days.workday(town.today + OPEN_FOR),
        why=text.why,
        actor=town.known[text.subject],
    )
    written(town.days, made)
    made = start_review(round=made, revision=made.revision, actor=town.known[text.subject])
    prepare_round.call(made.pk)
    key = keys.read(made.pk)
    # Those whom a visitor may step into have not answered yet.
    others = made.invitations.exclude(person__email__in=[persona.email for persona in PERSONAS])
    for pk, kind in others.order_by("pk").values_list("pk", "group__rater"):
        cast(link=key.link(pk), values=_values(text, kind, rng), texts={})
