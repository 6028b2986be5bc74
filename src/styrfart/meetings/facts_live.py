"""Why something was not done in an open meeting. Each name states the fact; the pages have the words."""

from styrfart.meetings.models import Entry


class LiveRefused(Exception):
    """What was asked for would break a rule of the meeting; nothing was written."""


class MeetingIsNotOpen(LiveRefused):
    """The meeting has not begun, or has ended."""


class MeetingIsNotToday(LiveRefused):
    """The meeting is planned for a later day."""


class MeetingIsCancelled(LiveRefused):
    """The meeting is not held."""


class NoSuchItem(LiveRefused):
    """The item is not on this meeting's agenda, or not for this person."""


class ItemIsElsewhere(LiveRefused):
    """The same question stands on another agenda by now."""


class IsExcluded(LiveRefused):
    """Somebody with a conflict of interest would have taken part in the item."""


class IsNotThere(LiveRefused):
    """Somebody who is not at the meeting would have taken part."""


class NoRoundIsOpen(LiveRefused):
    """No round has been opened on the item."""


class TextIsMissing(LiveRefused):
    """What was entered says nothing."""


class DayHasPassed(LiveRefused):
    """The day lies behind."""


class EntryIsFixed(LiveRefused):
    """A decision or an action is changed on its own page."""


class ActionIsDone(LiveRefused):
    """What was done was not recorded by mistake."""


class EntryHasMovedOn(LiveRefused):
    """Somebody has changed the entry since the page was loaded; `entry` is as it is now."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(entry.pk)
        self.entry = entry
