"""What people write and choose at the matter desk."""

from styrfart.matters.forms.hand_in import MatterForm, Prefill
from styrfart.matters.forms.kept import long_texts
from styrfart.matters.forms.listing import MatterFilter, QueueForm, SearchForm, SuggestForm
from styrfart.matters.forms.routes import (
    AnswerForm,
    CommitteeForm,
    DeclineForm,
    HandOverForm,
    HandToTeamForm,
    MeetingForm,
    MoreForm,
    PreparationForm,
    ReturnForm,
    RevisionForm,
)

__all__ = [
    "AnswerForm",
    "CommitteeForm",
    "DeclineForm",
    "HandOverForm",
    "HandToTeamForm",
    "MatterFilter",
    "MatterForm",
    "MeetingForm",
    "MoreForm",
    "Prefill",
    "PreparationForm",
    "QueueForm",
    "ReturnForm",
    "RevisionForm",
    "SearchForm",
    "SuggestForm",
    "long_texts",
]
