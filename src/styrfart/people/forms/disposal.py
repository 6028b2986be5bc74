"""The last question before records go."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from styrfart.people.forms.fields import KnownForm


class DisposalForm(KnownForm):
    """Says that the decision is about these records; carries what the page showed."""

    is_sure = forms.BooleanField(
        error_messages={"required": gettext_lazy("Bekräfta att gallringsbeslutet gäller handlingarna")}
    )

    def __init__(self, data: Any = None, *, mark: str, decision: str) -> None:
        super().__init__(data, initial={"known": mark})
        self.fields["is_sure"].label = _(
            "Jag har kontrollerat att %(decision)s gäller de här handlingarna"
        ) % {"decision": decision}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("known") != self.known_now:
            fault = _("Det som kan gallras har ändrats sedan du öppnade sidan. Läs igenom och bekräfta igen.")
            self.refuse(fault, self.known_now)
        return cleaned
