"""By when the material of a meeting is to be there."""

import datetime as dt

from styrfart.meetings.models import Meeting, MeetingState
from styrfart.shared.workdays import is_workday

# For a meeting of no kind: as a new kind of meeting has it.
LEAD_DAYS = 5


def workdays_before(day: dt.date, count: int) -> dt.date:
    """The day that lies `count` workdays before `day`."""
    while count > 0:
        day -= dt.timedelta(days=1)
        count -= is_workday(day)
    return day


def material_due(meeting: Meeting) -> dt.date:
    """The last day on which material comes in time; `kind` must have been fetched with the meeting."""
    return workdays_before(meeting.held_on, meeting.kind.lead_days if meeting.kind else LEAD_DAYS)


def notice_due(meeting: Meeting) -> dt.date:
    """The last day on which the notice goes out in time; `kind` must have been fetched with the meeting."""
    return workdays_before(meeting.held_on, meeting.kind.call_days if meeting.kind else LEAD_DAYS)


def is_too_late(meeting: Meeting, today: dt.date) -> bool:
    """Whether what is added or made ready today comes late: after that day, or when the notice has gone."""
    return meeting.state != MeetingState.PLANNED or today > material_due(meeting)
