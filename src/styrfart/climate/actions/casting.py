"""Taking an answer: confirmed means stored, once, and nothing of who gave it."""

import datetime as dt
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone

from styrfart.climate import gate, keys, seals
from styrfart.climate.models import Ballot, Round, RoundState, UsedLink
from styrfart.climate.queries.answering import Envelope, envelope_of, is_used
from styrfart.shared.prepared import Prepared


class AlreadyAnswered(Exception):
    """The link has been used: its answer is stored, and stays."""


class NotOpen(Exception):
    """The round does not take answers now."""


def cast(*, link: str, values: str, texts: Mapping[int, str], opened: Envelope | None = None) -> Round:
    """Seal the answer and store it: the scores in one ballot, each text in one of its own.

    `values`: one sign for each question (`models.Answer`); `texts`: by question, those that were written;
    `opened`: what the link opens, when the caller has just asked.
    Nothing is logged, and no other row is touched. Raises `NotInvited`, `AlreadyAnswered`, `NotOpen`; then
    nothing is stored.
    """
    envelope = opened or envelope_of(link)
    asked, public = envelope.round, envelope.round.public_key
    if public is None:
        raise NotOpen
    contents: list[seals.Scores | seals.Text] = [seals.Scores(envelope.group_id, values)]
    contents += [
        seals.Text(envelope.group_id, question, text) for question, text in sorted(texts.items()) if text
    ]
    ballots = [
        Ballot(
            pk=seals.draw_id(),
            round=asked,
            sealed=seals.seal(each, public=bytes(public), round_id=asked.pk),
        )
        for each in contents
    ]
    try:
        with transaction.atomic():
            gate.pass_through(asked.pk)
            # Asked inside the gate: whoever shuts it counts after us.
            if not _takes_answers(asked.pk):
                raise NotOpen
            UsedLink.objects.bulk_create([UsedLink(pk=keys.used_id(link), round=asked)])
            Ballot.objects.bulk_create(ballots)
    except IntegrityError:
        if is_used(link):
            raise AlreadyAnswered from None
        raise
    return asked


def _takes_answers(round_id: int) -> bool:
    return bool(_TAKING.rows(pk=round_id, today=timezone.localdate()))


_TAKING = Prepared(
    lambda pk, today: (
        Round.objects.filter(pk=pk, state=RoundState.OPEN, opens_on__lte=today, closes_on__gte=today)
        .order_by()
        .values_list("pk")
    ),
    pk=int,
    today=dt.date,
)
