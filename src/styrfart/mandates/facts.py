"""What may stand in the way of an action in this room, each as a fact."""

from collections.abc import Sequence
from dataclasses import dataclass

from styrfart.mandates.models import Question


class MandateFact(Exception):
    """Something about a mandate that an action meets."""


class MandateAlreadyOpen(MandateFact):
    """The team has a draft or a proposal already."""


class MandateNotDraft(MandateFact):
    """The mandate is no draft any more: it has been proposed, adopted or discarded."""


class MandateNotProposed(MandateFact):
    """The mandate does not wait for confirmations: it has been withdrawn or adopted."""


class MandateNotOpen(MandateNotDraft, MandateNotProposed):
    """The team has neither draft nor proposal any more: it has been adopted or discarded."""


class MandateNotAdopted(MandateFact):
    """The mandate is not the one in force."""


@dataclass(eq=False)
class MandateChanged(MandateFact):
    """Somebody has changed the same text since the page was loaded."""

    by: str = ""


class RuleRemoved(MandateFact):
    """Somebody has removed the rule since the page was loaded."""


class TooManyRules(MandateFact):
    """A mandate with more rules than anyone can keep in mind."""


@dataclass(eq=False)
class MandateIncomplete(MandateFact):
    """Questions without an answer."""

    questions: Sequence[Question]


class NotAllConfirmed(MandateFact):
    """Somebody in the team has not confirmed."""


class SchemeFact(Exception):
    """Something about a scheme of delegation that an action meets."""


class SchemeStartsTooEarly(SchemeFact):
    """The new version would begin before, or the same day as, one that there is already."""


class SchemeMovedOn(SchemeFact):
    """The scheme has a newer version than the one that the differences were counted from."""


class SchemeInForce(SchemeFact):
    """The version is, or has been, in force: it stays as it is."""


class SchemeInUse(SchemeFact):
    """Something refers to the version."""


class SchemeIsGone(SchemeFact):
    """What was read has been put in force, replaced or dropped."""


class NothingChanged(SchemeFact):
    """The file says what is in force already."""
