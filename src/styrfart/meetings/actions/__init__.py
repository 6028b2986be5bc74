"""What can be done with meetings."""

from styrfart.meetings.actions.advice import ask_advice, decline_advice, give_advice
from styrfart.meetings.actions.attendance import (
    add_attendee,
    exclude,
    note_own_presence,
    note_presence,
    readmit,
)
from styrfart.meetings.actions.changing import (
    Change,
    cancel_meeting,
    change_meeting,
    refresh_attendees,
    refresh_everywhere,
)
from styrfart.meetings.actions.ending import (
    end_forgotten_meeting,
    end_meeting,
    forgotten_meetings,
    is_forgotten,
    last_happened_at,
)
from styrfart.meetings.actions.live import move_group, open_meeting, put_off_item, return_item
from styrfart.meetings.actions.logs import (
    park_again,
    take_up_parked,
)
from styrfart.meetings.actions.minutes import (
    begin_minutes,
    correct_minutes,
    edit_section,
    hand_over_minutes,
    note_archived,
    prepare_pdf,
    register_minutes,
    remind_of_minutes,
)
from styrfart.meetings.actions.minutes_answers import (
    approve_minutes,
    check_minutes,
    send_back_minutes,
)
from styrfart.meetings.actions.minutes_attendance import (
    AttendanceHasMovedOn,
    correct_attendance,
)
from styrfart.meetings.actions.planning import (
    Wish,
    make_meetings,
    plan_meeting,
    plan_series,
)
from styrfart.meetings.actions.positions import open_round, show_round, signal_ready, take_position
from styrfart.meetings.actions.proposing import take_up_proposed
from styrfart.meetings.actions.pulse import (
    PulseIsClosed,
    answer_pulse,
    closes_at,
    invite_to_pulse,
    is_pulse_open,
    release_pulse,
)
from styrfart.meetings.actions.recording import (
    change_entry,
    follow_undone_decision,
    record_action,
    record_decision,
    record_note,
    remove_entry,
)
from styrfart.meetings.actions.returning import return_everywhere, return_unfinished
from styrfart.meetings.actions.rota import (
    set_rota,
    skip_turn,
    swap_leaders,
)
from styrfart.meetings.actions.series import (
    change_series,
    end_series,
)
from styrfart.meetings.actions.structure import (
    ItemValues,
    KindValues,
    add_kind,
    add_standing_item,
    change_kind,
    change_standing_item,
    end_kind,
    move_standing_item,
    remove_standing_item,
)
from styrfart.meetings.actions.wheel import (
    WheelValues,
    add_wheel_items,
    change_wheel_item,
    change_wheel_year,
    end_wheel_item,
)
from styrfart.meetings.actions.withdrawing import follow_withdrawn_action, withdraw_action
from styrfart.meetings.facts_minutes import (
    CheckerIsMissing,
    MeetingIsNotOver,
    MinutesHaveMovedOn,
    MinutesRefused,
    ReasonIsMissing,
    RecordsHaveChanged,
    SectionHasMovedOn,
)

__all__ = [
    "AttendanceHasMovedOn",
    "Change",
    "CheckerIsMissing",
    "ItemValues",
    "KindValues",
    "MeetingIsNotOver",
    "MinutesHaveMovedOn",
    "MinutesRefused",
    "PulseIsClosed",
    "ReasonIsMissing",
    "RecordsHaveChanged",
    "SectionHasMovedOn",
    "WheelValues",
    "Wish",
    "add_attendee",
    "add_kind",
    "add_standing_item",
    "add_wheel_items",
    "answer_pulse",
    "approve_minutes",
    "ask_advice",
    "begin_minutes",
    "cancel_meeting",
    "change_entry",
    "change_kind",
    "change_meeting",
    "change_series",
    "change_standing_item",
    "change_wheel_item",
    "change_wheel_year",
    "check_minutes",
    "closes_at",
    "correct_attendance",
    "correct_minutes",
    "decline_advice",
    "edit_section",
    "end_forgotten_meeting",
    "end_kind",
    "end_meeting",
    "end_series",
    "end_wheel_item",
    "exclude",
    "follow_undone_decision",
    "follow_withdrawn_action",
    "forgotten_meetings",
    "give_advice",
    "hand_over_minutes",
    "invite_to_pulse",
    "is_forgotten",
    "is_pulse_open",
    "last_happened_at",
    "make_meetings",
    "move_group",
    "move_standing_item",
    "note_archived",
    "note_own_presence",
    "note_presence",
    "open_meeting",
    "open_round",
    "park_again",
    "plan_meeting",
    "plan_series",
    "prepare_pdf",
    "put_off_item",
    "readmit",
    "record_action",
    "record_decision",
    "record_note",
    "refresh_attendees",
    "refresh_everywhere",
    "register_minutes",
    "release_pulse",
    "remind_of_minutes",
    "remove_entry",
    "remove_standing_item",
    "return_everywhere",
    "return_item",
    "return_unfinished",
    "send_back_minutes",
    "set_rota",
    "show_round",
    "signal_ready",
    "skip_turn",
    "swap_leaders",
    "take_position",
    "take_up_parked",
    "take_up_proposed",
    "withdraw_action",
]
