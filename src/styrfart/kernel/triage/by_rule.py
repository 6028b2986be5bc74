"""What the mandate's rules say."""

from collections.abc import Sequence
from dataclasses import replace

from styrfart.kernel.triage.by_point import (
    Kept,
    above_limit,
    by_point,
    kept_by_committee,
    may_be_kept,
    to_committee,
)
from styrfart.kernel.triage.case import Case, given_to, unknown
from styrfart.kernel.triage.model import (
    Asked,
    Confidence,
    Destination,
    Need,
    Proposal,
    Reason,
    ReasonKind,
    Route,
)
from styrfart.kernel.triage.preparing import Scope
from styrfart.kernel.triage.weighing import RuleFit

_PLAIN = {
    Destination.MEETING: Route.MEETING,
    Destination.TEAM: Route.TEAM,
    Destination.COMMITTEE: Route.COMMITTEE,
    Destination.WRITTEN: Route.WRITTEN,
}
_SURE = (Confidence.CLEAR, Confidence.LIKELY, Confidence.UNKNOWN)
_LEAVES = (Destination.POST, Destination.LINE)


def clear_rule(case: Case) -> Proposal | None:
    """What a rule that clearly fits says."""
    return _by_rule(case, Confidence.CLEAR) if _band(case) is Confidence.CLEAR else None


def likely_rule(case: Case) -> Proposal | None:
    """What a rule that probably fits says."""
    return _by_rule(case, Confidence.LIKELY) if _band(case) is Confidence.LIKELY else None


def _band(case: Case) -> Confidence:
    if not case.rules:
        return Confidence.UNKNOWN
    best = case.rules[0]
    if best.chance is None:
        return _by_words(case, best)
    if _waits_with_others(case, best):
        return Confidence.UNKNOWN
    band = case.band_of(best.chance)
    if band is Confidence.LIKELY and best.share is None:  # likeness knows nothing of it
        return min(band, _by_words(case, best), key=_SURE.index)
    return band


def _by_words(case: Case, best: RuleFit) -> Confidence:
    bands = [_beside(case, best, fit) for fit in case.rules if fit.goal != best.goal]
    return max([*bands, case.band(best.strength)], key=_SURE.index)


def _waits_with_others(case: Case, best: RuleFit) -> bool:
    """Whether the cost would tell which of several rules holds."""
    return best.needs_cost and any(fit.needs_cost and fit.goal != best.goal for fit in _close(case, best))


def _close(case: Case, best: RuleFit) -> list[RuleFit]:
    """The rules that fit about as well as the best, itself first."""
    if best.chance is None:
        return [fit for fit in case.rules if _beside(case, best, fit) is Confidence.UNKNOWN]
    return [fit for fit in case.rules if (fit.chance or 0.0) >= best.chance / 2 and fit.reasons]


def _beside(case: Case, best: RuleFit, rival: RuleFit) -> Confidence:
    pointed = best.is_to_the_point and not rival.is_to_the_point
    return case.band(best.strength, rival.strength, is_pointed=pointed)


def _by_rule(case: Case, band: Confidence) -> Proposal | None:
    fit = case.rules[0]
    rule = fit.ready.rule
    if case.matter.asked is Asked.INFORMATION and rule.destination is not Destination.WRITTEN:
        return None  # what only informs is written, whatever it touches
    if fit.needs_cost and case.is_to_decide and fit.ready.amount_min is not None:
        return _ask_for_cost((fit,), band)
    made = Proposal(Route.UNKNOWN, band, rule=rule.number, target=rule.target, reasons=fit.reasons)
    if fit.needs_cost and case.is_to_decide:
        # Up to an amount: most matters without a cost have none, so the rule holds if that is confirmed.
        waits = Reason(ReasonKind.RULE_NEEDS_COST, (("rule", rule.number),))
        made = replace(made, confidence=Confidence.LIKELY, reasons=(*made.reasons, waits), needs=(Need.COST,))
    if rule.destination in _LEAVES:
        return _to_somebody(case, fit, made)
    kept = kept_by_committee(case)
    noted = (Reason(ReasonKind.NOT_DELEGABLE, (("point", kept.code),)),) if kept else ()
    return replace(
        made,
        route=_PLAIN[rule.destination],
        point=kept.code if kept else None,
        only_prepares=rule.destination is Destination.COMMITTEE or kept is not None,
        reasons=(*made.reasons, *noted),
    )


