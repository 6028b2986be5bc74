"""What the scheme of delegation says: only the committee decides, or somebody is already authorised."""

from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.kernel.triage.case import Case, given_to
from styrfart.kernel.triage.model import (
    Confidence,
    Delegate,
    Need,
    Point,
    Post,
    Proposal,
    Reason,
    ReasonKind,
    Route,
)
from styrfart.kernel.triage.standing import names
from styrfart.kernel.triage.weighing import PointFit


@dataclass(frozen=True, slots=True)
class Kept:
    """A point that keeps the matter for the committee, and how sure that is."""

    fit: PointFit
    band: Confidence

    @property
    def code(self) -> str:
        """The code of the point."""
        return self.fit.ready.point.code


def kept_by_committee(case: Case) -> Kept | None:
    """The committee's point that fits better than every delegated one; only what is to be decided is kept."""
    fit = _best(case, is_committees=True)
    if fit is None or not case.is_to_decide:
        return None
    rival = _best(case, is_committees=False)
    band = case.band(fit.strength, rival.strength if rival else 0.0)
    return None if band is Confidence.UNKNOWN else Kept(fit, band)


def may_be_kept(case: Case) -> Kept | None:
    """The committee's point that fits, unless a delegated one fits better: then nobody here may decide."""
    fit = _best(case, is_committees=True)
    if fit is None or not case.is_to_decide or fit.strength < case.thresholds.likely:
        return None
    rival = _best(case, is_committees=False)
    free = rival is not None and case.band(rival.strength, fit.strength) is not Confidence.UNKNOWN
    return None if free else Kept(fit, Confidence.UNKNOWN)


def _best(case: Case, *, is_committees: bool) -> PointFit | None:
    return next((fit for fit in case.points if fit.ready.point.is_committees is is_committees), None)


def to_committee(kept: Kept, *, after: tuple[Reason, ...] = ()) -> Proposal:
    """The proposal to prepare the matter for the committee."""
    only = Reason(ReasonKind.NOT_DELEGABLE, (("point", kept.code),))
    return Proposal(
        Route.COMMITTEE,
        kept.band,
        point=kept.code,
        only_prepares=True,
        reasons=(only, *after, *kept.fit.reasons),
    )


def clear_point(case: Case) -> Proposal | None:
    """What a point of delegation that clearly fits says."""
    return _authorised(case, Confidence.CLEAR)


def likely_point(case: Case) -> Proposal | None:
    """What a point of delegation that probably fits says."""
    return _authorised(case, Confidence.LIKELY)


def _authorised(case: Case, wanted: Confidence) -> Proposal | None:
    kept = kept_by_committee(case)
    if kept is not None:
        return to_committee(kept) if kept.band is wanted else None
    if not case.points or not case.is_to_decide or may_be_kept(case) or _is_more_than_one_case(case):
        return None
    best = case.points[0]
    delegates = best.ready.point.delegates
    rival = next((fit.strength for fit in case.points if fit.ready.point.delegates != delegates), 0.0)
    if case.band(best.strength, rival) is not wanted:
        return None
    a_rule_fits = bool(case.rules) and case.fits(case.rules[0])
    return by_point(case, best, Confidence.LIKELY if a_rule_fits else wanted)


def _is_more_than_one_case(case: Case) -> bool:
    """A delegated right is for single cases, not for what members share or what binds others."""
    return bool(case.reading.shared or case.reading.precedent or len(case.standing.areas) > 1)


def by_point(case: Case, fit: PointFit, band: Confidence) -> Proposal:
    """Who decides by the point: a post, the committee alone, or nobody knows without the cost."""
    point, cost = fit.ready.point, case.matter.cost
    if cost is None and any(one.limit is not None for one in point.delegates):
        waits = Reason(ReasonKind.POINT_NEEDS_COST, (("point", point.code),))
        return Proposal(Route.MORE, band, point=point.code, reasons=(waits, *fit.reasons), needs=(Need.COST,))
    bound = [one for one in point.delegates if is_above(one, cost)]
    too_low = tuple(
        Reason(
            ReasonKind.ABOVE_LIMIT,
            (("point", point.code), ("title", one.title), ("limit", one.limit), ("cost", cost)),
        )
        for one in bound
    )
    free = [one for one in point.delegates if one not in bound]
    if not free:
        nobody = Reason(ReasonKind.ABOVE_ALL_LIMITS, (("point", point.code), ("cost", cost)))
        return Proposal(
            Route.COMMITTEE,
            Confidence.LIKELY,
            point=point.code,
            only_prepares=True,
            reasons=(nobody, *too_low, *fit.reasons),
        )
    return _to_delegate(case, fit, free, band, too_low)


def _to_delegate(
    case: Case, fit: PointFit, free: Sequence[Delegate], band: Confidence, too_low: tuple[Reason, ...]
) -> Proposal:
    point = fit.ready.point
    delegate, post = _nearest(case, free)
    named = Reason(
        ReasonKind.AUTHORISED,
        (
            ("point", point.code),
            ("title", delegate.title),
            ("limit", delegate.limit),
            ("target", post.ref if post else None),
        ),
    )
    conditions, needs = _conditions(point)
    made = Proposal(
        Route.POST,
        Confidence.LIKELY if conditions or post is None else band,
        point=point.code,
        title="" if post else delegate.title,
        reasons=(named, *fit.reasons, *too_low, *conditions),
        needs=needs if post else (*needs, Need.WHO_DECIDES),
    )
    return given_to(post, made, case) if post else made


def _conditions(point: Point) -> tuple[tuple[Reason, ...], tuple[Need, ...]]:
    if not point.has_conditions:
        return (), ()
    return (Reason(ReasonKind.HAS_CONDITIONS, (("point", point.code),)),), (Need.CONDITIONS,)


def _nearest(case: Case, free: Sequence[Delegate]) -> tuple[Delegate, Post | None]:
    """The delegate whose post stands nearest the matter; without any post, the one with the lowest limit."""
    found = [(one, post) for one in free if (post := case.standing.holder(one.title)) is not None]
    if found:
        return max(found, key=lambda pair: (len(pair[1].unit), pair[0].title))
    return min(free, key=lambda one: (one.limit is None, one.limit or 0, one.title)), None


def is_above(delegate: Delegate, cost: int | None) -> bool:
    """Whether the cost is above what the delegate may decide."""
    return delegate.limit is not None and cost is not None and cost > delegate.limit


def above_limit(case: Case, title: str, named: Sequence[str]) -> PointFit | None:
    """The point, fitting or `named`, by which the post with the title may not decide at this cost."""
    fits = [fit for fit in case.points if fit.strength >= case.thresholds.likely]
    known = {fit.ready.point.code for fit in fits}
    fits += [
        PointFit(ready, 0.0)
        for ready in case.prepared.points
        if ready.point.code in named and ready.point.code not in known
    ]
    for fit in fits:
        held = [one for one in fit.ready.point.delegates if names(one.title, title)]
        if held and all(is_above(one, case.matter.cost) for one in held):
            return fit
    return None


def disagreeing(case: Case) -> tuple[Reason, ...]:
    """The points that fit about equally, quoted, when there is more than one."""
    if not case.is_to_decide:
        return ()
    codes = tuple(fit.ready.point.code for fit in case.points[:3] if fit.strength >= case.thresholds.likely)
    return (Reason(ReasonKind.POINTS_DISAGREE, (("points", codes),)),) if len(codes) > 1 else ()
