"""What each route and each answer needs to know."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.matters.fields import PersonField, capitalised
from styrfart.matters.models import ItemPurpose, MatterLevel, Route
from styrfart.people.models import Person, Team
from styrfart.shared.forms import DayField, RevisionForm

LONGEST_NOTE = 2000
PURPOSE_HINTS = {
    ItemPurpose.INFORMATION: _("Gruppen får veta"),
    ItemPurpose.DIALOGUE: _("Gruppen tänker ihop"),
    ItemPurpose.ADVICE: _("Den som beslutar får råd"),
    ItemPurpose.DECISION: _("Den som har rätt att besluta gör det på mötet"),
    ItemPurpose.FOLLOW_UP: _("Gruppen ser hur det gick"),
}
LEVEL_HINTS = {
    MatterLevel.STRATEGIC: _("Riktning och prioritering på längre sikt"),
    MatterLevel.TACTICAL: _("Samordning och resurser det närmaste året"),
    MatterLevel.OPERATIONAL: _("Det dagliga arbetet"),
}


class TeamForm(RevisionForm):
    """Another team for a draft; none: the one that the mandate names."""

    to = forms.ModelChoiceField(queryset=Team.objects.none(), to_field_name="slug", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = Team.objects.on(timezone.localdate())  # type: ignore[attr-defined]  # a choice field


class MeetingForm(RevisionForm):
    """What a matter needs before it may enter an agenda (domain rule 2)."""

    purpose = forms.ChoiceField(
        label=_("Syfte"),
        choices=capitalised(ItemPurpose),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj ett syfte")},
    )
    level = forms.ChoiceField(
        label=_("Nivå"),
        choices=capitalised(MatterLevel),
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en nivå")},
    )
    outcome = forms.CharField(
        label=_("Vad ska finnas efter punkten?"),
        help_text=_("Till exempel: ett beslut om vilket alternativ vi väljer"),
        max_length=200,
        error_messages={"required": _("Skriv vad som ska finnas efter punkten")},
    )
    minutes = forms.IntegerField(
        label=_("Hur många minuter behövs?"),
        min_value=5,
        max_value=240,
        required=False,
        widget=forms.TextInput(attrs={"class": "input--number", "inputmode": "numeric"}),
        error_messages={
            "invalid": _("Skriv minuterna med siffror, till exempel 20"),
            "min_value": _("Skriv minst fem minuter"),
            "max_value": _("Skriv högst 240 minuter"),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].hints = PURPOSE_HINTS  # type: ignore[attr-defined]  # read by the field's template
        self.fields["level"].hints = LEVEL_HINTS  # type: ignore[attr-defined]  # read by field.html


class AnswerByField(DayField):
    """A day that has not passed and lies within a year."""

    def clean(self, value: Any) -> dt.date | None:
        day: dt.date | None = super().clean(value)
        today = timezone.localdate()
        if day and day < today:
            raise ValidationError(_("Dagen har passerat. Ange en dag som kommer"))
        if day and day > today + dt.timedelta(days=366):
            raise ValidationError(_("Ange en dag inom ett år"))
        return day


class HandOverForm(RevisionForm):
    """To whom, by when, with which words."""

    to = PersonField(label=_("Till vem?"))
    answer_by = AnswerByField(label=_("Svar senast"))
    note = forms.CharField(
        label=_("Några ord på vägen"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    route = forms.ChoiceField(
        choices=[(Route.POST, ""), (Route.LINE, "")], widget=forms.HiddenInput, required=False
    )

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].user = user  # type: ignore[attr-defined]  # who searches


class HandToTeamForm(RevisionForm):
    """To which team, by when, with which words."""

    to = forms.ModelChoiceField(
        label=_("Till vilken grupp?"),
        queryset=Team.objects.none(),
        to_field_name="slug",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": _("Välj en grupp"),
            "invalid_choice": _("Gruppen finns inte i dag. Välj en annan"),
        },
    )
    answer_by = AnswerByField(label=_("Svar senast"))
    note = forms.CharField(
        label=_("Några ord på vägen"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, team: Team, offered: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        field.queryset = Team.objects.on(timezone.localdate()).exclude(pk=team.pk)  # type: ignore[attr-defined]  # a choice field
        field.choices = [(other.slug, other.name) for other in offered]  # type: ignore[attr-defined]  # a choice field


class CommitteeForm(RevisionForm):
    """The official report that the committee needs."""

    report = forms.CharField(
        label=_("Vad ska tjänsteutlåtandet svara på?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Skriv vad tjänsteutlåtandet ska svara på")},
    )
    owner = PersonField(label=_("Vem skriver det?"))
    committee_on = DayField(label=_("Vilket sammanträde siktar ni på?"), required=False)

    def __init__(self, *args: Any, user: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].user = user  # type: ignore[attr-defined]  # who searches

    def clean_committee_on(self) -> dt.date | None:
        day: dt.date | None = self.cleaned_data["committee_on"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Dagen har passerat. Ange en dag som kommer"))
        return day


class MoreForm(RevisionForm):
    """What is missing."""

    note = forms.CharField(
        label=_("Vad behöver ni veta?"),
        help_text=_("Skriv så att det går att svara på. Den som lämnade in får det direkt"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Skriv vad ni behöver veta")},
    )


class DeclineForm(RevisionForm):
    """Why not here, and where instead."""

    note = forms.CharField(
        label=_("Varför hör ärendet inte hemma här?"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv varför ärendet inte hör hemma här")},
    )
    home = forms.CharField(
        label=_("Var hör det hemma?"),
        help_text=_("En person, en grupp eller en funktion"),
        max_length=200,
        error_messages={"required": _("Skriv var ärendet hör hemma")},
    )


class AnswerForm(forms.Form):
    """The receiver's answer."""

    answer = forms.CharField(
        label=_("Ditt svar"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Skriv ditt svar")},
    )


class ReturnForm(forms.Form):
    """Why the matter goes back."""

    reason = forms.CharField(
        label=_("Varför lämnar du tillbaka det?"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv varför du lämnar tillbaka ärendet")},
    )


class TakeBackForm(forms.Form):
    """Why the matter is taken back from whoever got it."""

    taken_back = forms.CharField(
        label=_("Varför tar du tillbaka det?"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv varför du tar tillbaka ärendet")},
    )


class PreparationForm(forms.Form):
    """Where the finished report is."""

    reference = forms.CharField(
        label=_("Var finns tjänsteutlåtandet?"),
        help_text=_("Diarienummer eller plats"),
        max_length=200,
        error_messages={"required": _("Skriv var tjänsteutlåtandet finns")},
    )
