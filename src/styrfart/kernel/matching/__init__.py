"""Who gets which place, when everyone has listed what they would accept and the places are few?"""

from styrfart.kernel.matching.by_rank import least_ranks, lower_bound
from styrfart.kernel.matching.checking import blocking_pairs, breaches, why_not
from styrfart.kernel.matching.lottery import Lottery, lottery
from styrfart.kernel.matching.market import Market, market
from styrfart.kernel.matching.methods import Side, deferred_acceptance, one_lottery
from styrfart.kernel.matching.results import (
    BlockingPair,
    Blocks,
    Breach,
    Matching,
    Method,
    Optimum,
    Summary,
    Why,
)
from styrfart.kernel.matching.summaries import compare
