"""The alternatives side by side."""

from collections import Counter

from styrfart.kernel.matching.market import Market
from styrfart.kernel.matching.results import Matching, Summary


def compare(market: Market, *matchings: Matching) -> tuple[Summary, ...]:
    """Each alternative in the same figures, in the order given; `by_rank` is as long as the longest list."""
    longest = max((len(each) for each in market.choices), default=0)
    return tuple(_summary(each, longest) for each in matchings)


def _summary(matching: Matching, longest: int) -> Summary:
    ranks = sorted(rank for rank in matching.ranks if rank is not None)
    count, had = len(ranks), Counter(ranks)
    middle = ranks[(count - 1) // 2] + ranks[count // 2] if ranks else None
    return Summary(
        method=matching.method,
        applicants=len(matching.ranks),
        placed=count,
        by_rank=tuple(had[rank] for rank in range(1, longest + 1)),
        median=None if middle is None else middle / 2,
        mean=sum(ranks) / count if ranks else None,
        worst=ranks[-1] if ranks else None,
        squares=sum(rank * rank for rank in ranks),
        blocking=len(matching.blocking),
    )
