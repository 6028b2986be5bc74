"""Input to clean values."""

from styrfart.meetings.forms.advice import AskAdviceForm, GiveAdviceForm
from styrfart.meetings.forms.logs import (
    MeetingLogForm,
)
from styrfart.meetings.forms.minutes import (
    AnswerForm,
    CorrectForm,
    HandOverForm,
    RegisterMinutesForm,
    ScopeForm,
    SectionForm,
    SendBackForm,
)
from styrfart.meetings.forms.minutes_attendance import (
    CorrectAttendanceForm,
)
from styrfart.meetings.forms.proposing import DraftForm
from styrfart.meetings.forms.pulse import PulseForm

__all__ = [
    "AnswerForm",
    "AskAdviceForm",
    "CorrectAttendanceForm",
    "CorrectForm",
    "DraftForm",
    "GiveAdviceForm",
    "HandOverForm",
    "MeetingLogForm",
    "PulseForm",
    "RegisterMinutesForm",
    "ScopeForm",
    "SectionForm",
    "SendBackForm",
]
