"""What can be done with a matter."""

from styrfart.matters.actions.follow import answer, finish_preparation, hand_back, receive, take_back
from styrfart.matters.actions.hand_in import (
    Content,
    change_matter,
    delete_draft,
    hand_in,
    move_draft,
    save_draft,
    withdraw,
)
from styrfart.matters.actions.records import lift_secrecy, mark_secret, note_archived
from styrfart.matters.actions.route import (
    ask_for_more,
    decide_now,
    decline,
    hand_over,
    hand_over_draft,
    hand_to_team,
    prepare,
    send_out,
    take_up,
)
from styrfart.matters.actions.undo import follow_undone_decision, undo

__all__ = [
    "Content",
    "answer",
    "ask_for_more",
    "change_matter",
    "decide_now",
    "decline",
    "delete_draft",
    "finish_preparation",
    "follow_undone_decision",
    "hand_back",
    "hand_in",
    "hand_over",
    "hand_over_draft",
    "hand_to_team",
    "lift_secrecy",
    "mark_secret",
    "move_draft",
    "note_archived",
    "prepare",
    "receive",
    "save_draft",
    "send_out",
    "take_back",
    "take_up",
    "undo",
    "withdraw",
]
