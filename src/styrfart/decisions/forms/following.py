"""What is written on the way to effect. Each form carries the revision that its page showed."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from styrfart.decisions import actions
from styrfart.decisions.models import EffectVerdict
from styrfart.shared.forms import DayField, upon

GOING, DONE = "pagar", "klart"

REFUSALS: dict[type[actions.DecisionRefused], Any] = {
    actions.HasMovedOn: _(
        "Någon har ändrat beslutet medan du skrev. Läs det senaste i historiken och skicka igen."
    ),
    actions.NotInForce: _("Beslutet gäller inte längre. Någon har återtagit eller ersatt det."),
    actions.NotDoneYet: _("Rapportera först att beslutet är genomfört."),
    actions.AlreadyDone: _("Beslutet är redan genomfört."),
    actions.EffectIsFollowed: _("Effekten är redan följd."),
    actions.DatesAreOutOfOrder: _("Ange en annan dag, i dag eller senare."),
    actions.TextIsMissing: _("Skriv några ord."),
    actions.IsNotReported: _("Någon har redan anmält ett av besluten. Läs listan igen."),
}


class StepForm(forms.Form):
    """A step on the way, with the revision of the decision that the reader saw."""

    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def refuse(self, refusal: actions.DecisionRefused, *, revision: int) -> None:
        """Say why nothing was done; what is typed stays, and may be sent again upon the new revision."""
        self.data = upon(self.data, revision)
        self.add_error(None, REFUSALS[type(refusal)])


class ReportForm(StepForm):
    """Where the decision stands: still going, in words; or carried out."""

    what = forms.ChoiceField(
        label=_("Hur går det?"),
        widget=forms.RadioSelect,
        choices=[(GOING, _("Det pågår")), (DONE, _("Beslutet är genomfört"))],
        error_messages={"required": _("Välj hur det går")},
    )
    note = forms.CharField(
        label=_("Läget i en mening eller två"),
        max_length=300,
        required=False,
        widget=forms.Textarea({"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("what") == GOING and "note" not in self.errors and not data.get("note"):
            self.add_error("note", gettext("Skriv hur det går"))
        return data


class EffectForm(StepForm):
    """Whether the decision had effect, and how that is seen."""

    verdict = forms.ChoiceField(
        label=_("Fick beslutet effekt?"),
        widget=forms.RadioSelect,
        choices=[(verdict.value, verdict.label) for verdict in EffectVerdict],
        error_messages={"required": _("Välj vad ni ser")},
    )
    note = forms.CharField(
        label=_("Så ser vi det"),
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("Till exempel: 87 procent fick svar i tid, mot 71 i våras."),
        error_messages={"required": _("Skriv hur ni ser det")},
    )


class MoveForm(StepForm):
    """A new day, and why."""

    due_on = DayField(label=_("Nytt datum"))
    reason = forms.CharField(
        label=_("Skäl"), max_length=300, error_messages={"required": _("Skriv varför datumet flyttas")}
    )


class ReviewForm(StepForm):
    """The decision stands; when to look at it again."""

    review_on = DayField(
        label=_("Se över igen"), required=False, help_text=_("Lämna tomt om beslutet gäller tills vidare.")
    )
    note = forms.CharField(label=_("Vad ni kom fram till"), max_length=300, required=False)


class RegisterForm(StepForm):
    """Registry number and ground for secrecy."""

    registry_number = forms.CharField(label=_("Diarienummer"), max_length=60, required=False)
    secrecy_ground = forms.CharField(
        label=_("Sekretessgrund"),
        max_length=120,
        required=False,
        help_text=_("Lag och paragraf. Ett sekretessmarkerat beslut visas bara i ledningsgruppen."),
    )
