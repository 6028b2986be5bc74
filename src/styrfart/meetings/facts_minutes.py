"""Why something could not be done with minutes."""

from styrfart.meetings.models import MinutesSection


class MinutesRefused(Exception):
    """Something could not be done with the minutes."""


class MeetingIsNotOver(MinutesRefused):
    """Minutes are made when the meeting has ended."""


class MinutesHaveMovedOn(MinutesRefused):
    """They are no longer what the page showed: handed over, sent back, approved."""


class SectionHasMovedOn(MinutesRefused):
    """Somebody else saved the same part; `section` is what stands there now."""

    def __init__(self, section: MinutesSection) -> None:
        super().__init__(section.pk)
        self.section = section


class CheckerIsMissing(MinutesRefused):
    """The kind of meeting wants somebody to check, who does not also approve."""


class RecordsHaveChanged(MinutesRefused):
    """A decision was undone, or an attachment is not the same, since they were handed over."""


class ReasonIsMissing(MinutesRefused):
    """Sending back and correcting say what and why."""
