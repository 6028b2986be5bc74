"""One matter with all that the decision tree looks at, and how sure a strength is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from styrfart.kernel.triage.model import (
    Asked,
    Confidence,
    Matter,
    Need,
    Post,
    Proposal,
    Reason,
    ReasonKind,
    Route,
)
from styrfart.kernel.triage.preparing import Prepared
from styrfart.kernel.triage.reading import Reading
from styrfart.kernel.triage.standing import Standing
from styrfart.kernel.triage.thresholds import Thresholds
from styrfart.kernel.triage.weighing import PointFit, RuleFit


@dataclass(frozen=True, slots=True)
class Case:
    """What has been read and weighed; `rules` likeliest first, `points` strongest first."""

    matter: Matter
    prepared: Prepared
    reading: Reading
    standing: Standing
    rules: Sequence[RuleFit]
    points: Sequence[PointFit]
    thresholds: Thresholds

    @property
    def is_to_decide(self) -> bool:
        """Whether somebody is asked to decide, or to prepare what others decide."""
        return self.matter.asked in (Asked.DECISION, Asked.PREPARATION)

    def fits(self, fit: RuleFit) -> bool:
        """Whether the rule fits at all."""
        return self.band_for(fit) is not Confidence.UNKNOWN

    def band_for(self, fit: RuleFit) -> Confidence:
        """How sure the rule is, whatever others say."""
        return self.band(fit.strength) if fit.chance is None else self.band_of(fit.chance)

    def band_of(self, chance: float) -> Confidence:
        """How sure a chance is."""
        if chance >= self.thresholds.surely:
            return Confidence.CLEAR
        return Confidence.LIKELY if chance >= self.thresholds.rather else Confidence.UNKNOWN

    def band(self, strength: float, rival: float = 0.0, *, is_pointed: bool = False) -> Confidence:
        """How sure a strength is beside that of the strongest rival that leads elsewhere.

        `is_pointed`: the question says a specific hint of it and none of the rival.
        """
        limits = self.thresholds
        apart = strength - rival >= limits.apart and strength >= limits.apart_share * rival
        if not apart and is_pointed and strength - rival >= limits.pointed:
            return Confidence.LIKELY if strength >= limits.likely else Confidence.UNKNOWN
        if not apart or strength < limits.likely:
            return Confidence.UNKNOWN
        return Confidence.CLEAR if strength >= limits.clear else Confidence.LIKELY


def given_to(post: Post, made: Proposal, case: Case) -> Proposal:
    """The proposal with the post as its goal; what the chair may decide, the chair decides now."""
    if post.is_chair and case.is_to_decide:
        chair = Reason(ReasonKind.CHAIR_DECIDES, (("target", post.ref),))
        return replace(made, route=Route.DECIDE, target=post.ref, reasons=(*made.reasons, chair))
    return replace(made, route=Route.POST, target=post.ref)


def unknown(reasons: tuple[Reason, ...], needs: tuple[Need, ...], *, only_prepares: bool = False) -> Proposal:
    """The answer that triage does not know, with what it saw and what it would have to know."""
    return Proposal(
        Route.UNKNOWN, Confidence.UNKNOWN, only_prepares=only_prepares, reasons=reasons, needs=needs
    )
