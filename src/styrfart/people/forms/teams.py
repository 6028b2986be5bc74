"""Teams and seats, for the system owner."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.people.actions.teams import revision
from styrfart.people.forms.fields import KnownForm, PersonField, UnitField, capital_first
from styrfart.people.models import Team, TeamLevel, TeamMember, TeamRole
from styrfart.people.standing import User
from styrfart.shared.forms import DayField


class TeamForm(forms.Form):
    """What a team is called and which unit it leads."""

    name = forms.CharField(
        label=_("Gruppens namn"), max_length=120, error_messages={"required": _("Ange gruppens namn")}
    )
    unit = UnitField(label=_("Enhet som gruppen leder"))
    level = forms.ChoiceField(
        label=_("Nivå"),
        choices=[(level.value, capital_first(level.label)) for level in TeamLevel],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en nivå")},
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)  # noqa: S101  # declared above
        unit.user = user

    @property
    def values(self) -> dict[str, Any]:
        """As the actions take them."""
        cleaned = self.cleaned_data
        return {"name": cleaned["name"], "unit": cleaned["unit"], "level": TeamLevel(cleaned["level"])}


class ChangeTeamForm(KnownForm, TeamForm):
    """A team that exists."""

    field_order = ["name", "unit", "level"]

    def __init__(self, *args: Any, team: Team, **kwargs: Any) -> None:
        initial = {"name": team.name, "unit": team.unit, "level": team.level, "known": revision(team)}
        super().__init__(*args, initial=initial, **kwargs)


class _WhoForm(forms.Form):
    """A person and the day they begin."""

    person = PersonField(label=_("Person"))
    valid_from = DayField(label=_("Från och med"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["person"]
        assert isinstance(person, PersonField)  # noqa: S101  # declared above
        person.user = user


class AddMemberForm(_WhoForm):
    """A seat and its days."""

    role = forms.ChoiceField(
        label=_("Roll"),
        choices=[(role.value, capital_first(role.label)) for role in TeamRole],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj en roll")},
    )
    function = forms.CharField(
        label=_("Funktion"), help_text=_("Till exempel HR-partner."), max_length=80, required=False
    )
    valid_to = DayField(label=_("Till och med"), required=False, help_text=_("Tomt: tills vidare."))

    field_order = ["person", "role", "function", "valid_from", "valid_to"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Sista dagen ligger före den första"))
        return cleaned


class ChangeChairForm(_WhoForm):
    """Who chairs from a day, and what becomes of the one who chaired."""

    stays = forms.ChoiceField(
        label=_("Den som är ordförande i dag"),
        choices=[("leaves", _("Lämnar gruppen")), ("stays", _("Blir ledamot"))],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Välj om den som är ordförande i dag lämnar gruppen eller blir ledamot")
        },
    )


class EndMemberForm(forms.Form):
    """The last day of a seat."""

    last_day = DayField(label=_("Sista dag"))

    def __init__(self, data: Any = None, *, seat: TeamMember) -> None:
        super().__init__(data, initial={"last_day": timezone.localdate()})
        self.seat = seat

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day < self.seat.valid_from and self.seat.valid_from <= timezone.localdate():
            raise ValidationError(_("Platsen började senare än så. Välj den dagen eller en senare"))
        return day
