"""Why something was not done. Each name states the fact; the forms have the words."""


class DecisionRefused(Exception):
    """What was asked for would break a rule; nothing was written."""


class NotDelegable(DecisionRefused):
    """Only the committee decides; everybody else may prepare."""


class NotAuthorised(DecisionRefused):
    """The person may not decide this by the right that was named."""


class NotTheDecider(DecisionRefused):
    """Somebody other than the decider tried to decide."""


class ConflictOfInterest(DecisionRefused):
    """Somebody with a conflict of interest would have decided, presented the matter or dissented."""


class ChangeNotPrepared(DecisionRefused):
    """A change of weight for those who work here lacks its risk assessment or its closed consultation."""


class GroundIsMissing(DecisionRefused):
    """An exclusion says no ground."""


class DeciderDissents(DecisionRefused):
    """The decider, or somebody named twice, stands among the dissenters or participants."""


class SecretStaysInRoom(DecisionRefused):
    """The owner or a recipient of a secret decision sits outside the team's room."""


class TextIsMissing(DecisionRefused):
    """A decision says what, why and how the effect will be seen."""


class DatesAreOutOfOrder(DecisionRefused):
    """Decided, done, effect: in that order; reviewed after it was decided."""


class NotInForce(DecisionRefused):
    """The decision has been undone or replaced."""


class UndoTimeIsOver(DecisionRefused):
    """The ten minutes have passed: only a new decision changes this one."""


class HasMovedOn(DecisionRefused):
    """Somebody else changed it since the page was loaded."""


class NotDoneYet(DecisionRefused):
    """The effect can be followed only when the decision has been carried out."""


class EffectIsFollowed(DecisionRefused):
    """The decision has reached its last step."""


class AlreadyDone(DecisionRefused):
    """The action is done already, or the decision carried out."""


class StandsInMinutes(DecisionRefused):
    """Minutes that have been handed over or approved tell of it."""


class IsNotReported(DecisionRefused):
    """The decision need not be reported to the committee, or has been."""
