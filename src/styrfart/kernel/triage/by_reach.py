"""What can be said without rule or point: from what is asked, and from whose areas the matter touches."""

from styrfart.kernel.triage.by_point import above_limit, disagreeing, may_be_kept
from styrfart.kernel.triage.case import Case, unknown
from styrfart.kernel.triage.model import (
    Asked,
    Confidence,
    Destination,
    Need,
    Post,
    Proposal,
    Reason,
    ReasonKind,
    Route,
)
from styrfart.kernel.triage.preparing import ReadyRule
from styrfart.kernel.triage.standing import names

_FEW_IN_QUESTION = 2
_FEW_IN_ALL = 6
_BOTH = 2


def information(case: Case) -> Proposal | None:
    """What only informs goes out in writing, whatever it touches (design note domain 1.2 e).

    A rule of the mandate on that is quoted, if it has one; the reasons name the rule that the matter touches.
    """
    if case.matter.asked is not Asked.INFORMATION:
        return None
    asked = Reason(ReasonKind.ASKED_FOR_INFORMATION)
    touched = case.rules[0] if case.rules and case.fits(case.rules[0]) else None
    band = Confidence.LIKELY if touched else Confidence.CLEAR
    written = _on_information(case)
    return Proposal(
        Route.WRITTEN,
        band,
        rule=written.rule.number if written else None,
        reasons=(asked, *(touched.reasons if touched else ())),
    )


def _on_information(case: Case) -> ReadyRule | None:
    """The rule on what goes out in writing: the one that fits best, else one on information as such."""
    fitting = [
        fit.ready for fit in case.rules if fit.strength and fit.ready.rule.destination is Destination.WRITTEN
    ]
    general = [
        ready
        for ready in case.prepared.rules
        if ready.rule.destination is Destination.WRITTEN and ready.is_on_information
    ]
    return next(iter((*fitting, *general)), None)


def too_little(case: Case) -> Proposal | None:
    """Nobody can tell what is asked: the sender is asked to say more."""
    asked, told = case.reading.question_words, case.reading.reason_words
    if asked > _FEW_IN_QUESTION or asked + told > _FEW_IN_ALL:
        return None
    band = Confidence.LIKELY if asked + told else Confidence.CLEAR
    return Proposal(Route.MORE, band, reasons=(Reason(ReasonKind.TOO_LITTLE_TEXT),), needs=(Need.QUESTION,))


def for_committee(case: Case) -> Proposal | None:
    """Preparation is asked for, and the matter names the committee or the council."""
    if case.matter.asked is not Asked.PREPARATION or not case.reading.committee:
        return None
    named = Reason(ReasonKind.NAMES_COMMITTEE, (("found", case.reading.committee),))
    return Proposal(Route.COMMITTEE, Confidence.LIKELY, only_prepares=True, reasons=(named,))


def shared(case: Case) -> Proposal | None:
    """What several members' areas share, or an answer that binds others: that is what the team is for.

    Only when the sender says so. Ticked boxes are not enough, however many, nor is "gemensam" in passing: of
    matters whose rule had been taken out, half of what went to the meeting by these was not for it (ADR 16).
    """
    reading = case.reading
    binds = tuple(word for word in reading.asks_of_several if word in reading.precedent)
    several = _several(case)
    if not binds and not (several and _is_theirs_together(case)):
        return None
    precedent = (Reason(ReasonKind.PRECEDENT, (("found", binds),)),) if binds else ()
    return Proposal(
        Route.MEETING,
        Confidence.LIKELY,
        only_prepares=may_be_kept(case) is not None,
        reasons=(*several, *precedent),
    )


def _is_theirs_together(case: Case) -> bool:
    """Whether members are to think together, must weigh or agree, or are asked in the question for what is
    common to them."""
    reading = case.reading
    return bool(reading.asks_of_several or reading.joint or case.matter.asked is Asked.THINKING)


def _several(case: Case) -> tuple[Reason, ...]:
    areas = case.standing.areas
    if len(areas) < _BOTH:
        return ()
    members = tuple(member.ref for member in areas)
    return (Reason(ReasonKind.SEVERAL_AREAS, (("areas", len(areas)), ("members", members))),)


def _rules_for_a_post_at_this_cost(case: Case) -> list[ReadyRule]:
    """The rules that let one post decide up to an amount, and the matter's cost is within it."""
    cost = case.matter.cost
    if cost is None or case.matter.asked is not Asked.DECISION:
        return []
    return [
        ready
        for ready in case.prepared.rules
        if ready.rule.destination is Destination.POST
        and ready.amount_max is not None
        and (ready.amount_min or 0) <= cost <= ready.amount_max
    ]


def own_unit(case: Case) -> Proposal | None:
    """An everyday decision about the owner's own unit only: its head manages the work there.

    Where it costs something, a rule must let that head decide at such a cost.
    """
    reading = case.reading
    if case.matter.asked is not Asked.DECISION or reading.shared or reading.change:
        return None
    if may_be_kept(case) or disagreeing(case):
        return None
    head = case.standing.own_head()
    if head is None or head.is_chair or not _may_spend(case, head):
        return None
    own = Reason(ReasonKind.OWN_UNIT, (("target", head.ref),))
    return Proposal(Route.POST, Confidence.LIKELY, target=head.ref, reasons=(own,))


def _may_spend(case: Case, head: Post) -> bool:
    if above_limit(case, head.title, ()) is not None:
        return False
    return not case.matter.cost or any(
        ready.rule.target == head.ref
        or (ready.rule.target is None and names(ready.rule.post_title, head.title))
        for ready in _rules_for_a_post_at_this_cost(case)
    )


def nothing_known(case: Case) -> Proposal:
    """Triage does not know: whose areas it touches is told, and a clearer question would help."""
    reasons = [*disagreeing(case), Reason(ReasonKind.NO_RULE)]
    reasons += _several(case)
    if case.standing.outside:
        reasons.append(Reason(ReasonKind.OUTSIDE_TEAM))
    elif len(case.standing.areas) == 1:
        reasons.append(Reason(ReasonKind.ONE_AREA, (("members", (case.standing.areas[0].ref,)),)))
    is_point = reasons[0].kind is ReasonKind.POINTS_DISAGREE
    needs = [Need.WHICH_POINT] if is_point else []
    if not case.matter.touched:
        needs.append(Need.TOUCHED_UNITS)
    elif not is_point:
        needs.append(Need.QUESTION)
    return unknown(tuple(reasons), tuple(needs), only_prepares=may_be_kept(case) is not None)
