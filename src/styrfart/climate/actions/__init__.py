"""What is done to rounds, split by object."""

from styrfart.climate.actions.casting import (
    AlreadyAnswered,
    Envelope,
    NotInvited,
    NotOpen,
    cast,
    envelope_of,
    is_used,
)
from styrfart.climate.actions.counting import close_round, count_round

__all__ = [
    "AlreadyAnswered",
    "Envelope",
    "NotInvited",
    "NotOpen",
    "cast",
    "close_round",
    "count_round",
    "envelope_of",
    "is_used",
]
