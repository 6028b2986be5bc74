"""What can be done with meetings."""

from styrfart.meetings.actions.pulse import (
    PulseIsClosed,
    answer_pulse,
    closes_at,
    invite_to_pulse,
    is_pulse_open,
    release_pulse,
)

__all__ = [
    "PulseIsClosed",
    "answer_pulse",
    "closes_at",
    "invite_to_pulse",
    "is_pulse_open",
    "release_pulse",
]
