"""Input to clean values."""

from styrfart.meetings.forms.pulse import PulseForm

__all__ = [
    "PulseForm",
]
