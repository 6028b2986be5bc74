"""The decision tree: from what fits to one proposal.

Its order (after design note domain 1.2): a rule that clearly fits sends the matter where it says, though
never to somebody who would decide what only the committee may; what the scheme keeps for the committee is
prepared; whoever is already authorised decides; what fits probably comes next, in the same order; what asks
for nothing is written; rules that disagree are quoted; what the sender says that several share goes to the
meeting. Otherwise triage does not know.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

from styrfart.kernel.triage.amounts import cost_in
from styrfart.kernel.triage.by_point import clear_point, likely_point
from styrfart.kernel.triage.by_reach import (
    for_committee,
    information,
    nothing_known,
    own_unit,
    shared,
    too_little,
)
from styrfart.kernel.triage.by_rule import clear_rule, likely_rule, rules_disagree
from styrfart.kernel.triage.case import Case
from styrfart.kernel.triage.chances import DEFAULT as JUDGEMENT
from styrfart.kernel.triage.chances import Judgement, judged
from styrfart.kernel.triage.likeness import Weights, likeness
from styrfart.kernel.triage.model import Confidence, Considered, Mandate, Matter, Proposal, Scheme, Team
from styrfart.kernel.triage.preparing import Prepared, prepare
from styrfart.kernel.triage.reading import read
from styrfart.kernel.triage.standing import stand
from styrfart.kernel.triage.thresholds import DEFAULT, Thresholds
from styrfart.kernel.triage.weighing import weigh_points, weigh_rules

_MOST_CONSIDERED = 5

_STEPS: tuple[Callable[[Case], Proposal | None], ...] = (
    clear_rule,
    clear_point,
    likely_rule,
    likely_point,
    information,
    rules_disagree,
    too_little,
    for_committee,
    shared,
    own_unit,
    nothing_known,
)


def propose(
    matter: Matter, mandate: Mandate, scheme: Scheme, team: Team, *, thresholds: Thresholds = DEFAULT
) -> Proposal:
    """What the mandate and the scheme of delegation propose for the matter. See `propose_prepared`."""
    return propose_prepared(matter, prepare(mandate, scheme), team, thresholds=thresholds)


def propose_prepared(
    matter: Matter,
    prepared: Prepared,
    team: Team,
    *,
    weights: Weights | None = None,
    judgement: Judgement = JUDGEMENT,
    thresholds: Thresholds = DEFAULT,
) -> Proposal:
    """What the mandate and the scheme of delegation propose for the matter, and why.

    Amounts are kronor. The same input always gives the same answer; the order of rules and points means
    nothing; without `weights` a rule that shares no word, no part of one and no subject with the matter and
    the other rules changes nothing. `weights`: what matters are like, learned ahead; `judgement`:
    how words and likeness are weighed. Never raises because of
    a text. Sources: the decision tree of design note domain 1.2; the Local Government Act (2017:725) 6:38 on
    what may not be delegated and 7:5 on who may decide.
    """
    told = matter.cost
    if told is None:
        matter = replace(matter, cost=cost_in(matter.question, matter.why_us))
    reading = read(matter, prepared.vocabulary)
    standing = stand(matter, team)
    points = weigh_points(prepared, reading, thresholds)
    like = likeness(matter, weights) if weights else ()
    rules = weigh_rules(prepared, matter, reading, standing, points, thresholds, like)
    if like:
        rules = judged(rules, rest(prepared, like), reading.telling, judgement)
    case = Case(matter, prepared, reading, standing, rules, points, thresholds)
    proposal = next(found for step in _STEPS if (found := step(case)) is not None)
    if matter.cost != told and proposal.confidence is Confidence.CLEAR:
        # The sender wrote the amount in the text, not that it is the cost: somebody must look.
        proposal = replace(proposal, confidence=Confidence.LIKELY)
    return replace(proposal, also_considered=_considered(case))


def rest(prepared: Prepared, like: Sequence[float]) -> float:
    """How probable it is that the matter is about what no rule of the mandate is."""
    return 1.0 - sum(like[subject] for subject in prepared.subjects)


def _considered(case: Case) -> tuple[Considered, ...]:
    limits = case.thresholds
    fits = [
        fit
        for fit in case.rules
        if (fit.strength >= limits.likely / 2 if fit.chance is None else fit.chance >= limits.considered)
    ]
    return tuple(
        Considered(
            fit.ready.rule.number,
            fit.ready.rule.destination,
            round(1 - math.exp(-fit.strength) if fit.chance is None else fit.chance, 3),
            case.band_for(fit),
        )
        for fit in fits[:_MOST_CONSIDERED]
    )
