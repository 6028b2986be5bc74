"""Asking chosen colleagues for feedback, giving it, and letting others read it.

The log says that somebody asked and that somebody answered, each by a number of its own: not whom they asked,
not whether the answer was yes or no, and never a word of it.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models import FeedbackAnswer, FeedbackRequest, FeedbackShare
from styrfart.people.models import Person
from styrfart.shared import audit, mail


class FeedbackIsClosed(Exception):
    """The asker wants no more answers, or the last day has passed."""


class AnswerMoved(Exception):
    """The answer was changed in another tab since the page was opened."""

    def __init__(self, now: FeedbackAnswer) -> None:
        super().__init__(now.pk)
        self.now = now


@transaction.atomic
def ask_feedback(
    *, situation: str, question: str, givers: Sequence[Person], latest_on: dt.date, actor: Person
) -> FeedbackRequest:
    """Ask each of `givers`; they get a letter that says who asks, but not what."""
    asked = FeedbackRequest.objects.create(
        asker=actor, situation=situation.strip(), question=question.strip(), latest_on=latest_on
    )
    for giver in givers:
        answer = FeedbackAnswer.objects.create(request=asked, giver=giver)
        mail.send(
            giver,
            subject=_("Du är tillfrågad om återkoppling"),
            template="climate/feedback/mail/asked.txt",
            context={"asker": actor.full_name, "day": latest_on},
            link=reverse("climate:give-feedback", args=[answer.pk]),
            about=answer,
            is_secret=True,
        )
    audit.record("climate.ask_feedback", asked, actor=actor, concerns=[actor])
    return asked


@transaction.atomic
def give_feedback(
    *, answer: FeedbackAnswer, revision: int, text: str, keep: str, attempt: str, actor: Person
) -> FeedbackAnswer:
    """Answer; may be changed until the last day. The asker is told the first time.

    Raises `FeedbackIsClosed`, `AnswerMoved`.
    """
    fresh = _open(answer, revision)
    is_first = fresh.answered_at is None
    fresh.text, fresh.keep, fresh.attempt = text.strip(), keep.strip(), attempt.strip()
    fresh.answered_at, fresh.declined_at = timezone.now(), None
    _save(fresh, actor)
    if is_first:
        mail.send(
            fresh.request.asker,
            subject=_("Du har fått återkoppling"),
            text=_("Läs den när du har en lugn stund. Bara du ser den."),
            link=fresh.request.get_absolute_url(),
            about=fresh.request,
            is_secret=True,
        )
    return fresh


@transaction.atomic
def decline_feedback(*, answer: FeedbackAnswer, revision: int, actor: Person) -> FeedbackAnswer:
    """Say no, without reasons. What was written before is erased. Raises as `give_feedback`."""
    fresh = _open(answer, revision)
    fresh.text = fresh.keep = fresh.attempt = ""
    fresh.answered_at, fresh.declined_at = None, timezone.now()
    _save(fresh, actor)
    return fresh


@transaction.atomic
def close_feedback(*, request: FeedbackRequest, actor: Person) -> None:
    """Want no more answers; letters that have not gone are not sent."""
    fresh = FeedbackRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if fresh.closed_at is not None:
        return
    fresh.closed_at = timezone.now()
    fresh.save(update_fields=["closed_at"])
    mail.take_back([mail.about_of(answer) for answer in fresh.answers.all()])
    audit.record("climate.close_feedback", fresh, actor=actor, concerns=[actor])


@transaction.atomic
def share_feedback(*, request: FeedbackRequest, person: Person, actor: Person) -> FeedbackShare:
    """Let a person read the answers, until it is taken back; they are told."""
    share, is_new = FeedbackShare.objects.get_or_create(request=request, person=person)
    if is_new:
        mail.send(
            person,
            subject=_("Någon vill visa dig sin återkoppling"),
            text=_("%(asker)s låter dig läsa en återkoppling, så länge %(asker)s vill."),
            context={"asker": actor.full_name},
            link=request.get_absolute_url(),
            about=request,
            is_secret=True,
        )
        audit.record("climate.share_feedback", request, actor=actor, concerns=[actor])
    return share


@transaction.atomic
def stop_sharing_feedback(*, request: FeedbackRequest, person_id: int, actor: Person) -> None:
    """Take it back: from now on the person reads nothing of it."""
    gone, _each = FeedbackShare.objects.filter(request=request, person=person_id).delete()
    if gone:
        audit.record("climate.share_feedback", request, actor=actor, concerns=[actor])


def _open(answer: FeedbackAnswer, revision: int) -> FeedbackAnswer:
    """The answer under lock, while it may be given and is the one that was read."""
    fresh = (
        FeedbackAnswer.objects.select_for_update(of=("self",))
        .select_related("request__asker")
        .get(pk=answer.pk)
    )
    if fresh.request.closed_at is not None or fresh.request.latest_on < timezone.localdate():
        raise FeedbackIsClosed
    if fresh.revision != revision:
        raise AnswerMoved(fresh)
    return fresh


def _save(fresh: FeedbackAnswer, actor: Person) -> None:
    fresh.revision += 1
    fresh.save(update_fields=["text", "keep", "attempt", "answered_at", "declined_at", "revision"])
    audit.record("climate.answer_feedback", fresh, actor=actor, concerns=[actor])
