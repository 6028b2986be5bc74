"""What is done with mandates and schemes of delegation."""

from styrfart.mandates.actions.adopting import (
    adopt_mandate,
    ask_for_change,
    call_for_review,
    confirm_mandate,
    keep_mandate,
    note_archived,
    propose_mandate,
    withdraw_proposal,
)
from styrfart.mandates.actions.delegating import (
    drop_waiting_scheme,
    keep_scheme,
    put_in_force,
    withdraw_scheme,
)
from styrfart.mandates.actions.drafting import answer_question, discard_draft, start_draft
from styrfart.mandates.actions.ruling import RuleText, add_rule, change_rule, move_rule, remove_rule

__all__ = [
    "RuleText",
    "add_rule",
    "adopt_mandate",
    "answer_question",
    "ask_for_change",
    "call_for_review",
    "change_rule",
    "confirm_mandate",
    "discard_draft",
    "drop_waiting_scheme",
    "keep_mandate",
    "keep_scheme",
    "move_rule",
    "note_archived",
    "propose_mandate",
    "put_in_force",
    "remove_rule",
    "start_draft",
    "withdraw_proposal",
    "withdraw_scheme",
]
