"""What is done to rounds, split by object."""

from styrfart.climate.actions.casting import AlreadyAnswered, NotOpen, cast
from styrfart.climate.actions.counting import close_round, count_round
from styrfart.climate.queries.answering import Envelope, NotInvited, envelope_of, is_used

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
