"""After a release answers are kept by what was shown: those of a row as one, those in no row not at all.

Until then the tables say in which group each answer was given, also where only one person stands there: a
head between two levels. Nothing that is worked out later needs that: comparisons and audits are of rows.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

from styrfart.climate.actions.counting import BATCH, keep_scores, keep_texts
from styrfart.climate.models import Answer, Comment, Round


def gather(of: Round, groups: Sequence[int], home: Sequence[int]) -> None:
    """Let every answer and text stand at the first group of its row, and destroy those that are in none.

    `home`: the row of each group's own people, -1 for none. Of a 360 who answered by name is in neither, and
    is kept as it is. All are written anew at once and sorted, as by the count.
    """
    first: dict[int, int] = {}
    for group, row in zip(groups, home, strict=True):
        first.setdefault(row, group)
    keeper = {
        group: first[row] if row >= 0 else None for group, row in zip(groups, home, strict=True)
    }  # of each group
    _gather_scores(of, keeper)
    _gather_texts(of, keeper)


def _gather_scores(of: Round, keeper: Mapping[int, int | None]) -> None:
    every = Answer.objects.filter(group__round=of)
    given: Counter[tuple[int, str]] = Counter()
    for group, values, number in every.values_list("group", "values", "number").iterator(BATCH):
        at = keeper.get(group, group)
        if at is not None:
            given[at, values] += number
    every.delete()
    keep_scores(given)


def _gather_texts(of: Round, keeper: Mapping[int, int | None]) -> None:
    every = Comment.objects.filter(round=of)
    written = [
        (at, question, text)
        for group, question, text in every.values_list("group", "question", "text").iterator(BATCH)
        if (at := keeper.get(group, group)) is not None
    ]
    every.delete()
    keep_texts(of, written)
