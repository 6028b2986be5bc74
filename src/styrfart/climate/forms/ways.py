"""One's own page: five short answers, and who may read them."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from styrfart.climate.models.ways import LONGEST_WAY
from styrfart.climate.queries.ways import HEADINGS, WaysHome

HINTS = {
    "best": _("Till exempel tid på dagen, hur du förbereder dig, tyst eller högt."),
    "feedback": _("Till exempel direkt eller efteråt, skriftligt eller i samtal."),
    "pressed": _("Vad andra kan göra, eller låta bli."),
    "ask_me": _("Det du kan och gärna hjälper till med."),
    "misread": _("Till exempel att du är tyst när du tänker."),
}


class WayForm(forms.Form):
    """Every answer may be empty. Nothing about health is asked for."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    shown = forms.MultipleChoiceField(
        label=_("Vilka får läsa sidan?"),
        help_text=_("Bara de som är med där just nu. Väljer du ingen ser bara du sidan."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, home: WaysHome, **kwargs: Any) -> None:
        way = home.way
        start: dict[str, Any] = {name: getattr(way, name) if way else "" for name in HEADINGS}
        start |= {
            "revision": way.revision if way else 0,
            "shown": [circle.value for circle in home.circles if circle.is_shown],
        }
        kwargs["initial"] = start
        super().__init__(*args, **kwargs)
        for name, heading in HEADINGS.items():
            self.fields[name] = forms.CharField(
                label=str(heading),
                help_text=HINTS[name],
                max_length=LONGEST_WAY,
                required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.order_fields(["revision", *HEADINGS, "shown"])
        self.home = home
        shown = cast("forms.MultipleChoiceField", self.fields["shown"])
        shown.choices = [(circle.value, circle.name) for circle in home.circles]

    @property
    def texts(self) -> dict[str, str]:
        """The answers."""
        return {name: self.cleaned_data[name] for name in HEADINGS}

    @property
    def team_ids(self) -> list[int]:
        chosen = self.cleaned_data["shown"]
        return [each.team.pk for each in self.home.circles if each.team and each.value in chosen]

    @property
    def unit_ids(self) -> list[int]:
        chosen = self.cleaned_data["shown"]
        return [each.unit.pk for each in self.home.circles if each.unit and each.value in chosen]
