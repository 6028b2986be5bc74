"""Who is asked in a 360, and until when."""

import datetime as dt
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from styrfart.climate.forms.colleagues import PeopleField, as_lines
from styrfart.climate.models import Group, Round
from styrfart.climate.models.rounds import LEAST_REVIEW
from styrfart.climate.queries.reviews import MOST_RATERS
from styrfart.people.forms.fields import PersonField
from styrfart.people.models import Person
from styrfart.people.standing import User
from styrfart.shared.forms import DayField

Rater = Group.Rater


class ReviewForm(forms.Form):
    """The raters by kind; a person is asked as one of them."""

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)
    manager = PersonField(
        label=_("Din chef"),
        required=False,
        help_text=_("Svarar med namn. Lämna tomt om du inte vill fråga din chef."),
    )
    peers = PeopleField(
        label=_("Kollegor"),
        help_text=_("Minst tre, annars visas de tillsammans med medarbetarna. En person på varje rad."),
        most=MOST_RATERS,
        rows=6,
        required=False,
    )
    reports = PeopleField(
        label=_("Medarbetare"),
        help_text=_("Minst tre, annars visas de tillsammans med kollegorna. En person på varje rad."),
        most=MOST_RATERS,
        rows=8,
        required=False,
    )
    why = forms.CharField(
        label=_("Vad vill du ha hjälp att förstå?"),
        help_text=_("En mening till dem som svarar."),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    closes_on = DayField(label=_("Svar till och med"))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {}).setdefault("closes_on", timezone.localdate() + dt.timedelta(days=14))
        super().__init__(*args, **kwargs)
        self.user = user
        for name in ("manager", "peers", "reports"):
            cast("PeopleField | PersonField", self.fields[name]).user = user

    def clean_closes_on(self) -> dt.date:
        """A week ahead at least would be kind; within three months is asked."""
        day: dt.date = self.cleaned_data["closes_on"]
        today = timezone.localdate()
        if not today <= day <= today + dt.timedelta(days=92):
            raise ValidationError(_("Välj en dag inom tre månader från i dag"))
        return day

    def clean_manager(self) -> Person | None:
        """Somebody else, who can get a letter."""
        person: Person | None = self.cleaned_data["manager"]
        if person is not None and person.pk == self.user.pk:
            raise ValidationError(_("Du svarar redan som dig själv. Ange din chef"))
        if person is not None and not person.email:
            raise ValidationError(_("Personen har ingen e-postadress och kan inte svara"))
        return person

    def clean(self) -> dict[str, Any]:
        """Nobody is asked as two; colleagues and reports are at least three together."""
        found = super().clean() or {}
        if self.errors:
            return found
        seen: dict[int, str] = {found["manager"].pk: "manager"} if found["manager"] else {}
        for name in ("peers", "reports"):
            for person in found[name]:
                if person.pk in seen:
                    self.add_error(name, _now("%(name)s står på två ställen") % {"name": person.full_name})
                    return found
                seen[person.pk] = name
        if len(found["peers"]) + len(found["reports"]) < LEAST_REVIEW:
            self.add_error(
                "peers", _now("Fråga minst tre kollegor och medarbetare. Annars går inget att visa")
            )
        return found

    @property
    def raters(self) -> dict[Person, str]:
        """Each person by kind."""
        found = self.cleaned_data
        raters: dict[Person, str] = {found["manager"]: Rater.MANAGER} if found["manager"] else {}
        raters |= dict.fromkeys(found["peers"], Rater.PEER)
        return raters | dict.fromkeys(found["reports"], Rater.REPORT)


def as_raters(raters: dict[str, list[Person]]) -> dict[str, Any]:
    """How those who are asked stand in the form."""
    return {
        "manager": as_lines(raters.get(Rater.MANAGER, [])),
        "peers": as_lines(raters.get(Rater.PEER, [])),
        "reports": as_lines(raters.get(Rater.REPORT, [])),
    }


def as_planned(asked: Round, raters: dict[str, list[Person]]) -> dict[str, Any]:
    """What the form shows of a 360 that has not been started."""
    return {
        "revision": asked.revision,
        **as_raters(raters),
        "why": asked.why,
        "closes_on": asked.closes_on,
    }
