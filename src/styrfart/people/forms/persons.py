"""People and roles, for the system owner."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.people.actions.persons import revision
from styrfart.people.forms.fields import HintedField, KnownForm, capital_first
from styrfart.people.models import Person, Role
from styrfart.shared.forms import DayField


class FindForm(forms.Form):
    """Words to look for."""

    q = forms.CharField(label=_("Namn eller e-postadress"), max_length=200, required=False)
    sida = forms.CharField(max_length=20, required=False, widget=forms.HiddenInput)

    @property
    def text(self) -> str:
        return self.cleaned_data.get("q", "") if self.is_valid() else ""

    @property
    def number(self) -> str:
        return self.cleaned_data.get("sida", "") if self.is_valid() else ""


def _address(text: str, *, but: Person | None = None) -> str:
    """The address in lower case; nobody else may have it."""
    address = text.strip().lower()
    others = Person.objects.exclude(pk=but.pk) if but else Person.objects.all()
    taken = others.filter(email=address).first() if address else None
    if taken is not None:
        raise ValidationError(_("Adressen tillhör redan %(name)s") % {"name": taken})
    return address


class AddPersonForm(forms.Form):
    """Somebody whom the register does not bring."""

    given_name = forms.CharField(
        label=_("Förnamn"), max_length=80, error_messages={"required": _("Ange ett förnamn")}
    )
    family_name = forms.CharField(
        label=_("Efternamn"), max_length=80, error_messages={"required": _("Ange ett efternamn")}
    )
    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Personen loggar in med den."),
        error_messages={
            "required": _("Ange en e-postadress"),
            "invalid": _("Skriv adressen som namn@exempel.se"),
        },
    )

    def clean_email(self) -> str:
        return _address(self.cleaned_data["email"])


class ChangePersonForm(KnownForm, AddPersonForm):
    """Corrections of a person."""

    email = forms.EmailField(
        label=_("E-postadress"),
        help_text=_("Tom om personen inte ska logga in."),
        required=False,
        error_messages={"invalid": _("Skriv adressen som namn@exempel.se")},
    )
    employee_number = forms.CharField(label=_("Anställningsnummer"), max_length=40, required=False)

    field_order = ["given_name", "family_name", "email", "employee_number"]

    def __init__(self, data: Any = None, *, person: Person) -> None:
        self.person = person
        initial = {
            "given_name": person.given_name,
            "family_name": person.family_name,
            "email": person.email or "",
            "employee_number": person.employee_number or "",
            "known": revision(person),
        }
        super().__init__(data, initial=initial)

    def clean_email(self) -> str:
        return _address(self.cleaned_data["email"], but=self.person)

    def clean_employee_number(self) -> str:
        number: str = self.cleaned_data["employee_number"].strip()
        taken = (
            Person.objects.filter(employee_number=number).exclude(pk=self.person.pk).first()
            if number
            else None
        )
        if taken is not None:
            raise ValidationError(_("Numret tillhör redan %(name)s") % {"name": taken})
        return number


class GiveRoleForm(forms.Form):
    """A role and its days."""

    role = HintedField(
        label=_("Roll"),
        choices=[(role.value, capital_first(role.label)) for role in Role],
        hints={
            Role.SYSTEM_OWNER.value: _("Sköter systemet: personer, grupper, inläsning, logg."),
            Role.HR_DEVELOPER.value: _("Utvecklar ledare och grupper i hela organisationen."),
            Role.TOP_MANAGEMENT.value: _("Ser alla ledningsgruppers rum."),
            Role.COACH.value: _("Ser bara sina egna tillfällen, inget om organisationen."),
        },
        error_messages={"required": _("Välj en roll")},
    )
    valid_from = DayField(label=_("Från och med"))
    valid_to = DayField(label=_("Till och med"), required=False, help_text=_("Tomt: tills vidare."))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("Sista dagen ligger före den första"))
        if last and last < timezone.localdate():
            self.add_error("valid_to", _("Välj en dag som inte har varit"))
        return cleaned
