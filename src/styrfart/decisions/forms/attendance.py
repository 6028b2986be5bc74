"""Who took part before a decision, who had to leave, who dissented: the fields of each person."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext

from styrfart.decisions import actions, queries
from styrfart.people.models import Person


@dataclass(frozen=True)
class AttendanceRow:
    """One person's fields among those who took part."""

    person: Person
    present: BoundField
    excluded: BoundField
    ground: BoundField
    dissent: BoundField

    @property
    def is_open(self) -> bool:
        """Whether conflict of interest and dissent are shown: something is written or wrong there."""
        fields = (self.excluded, self.ground, self.dissent)
        return any(field.errors or field.value() for field in fields)


class AttendanceFields(forms.Form):
    """A form with four fields for each person of the room who does not decide."""

    offered: queries.Choices
    decider: Person

    def offer_attendance(self, person: Person) -> None:
        """Add the fields of one person."""
        self.fields[f"present_{person.pk}"] = forms.BooleanField(label=str(person), required=False)
        self.fields[f"excluded_{person.pk}"] = forms.BooleanField(
            label=gettext("Jävig: deltog inte och var inte närvarande"), required=False
        )
        self.fields[f"ground_{person.pk}"] = forms.CharField(
            label=gettext("Jävsgrund"), max_length=200, required=False
        )
        self.fields[f"dissent_{person.pk}"] = forms.CharField(
            label=gettext("Avvikande mening"),
            max_length=4000,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    @property
    def attendance_rows(self) -> list[AttendanceRow]:
        """The fields of those who may have taken part, person by person."""
        return [
            AttendanceRow(
                person=seat.person,
                present=self[f"present_{seat.person_id}"],
                excluded=self[f"excluded_{seat.person_id}"],
                ground=self[f"ground_{seat.person_id}"],
                dissent=self[f"dissent_{seat.person_id}"],
            )
            for seat in self.offered.seats
            if seat.person_id != self.decider.pk
        ]

    def clean_attendance(self, row: AttendanceRow, data: dict[str, Any]) -> None:
        """Somebody with a conflict of interest has a ground and no opinion in the record."""
        pk = row.person.pk
        if not data.get(f"excluded_{pk}"):
            return
        if not data.get(f"ground_{pk}"):
            self.add_error(
                f"ground_{pk}", gettext("Ange jävsgrunden för %(name)s") % {"name": row.person.full_name}
            )
        if data.get(f"dissent_{pk}"):
            self.add_error(
                f"dissent_{pk}",
                gettext("Ta bort den avvikande meningen: %(name)s är jävig") % {"name": row.person.full_name},
            )

    def attendance(self) -> Iterable[actions.Attendance]:
        """Those who took part, or had to leave."""
        data = self.cleaned_data
        for row in self.attendance_rows:
            pk = row.person.pk
            excluded, dissent = data[f"excluded_{pk}"], data[f"dissent_{pk}"]
            if excluded or dissent or data[f"present_{pk}"]:
                yield actions.Attendance(row.person, excluded, data[f"ground_{pk}"], dissent)
