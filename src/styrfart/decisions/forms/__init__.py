"""Input about decisions and actions as clean Python."""

from styrfart.decisions.forms.deciding import DecisionForm
from styrfart.decisions.forms.following import (
    EffectForm,
    MoveForm,
    RegisterForm,
    ReportForm,
    ReviewForm,
    StepForm,
)
from styrfart.decisions.forms.listing import LogForm, PeriodForm, ReportedForm
from styrfart.decisions.forms.tasks import (
    NOT_WITHDRAWN,
    ActionForm,
    MoveActionForm,
    RevisionForm,
    ShownForm,
)
from styrfart.decisions.phrases import receipt_words

__all__ = [
    "NOT_WITHDRAWN",
    "ActionForm",
    "DecisionForm",
    "EffectForm",
    "LogForm",
    "MoveActionForm",
    "MoveForm",
    "PeriodForm",
    "RegisterForm",
    "ReportForm",
    "ReportedForm",
    "ReviewForm",
    "RevisionForm",
    "ShownForm",
    "StepForm",
    "receipt_words",
]
