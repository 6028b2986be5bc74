"""What stops a plan, as exceptions that state the fact."""


class PlanRefused(Exception):
    """The plan was not carried out, and nothing was changed."""


class PlanChanged(PlanRefused):
    """Somebody else changed the plan after the page was read."""


class MeetingNotComing(PlanRefused):
    """The meeting has begun, has been held or is cancelled."""


class KindEnded(PlanRefused):
    """No more meetings of this kind are planned on that day."""


class SeriesHasNoDays(PlanRefused):
    """Not a single day is left to meet on."""


class AlreadyPlanned(PlanRefused):
    """The same is planned already: a button was pressed twice, or by two."""


class SeriesEnded(PlanRefused):
    """The series has been replaced by another."""


class NameTaken(PlanRefused):
    """The team has another that is called the same."""


class NobodyElseLeads(PlanRefused):
    """There is nobody else whose turn it could be."""


class CannotSwap(PlanRefused):
    """The two meetings have no turns to swap."""


class LeaderIsNotThere(PlanRefused):
    """Whoever would lead has no seat in the team that day."""


class YearOutside(PlanRefused):
    """The item is not on the wheel in that year."""
