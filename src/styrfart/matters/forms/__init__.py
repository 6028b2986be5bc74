"""What people write and choose at the matter desk."""

from styrfart.matters.forms.hand_in import MatterForm, Prefill
from styrfart.matters.forms.kept import long_texts
from styrfart.matters.forms.listing import MatterFilter, QueueForm, SearchForm, SuggestForm, TeamSearchForm
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
    TakeBackForm,
    TeamForm,
)
from styrfart.matters.forms.secrecy import LiftForm, SecrecyForm

__all__ = [
    "AnswerForm",
    "CommitteeForm",
    "DeclineForm",
    "HandOverForm",
    "HandToTeamForm",
    "LiftForm",
    "MatterFilter",
    "MatterForm",
    "MeetingForm",
    "MoreForm",
    "Prefill",
    "PreparationForm",
    "QueueForm",
    "ReturnForm",
    "SearchForm",
    "SecrecyForm",
    "SuggestForm",
    "TakeBackForm",
    "TeamForm",
    "TeamSearchForm",
    "long_texts",
]
