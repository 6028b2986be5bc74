"""Reads about decisions and actions: fetching is authorising."""

from styrfart.decisions.queries.choosing import Choices, Right, choices_for
from styrfart.decisions.queries.coming import (
    Due,
    DueKind,
    Quarter,
    Styrfart,
    due_for,
    on_their_way,
    quarter_of,
    styrfart,
)
from styrfart.decisions.queries.listing import LogFilter, log, log_choices, search, to_report
from styrfart.decisions.queries.reading import (
    ActionRow,
    DecisionPage,
    Row,
    decision_for,
    decision_page,
    decision_to_replace,
    row_of,
)
from styrfart.decisions.queries.tasks import action_for, action_rows, action_to_change, actions_of

__all__ = [
    "ActionRow",
    "Choices",
    "DecisionPage",
    "Due",
    "DueKind",
    "LogFilter",
    "Quarter",
    "Right",
    "Row",
    "Styrfart",
    "action_for",
    "action_rows",
    "action_to_change",
    "actions_of",
    "choices_for",
    "decision_for",
    "decision_page",
    "decision_to_replace",
    "due_for",
    "log",
    "log_choices",
    "on_their_way",
    "quarter_of",
    "row_of",
    "search",
    "styrfart",
    "to_report",
]