def _to_somebody(case: Case, fit: RuleFit, made: Proposal) -> Proposal:
    """To a post or the line, unless only the committee may decide."""
    keeping = may_be_kept(case)
    if keeping is not None:
        return _overtaken(case, fit, keeping)
    if len(case.standing.areas) > 1 and fit.ready.scope is not Scope.SEVERAL:
        # One post would decide what several members' areas share: somebody must look.
        made = replace(made, confidence=Confidence.LIKELY)
    if fit.ready.rule.destination is Destination.LINE:
        manager = case.standing.line_manager()
        return replace(made, route=Route.LINE, target=manager.ref if manager else made.target)
    return _to_post(case, fit, made)


def _overtaken(case: Case, fit: RuleFit, keeping: Kept) -> Proposal:
    """A rule hands on what the scheme may keep for the committee: the law goes first, or nobody knows."""
    code = keeping.code
    overtaken = (Reason(ReasonKind.RULE_OVERTAKEN, (("rule", fit.ready.rule.number), ("point", code))),)
    kept = kept_by_committee(case)
    if kept is not None and kept.fit.strength * case.thresholds.apart_share >= fit.strength:
        return to_committee(kept, after=overtaken)
    return unknown((*overtaken, *fit.reasons), (Need.WHICH_POINT,), only_prepares=True)


def _to_post(case: Case, fit: RuleFit, made: Proposal) -> Proposal:
    rule = fit.ready.rule
    post = case.standing.by_ref(rule.target)
    if post is None and rule.target is None:
        post = case.standing.holder(rule.post_title)
    above = above_limit(case, post.title if post else rule.post_title, rule.points)
    if above is not None:
        proposal = by_point(case, above, Confidence.LIKELY)
        return replace(proposal, reasons=(*proposal.reasons, *fit.reasons))
    if post is None:
        needs = (*made.needs, Need.WHO_DECIDES) if rule.target is None else made.needs
        return replace(made, route=Route.POST, title=rule.post_title, needs=needs)
    return given_to(post, made, case)


def _ask_for_cost(fits: Sequence[RuleFit], band: Confidence) -> Proposal:
    waits = tuple(Reason(ReasonKind.RULE_NEEDS_COST, (("rule", fit.ready.rule.number),)) for fit in fits)
    return Proposal(
        Route.MORE,
        band,
        rule=fits[0].ready.rule.number,
        reasons=(*waits, *fits[0].reasons),
        needs=(Need.COST,),
    )


def rules_disagree(case: Case) -> Proposal | None:
    """Rules fit about equally and lead to different places: they are quoted, none is chosen."""
    if not case.rules or _band(case) is not Confidence.UNKNOWN:
        return None
    best = case.rules[0]
    close = _close(case, best)
    if case.fits(best) and all(fit.needs_cost for fit in close) and case.is_to_decide:
        return _ask_for_cost(close, case.band_for(best))
    if all(fit.strength < case.thresholds.likely for fit in close):
        return None
    if best.chance is not None and len({fit.goal for fit in close}) == 1:
        return None
    waiting = any(fit.needs_cost for fit in close)
    quoted = Reason(ReasonKind.RULES_DISAGREE, (("rules", tuple(fit.ready.rule.number for fit in close)),))
    needs = (Need.WHICH_RULE, Need.COST) if waiting else (Need.WHICH_RULE,)
    kept = may_be_kept(case)
    return unknown(
        (quoted, *(reason for fit in close for reason in fit.reasons)), needs, only_prepares=kept is not None
    )
