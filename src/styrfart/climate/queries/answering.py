"""What somebody who answers is asked: the round that their link opens, question by question."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property

from django.utils import timezone

from styrfart.climate import keys
from styrfart.climate.instruments import Instrument, Words
from styrfart.climate.models import Group, Round, RoundKind, RoundState, UsedLink
from styrfart.shared.prepared import Prepared, PreparedObjects

SECONDS_A_QUESTION, SECONDS_A_TEXT = 7, 30
# The group and not the invitation: who was invited is not even fetched.
_GROUP: PreparedObjects[Group] = PreparedObjects(
    lambda digest: Group.objects.filter(invitations__digest=digest).order_by(),
    related=["round", "round__owner", "unit"],
    digest=str,
)
_USED = Prepared(lambda pk: UsedLink.objects.filter(pk=pk).order_by().values_list("pk"), pk=int)


def minutes_for(questions: int, texts: int) -> int:
    """About how long it takes to answer so many questions of each kind: the same before, in and after."""
    return max(1, round((SECONDS_A_QUESTION * questions + SECONDS_A_TEXT * texts) / 60))


class NotInvited(Exception):
    """No open or past round knows the link: it was mistyped, guessed, or its round has been counted."""


@dataclass(frozen=True)
class Envelope:
    """What a link opens: the round, and the group that an answer by it counts in."""

    round: Round
    group_id: int


def envelope_of(link: str) -> Envelope:
    """What the link opens. Raises `NotInvited`. Looks at no person, and writes nothing."""
    group = _group_of(link)
    return Envelope(group.round, group.pk)


def is_known(link: str) -> bool:
    """Whether the link opens anything."""
    return bool(_GROUP.rows(digest=keys.digest_of(link)))


def is_used(link: str) -> bool:
    """Whether an answer has been given by the link."""
    return bool(_USED.rows(pk=keys.used_id(link)))


@dataclass(frozen=True)
class Question:
    """One question on a scale; `number` counts from one through all parts of the round."""

    number: int
    text: Words
    steps: tuple[Words, ...]


@dataclass(frozen=True)
class TextQuestion:
    """One question that is answered in words; `index` counts from nought, as ballots do."""

    number: int
    index: int
    text: Words


@dataclass(frozen=True)
class Sheet:
    """What a link opens. `key`: the link's secret, as it stands in the address."""

    key: str
    round: Round
    group: Group

    @property
    def envelope(self) -> Envelope:
        return Envelope(self.round, self.group.pk)

    @cached_property
    def asked(self) -> tuple[Instrument, ...]:
        return _questions_of(self.round)

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        items = [(item, part.steps) for part in self.asked for item in part.items]
        return tuple(Question(nr, item.text, steps) for nr, (item, steps) in enumerate(items, start=1))

    @cached_property
    def text_questions(self) -> tuple[TextQuestion, ...]:
        first = len(self.questions) + 1
        return tuple(
            TextQuestion(first + index, index, Words(each))
            for index, each in enumerate(self.round.text_questions)
        )

    @property
    def count(self) -> int:
        """How many questions there are, of both kinds."""
        return len(self.questions) + len(self.text_questions)

    @property
    def minutes(self) -> int:
        """About how long it takes to answer."""
        return minutes_for(len(self.questions), len(self.text_questions))

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self.round.languages) or ("sv",)

    @property
    def is_on_paper(self) -> bool:
        """Whether the link is a code from a slip: then the device is one that others use, too."""
        return len(self.key) == keys.PAPER_LENGTH and keys.as_typed(self.key) == self.key

    @property
    def is_review(self) -> bool:
        return self.round.kind == RoundKind.REVIEW

    @property
    def closes_at(self) -> dt.datetime:
        """The moment after the last at which an answer is taken."""
        day = self.round.closes_on + dt.timedelta(days=1)
        return timezone.make_aware(dt.datetime.combine(day, dt.time()))

    @property
    def closed(self) -> str:
        """Why no answer is taken now: "stopped", "early" or "closed"; empty when one is."""
        today = timezone.localdate()
        if self.round.takes_answers_on(today):
            return ""
        if self.round.state == RoundState.STOPPED:
            return "stopped"
        is_before = self.round.state in {RoundState.DRAFT, RoundState.LAUNCHING, RoundState.OPEN}
        return "early" if is_before and today <= self.round.closes_on else "closed"


def sheet_of(link: str) -> Sheet:
    """What the link opens. Raises `NotInvited`. One query, and no row of whoever was invited."""
    group = _group_of(link)
    return Sheet(link, group.round, group)


def _group_of(link: str) -> Group:
    group = _GROUP.first(digest=keys.digest_of(link))
    if group is None:
        raise NotInvited
    return group


# What is asked is locked when a round is launched: read once in a process, not for each page of each person.
_ASKED: dict[tuple[int, dt.datetime | None], tuple[Instrument, ...]] = {}
MOST_ROUNDS = 50


def _questions_of(asked: Round) -> tuple[Instrument, ...]:
    known = asked.pk, asked.launched_at
    if known not in _ASKED:
        if len(_ASKED) >= MOST_ROUNDS:
            _ASKED.clear()
        _ASKED[known] = asked.asked
    return _ASKED[known]
