"""Reads about meetings: fetching is authorising."""

from styrfart.meetings.queries.access import (
    HasMoved,
    meeting_for,
    meeting_to_lead,
    meeting_to_minute,
    meeting_to_plan,
    team_for,
    team_to_plan,
)
from styrfart.meetings.queries.advice import AdvicePage, advice_for, advice_on, worth_asking
from styrfart.meetings.queries.agenda import agenda_to_change
from styrfart.meetings.queries.archiving import (
    archive_minutes,
    team_to_archive_minutes,
)
from styrfart.meetings.queries.coming import Owed, owed_by
from styrfart.meetings.queries.live import (
    LivePage,
    action_to_withdraw,
    entry_to_change,
    item_to_keep,
    item_to_take_part,
    live_page,
    meeting_to_join,
    meeting_to_keep,
    meeting_to_take_part,
    state_for,
)
from styrfart.meetings.queries.logs import (
    Narrowed,
    OnRecord,
    log_lines_of,
    log_of,
    log_years,
    parked_for,
    parked_waiting,
)
from styrfart.meetings.queries.minutes import (
    MinutesPage,
    address_of_minutes,
    latest_minutes_for,
    latest_to_minute,
    may_send_back,
    minutes_for,
    minutes_page,
)
from styrfart.meetings.queries.minutes_documents import (
    attachment_for,
    document_for,
    sealed_minutes_for,
)
from styrfart.meetings.queries.minutes_finding import Asked, FoundMinutes, WaitingMinutes
from styrfart.meetings.queries.minutes_finding import search as search_minutes
from styrfart.meetings.queries.minutes_finding import waiting_for as minutes_waiting_for
from styrfart.meetings.queries.minutes_reading import (
    reads_everything,
)
from styrfart.meetings.queries.minutes_writing import (
    HandingOver,
    attendee_to_correct,
    handing_over_for,
    minutes_to_correct,
    section_to_edit,
)
from styrfart.meetings.queries.mirror import MeetingMirror, SpentTime, meeting_mirror
from styrfart.meetings.queries.proposing import DraftAgenda, Placing, Proposed, draft_agenda
from styrfart.meetings.queries.pulse import PulseRow, PulseShown, pulse_shown, pulse_to_answer
from styrfart.meetings.queries.reminding import Reminder, reminders, whom_to_remind
from styrfart.meetings.queries.rota import turn_to_change
from styrfart.meetings.queries.structure import (
    kind_for,
    kind_to_plan,
    series_to_plan,
    standing_item_to_plan,
)
from styrfart.meetings.queries.unopened import never_opened, who_sees_to_it
from styrfart.meetings.queries.verifying import (
    Verified,
    verified,
)
from styrfart.meetings.queries.waiting import (
    FURTHEST_NOTICE,
    NextMeeting,
    Source,
    WaitingKind,
    meeting_of,
    next_meeting,
    next_of,
    waiting_for,
)
from styrfart.meetings.queries.wheel import (
    Due,
    due_for,
    wheel_item_to_plan,
)

__all__ = [
    "FURTHEST_NOTICE",
    "AdvicePage",
    "Asked",
    "DraftAgenda",
    "Due",
    "FoundMinutes",
    "HandingOver",
    "HasMoved",
    "LivePage",
    "MeetingMirror",
    "MinutesPage",
    "Narrowed",
    "NextMeeting",
    "OnRecord",
    "Owed",
    "Placing",
    "Proposed",
    "PulseRow",
    "PulseShown",
    "Reminder",
    "Source",
    "SpentTime",
    "Verified",
    "WaitingKind",
    "WaitingMinutes",
    "action_to_withdraw",
    "address_of_minutes",
    "advice_for",
    "advice_on",
    "agenda_to_change",
    "archive_minutes",
    "attachment_for",
    "attendee_to_correct",
    "document_for",
    "draft_agenda",
    "due_for",
    "entry_to_change",
    "handing_over_for",
    "item_to_keep",
    "item_to_take_part",
    "kind_for",
    "kind_to_plan",
    "latest_minutes_for",
    "latest_to_minute",
    "live_page",
    "log_lines_of",
    "log_of",
    "log_years",
    "may_send_back",
    "meeting_for",
    "meeting_mirror",
    "meeting_of",
    "meeting_to_join",
    "meeting_to_keep",
    "meeting_to_lead",
    "meeting_to_minute",
    "meeting_to_plan",
    "meeting_to_take_part",
    "minutes_for",
    "minutes_page",
    "minutes_to_correct",
    "minutes_waiting_for",
    "never_opened",
    "next_meeting",
    "next_of",
    "owed_by",
    "parked_for",
    "parked_waiting",
    "pulse_shown",
    "pulse_to_answer",
    "reads_everything",
    "reminders",
    "sealed_minutes_for",
    "search_minutes",
    "section_to_edit",
    "series_to_plan",
    "standing_item_to_plan",
    "state_for",
    "team_for",
    "team_to_archive_minutes",
    "team_to_plan",
    "turn_to_change",
    "verified",
    "waiting_for",
    "wheel_item_to_plan",
    "who_sees_to_it",
    "whom_to_remind",
    "worth_asking",
]
