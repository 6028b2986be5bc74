"""Input to clean Python."""

from styrfart.people.forms.account import AccountForm, LanguageForm, NextForm, OpenForm, PageForm
from styrfart.people.forms.disposal import DisposalForm
from styrfart.people.forms.imports import WHOLE, ApplyForm, LinesForm, UploadForm
from styrfart.people.forms.log import LogForm, OutboxForm
from styrfart.people.forms.persons import AddPersonForm, ChangePersonForm, FindForm, GiveRoleForm
from styrfart.people.forms.retention import RetentionForm
from styrfart.people.forms.teams import (
    AddMemberForm,
    ChangeChairForm,
    ChangeTeamForm,
    EndMemberForm,
    TeamForm,
)

__all__ = [
    "WHOLE",
    "AccountForm",
    "AddMemberForm",
    "AddPersonForm",
    "ApplyForm",
    "ChangeChairForm",
    "ChangePersonForm",
    "ChangeTeamForm",
    "DisposalForm",
    "EndMemberForm",
    "FindForm",
    "GiveRoleForm",
    "LanguageForm",
    "LinesForm",
    "LogForm",
    "NextForm",
    "OpenForm",
    "OutboxForm",
    "PageForm",
    "RetentionForm",
    "TeamForm",
    "UploadForm",
]
