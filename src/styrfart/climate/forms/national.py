"""A saved answer of the national database, and when it was fetched."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.climate.kolada import MOST_BYTES
from styrfart.shared.forms import DayField


class NationalFileForm(forms.Form):
    """The file and its day."""

    file = forms.FileField(
        label=_("Sparat svar från Kolada"),
        help_text=_("En JSON-fil med nyckeltal för gruppen G2328, alla kommuner (ovägt medel)"),
        widget=forms.FileInput(attrs={"accept": ".json,application/json"}),
        error_messages={
            "required": _("Välj filen som du har sparat"),
            "empty": _("Filen är tom. Välj en annan."),
        },
    )
    fetched_on = DayField(
        label=_("När svaret hämtades"), error_messages={"required": _("Ange när svaret hämtades")}
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Nothing that could not be an answer is read at all."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise ValidationError(_("Filen är för stor för att vara ett svar från Kolada."))
        return file

    def clean_fetched_on(self) -> object:
        """A day that has been."""
        day = self.cleaned_data["fetched_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Ange dagen då svaret hämtades. Den kan inte ligga framåt i tiden."))
        return day
