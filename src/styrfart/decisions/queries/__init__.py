"""Reads about decisions and actions: fetching is authorising."""

from styrfart.decisions.queries.archiving import archive_records
from styrfart.decisions.queries.chairing import for_chair
from styrfart.decisions.queries.choosing import Choices, Right, choices_for, people_near
from styrfart.decisions.queries.coming import DueSource, due_for
from styrfart.decisions.queries.due import CHAIR_AFTER, Due, DueKind
from styrfart.decisions.queries.execution import Quarter, Styrfart, quarter_of, styrfart
from styrfart.decisions.queries.finding import search
from styrfart.decisions.queries.listing import (
    LogFilter,
    LogPages,
    log,
    log_choices,
    log_rows,
    team_to_archive_for,
    team_to_report_for,
    to_report,
)
from styrfart.decisions.queries.on_their_way import on_their_way
from styrfart.decisions.queries.reading import (
    ActionRow,
    DecisionPage,
    Row,
    decision_for,
    decision_page,
    decision_to_replace,
    people_of,
    row_of,
    units_of,
)
from styrfart.decisions.queries.reminding import Call, to_remind
from styrfart.decisions.queries.tasks import (
    action_for,
    action_rows,
    action_to_change,
    action_to_withdraw,
    actions_of,
    decision_behind,
    team_with_actions_for,
)

__all__ = [
    "CHAIR_AFTER",
    "ActionRow",
    "Call",
    "Choices",
    "DecisionPage",
    "Due",
    "DueKind",
    "DueSource",
    "LogFilter",
    "LogPages",
    "Quarter",
    "Right",
    "Row",
    "Styrfart",
    "action_for",
    "action_rows",
    "action_to_change",
    "action_to_withdraw",
    "actions_of",
    "archive_records",
    "choices_for",
    "decision_behind",
    "decision_for",
    "decision_page",
    "decision_to_replace",
    "due_for",
    "for_chair",
    "log",
    "log_choices",
    "log_rows",
    "on_their_way",
    "people_near",
    "people_of",
    "quarter_of",
    "row_of",
    "search",
    "styrfart",
    "team_to_archive_for",
    "team_to_report_for",
    "team_with_actions_for",
    "to_remind",
    "to_report",
    "units_of",
]
