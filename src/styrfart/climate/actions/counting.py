"""Counting: the ballots of a round are opened all at once, sorted by what they say, and added up."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cryptography.exceptions import InvalidTag
from django.db import transaction
from django.utils import timezone

from styrfart.climate import gate, keys, seals
from styrfart.climate.answering import fits
from styrfart.climate.models import Answer, Ballot, Comment, Invitation, Round, RoundState, UsedLink
from styrfart.shared import audit

BATCH = 2000


@transaction.atomic
def close_round(*, round_id: int) -> None:
    """Take no more answers. Waits for those that are being stored."""
    gate.shut(round_id)
    asked = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
    if asked.state != RoundState.OPEN:
        return
    asked.state = RoundState.CLOSED
    asked.revision += 1
    asked.save(update_fields=["state", "revision"])
    audit.record("climate.close_round", asked, actor=None)


def count_round(*, round_id: int) -> None:
    """Open the ballots, keep what they say without who or when, and destroy ballots, links and key.

    May be called again: what is counted is counted once, and a key that outlived its count is destroyed.
    Raises `keys.KeyIsGone` when the ballots cannot be opened; then nothing is changed.
    """
    with transaction.atomic():
        asked = Round.objects.select_for_update(of=("self",)).get(pk=round_id)
        if asked.state == RoundState.CLOSED and asked.counted_at is None:
            spoiled = _open_all(asked)
            UsedLink.objects.filter(round=asked).delete()
            Ballot.objects.filter(round=asked).delete()
            Invitation.objects.filter(round=asked).update(digest=None)
            asked.counted_at = timezone.now()
            asked.save(update_fields=["counted_at"])
            detail = {"spoiled": spoiled} if spoiled else {}
            audit.record("climate.count_round", asked, actor=None, detail=detail)
    if asked.counted_at is not None:
        # After the commit: a count that was rolled back must be possible again.
        keys.destroy(round_id)


def _open_all(asked: Round) -> int:
    """Write what the ballots say, sorted by it; how many could not be opened or answer nothing."""
    key = keys.read(asked.pk)
    groups = set(asked.groups.values_list("pk", flat=True))
    form = asked.asked
    scores: Counter[tuple[int, str]] = Counter()
    texts: list[tuple[int, int, str]] = []
    spoiled = 0
    for sealed in Ballot.objects.filter(round=asked).values_list("sealed", flat=True).iterator(BATCH):
        try:
            content = seals.unseal(sealed, private=key.private, round_id=asked.pk)
        except (InvalidTag, TypeError, ValueError):
            spoiled += 1
            continue
        # What answers no question of the round would stop its release: it is left out.
        if content.group not in groups:
            spoiled += 1
        elif isinstance(content, seals.Text) and content.question < len(asked.text_questions):
            texts.append((content.group, content.question, content.text))
        elif isinstance(content, seals.Scores) and fits(content.values, form):
            scores[content.group, content.values] += 1
        else:
            spoiled += 1
    keep_scores(scores)
    keep_texts(asked, texts)
    return spoiled


def keep_scores(scores: Mapping[tuple[int, str], int]) -> None:
    """Write how many of a group gave which answers: at once and sorted, so that no order is left."""
    Answer.objects.bulk_create(
        [Answer(group_id=group, values=values, number=n) for (group, values), n in sorted(scores.items())],
        batch_size=BATCH,
    )


def keep_texts(asked: Round, texts: Iterable[tuple[int, int, str]]) -> None:
    """Write what was written, as (group, question, text): at once and sorted, too."""
    Comment.objects.bulk_create(
        [
            Comment(round=asked, group_id=group, question=question, text=text)
            for group, question, text in sorted(texts)
        ],
        batch_size=BATCH,
    )
