"""What is written to plan, change and cancel meetings."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.meetings.actions import Change, Wish
from styrfart.meetings.forms.fields import ClockField, MinutesField, TeammateField
from styrfart.meetings.models import Meeting, MeetingKind
from styrfart.people.models import Person
from styrfart.shared.forms import DayField, upon


class ShownForm(forms.Form):
    """Whether all coming meetings are shown: `?kommande=alla`."""

    kommande = forms.CharField(required=False, max_length=10)

    @property
    def all_coming(self) -> bool:
        return self.is_valid() and self.cleaned_data["kommande"] == "alla"


class _WhenForm(forms.Form):
    """Day, hour, place and people."""

    held_on = DayField(label=_("Dag"))
    starts_at = ClockField(label=_("Börjar"))
    minutes = MinutesField(label=_("Längd i minuter"))
    place = forms.CharField(label=_("Plats"), max_length=120, required=False)
    title = forms.CharField(label=_("Namn på mötet"), max_length=80, required=False)
    leader = TeammateField(label=_("Mötesledare"), nobody=_("Den som står på tur, annars ordföranden"))
    secretary = TeammateField(label=_("För anteckningarna"), nobody=_("Gruppens sekreterare"))
    note = forms.CharField(
        label=_("Hälsning i kallelsen"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    # Set by the button that plans although something speaks against the day.
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("leader", "secretary"):
            field = self.fields[name]
            assert isinstance(field, TeammateField)  # noqa: S101  # declared above
            field.among(people, also=self.initial.get(name))

    def clean_held_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["held_on"]
        if day < timezone.localdate():
            raise forms.ValidationError(gettext("Dagen har redan varit. Välj en dag från och med i dag"))
        return day


class MeetingForm(_WhenForm):
    """A new meeting; what is left empty is as in its kind."""

    kind = forms.ChoiceField(label=_("Vilket slags möte?"), required=False, widget=forms.RadioSelect)
    field_order = ("kind", "held_on", "starts_at", "minutes", "place", "title", "leader", "secretary", "note")

    def __init__(self, *args: Any, kinds: Sequence[MeetingKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = {str(kind.pk): kind for kind in kinds}
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # declared above
        field.choices = [
            *((pk, kind.name) for pk, kind in self.kinds.items()),
            ("", gettext("Ett enstaka möte")),
        ]
        self.fields["minutes"].required = False
        self.fields["minutes"].help_text = _("Tomt: så långt som mötet brukar vara.")
        self.fields["place"].help_text = _("Tomt: där mötet brukar vara.")
        self.fields["title"].help_text = _("Tomt: det mötet brukar heta.")

    @property
    def kind_chosen(self) -> MeetingKind | None:
        return self.kinds.get(self.cleaned_data["kind"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "minutes" in cleaned and not cleaned["minutes"]:
            kind = self.kinds.get(cleaned.get("kind", ""))
            if kind is None:
                self.add_error("minutes", gettext("Skriv hur många minuter mötet är"))
            else:
                cleaned["minutes"] = kind.minutes
        if not cleaned.get("kind") and not cleaned.get("title"):
            self.add_error("title", gettext("Skriv vad mötet heter"))
        return cleaned

    def wish(self) -> Wish:
        """As the action takes it."""
        names = ("held_on", "starts_at", "minutes", "title", "place", "note", "leader", "secretary")
        return Wish(**{name: self.cleaned_data[name] for name in names})


class ChangeMeetingForm(_WhenForm):
    """A planned meeting; carries the revision that its page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        names = ("held_on", "starts_at", "minutes", "title", "place", "note", "leader", "secretary")
        initial = {name: getattr(meeting, name) for name in names} | {"revision": meeting.revision}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["title"].required = True
        self.fields["title"].error_messages["required"] = _("Skriv vad mötet heter")
        for name, nobody in (("leader", ""), ("secretary", _("Ingen än"))):
            field = self.fields[name]
            assert isinstance(field, TeammateField)  # noqa: S101  # declared above
            field.nobody, field.required = nobody, not nobody
            field.among(field.people.values())

    def change(self) -> Change:
        """As the action takes it."""
        return Change(**{name: self.cleaned_data[name] for name in Change.__dataclass_fields__})

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)


class CancelForm(forms.Form):
    """Why a meeting is not held."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Varför ställs mötet in?"),
        help_text=_("Alla som skulle ha varit med får läsa det."),
        max_length=200,
        error_messages={"required": _("Skriv varför, så att de som väntas vet")},
    )

    def have_read(self, revision: int) -> None:
        """The next try is against what there is now."""
        self.data = upon(self.data, revision)
