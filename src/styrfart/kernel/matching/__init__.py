"""Who gets which place, when everyone has listed what they would accept and the places are few?

`deferred_acceptance` where programmes have priorities, `one_lottery` where they have none, `least_ranks`
where lists are not shaped to win, and `with_links` for two who must be placed together. `compare` puts the
outcomes side by side. Each outcome carries its certificate: every blocking pair, prices that prove an
optimum, or the refutation of every way to place the linked.
"""

from styrfart.kernel.matching.by_rank import least_ranks, lower_bound
from styrfart.kernel.matching.checking import blocking_pairs, breaches, why_not
from styrfart.kernel.matching.link_proof import is_proof
from styrfart.kernel.matching.linked import Link, joint, linked_blocking, together
from styrfart.kernel.matching.lottery import Lottery, lottery
from styrfart.kernel.matching.market import Market, market
from styrfart.kernel.matching.methods import Side, deferred_acceptance, one_lottery
from styrfart.kernel.matching.results import (
    BlockingPair,
    Blocks,
    Breach,
    FoundBy,
    LinkBlocks,
    LinkedOutcome,
    Links,
    Matching,
    Method,
    Optimum,
    Refuted,
    Refutes,
    RuledOut,
    Summary,
    Why,
)
from styrfart.kernel.matching.summaries import compare
from styrfart.kernel.matching.with_links import with_links

__all__ = [
    "BlockingPair",
    "Blocks",
    "Breach",
    "FoundBy",
    "Link",
    "LinkBlocks",
    "LinkedOutcome",
    "Links",
    "Lottery",
    "Market",
    "Matching",
    "Method",
    "Optimum",
    "Refuted",
    "Refutes",
    "RuledOut",
    "Side",
    "Summary",
    "Why",
    "blocking_pairs",
    "breaches",
    "compare",
    "deferred_acceptance",
    "is_proof",
    "joint",
    "least_ranks",
    "linked_blocking",
    "lottery",
    "lower_bound",
    "market",
    "one_lottery",
    "together",
    "why_not",
    "with_links",
]
