"""What a person decides about their own pages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from styrfart.people.forms.fields import capital_first
from styrfart.people.models import Person


class AccountForm(forms.Form):
    """Language, look, shortcuts, letter."""

    marks_optional = False

    language = forms.ChoiceField(
        label=_("Språk"),
        choices=[("sv", "Svenska"), ("en", "English")],  # each in its own language
        widget=forms.RadioSelect,
    )
    theme = forms.ChoiceField(
        label=_("Utseende"),
        choices=[(choice.value, capital_first(choice.label)) for choice in Person.Theme],
        widget=forms.RadioSelect,
    )
    has_shortcuts = forms.BooleanField(
        label=_("Kortkommandon"),
        help_text=_("En bokstav eller siffra väljer väg när du sorterar ärenden."),
        required=False,
    )
    has_digest = forms.BooleanField(
        label=_("Veckobrev"),
        help_text=_("Ett brev i veckan om det som väntar på dig. Det som ska vara klart i dag får du ändå."),
        required=False,
    )


class LanguageForm(forms.Form):
    """The language to read in, and the page to come back to."""

    language = forms.ChoiceField(choices=settings.LANGUAGES)
    next = forms.CharField(max_length=2000, required=False)


class NextForm(forms.Form):
    """The page to come back to."""

    next = forms.CharField(max_length=2000, required=False)


class PageForm(forms.Form):
    """Which page of a long list; what is no number is the first."""

    sida = forms.CharField(max_length=20, required=False)

    @property
    def number(self) -> str:
        return self.cleaned_data.get("sida", "") if self.is_valid() else ""


class OpenForm(forms.Form):
    """Which unit is open in the tree."""

    oppna = forms.CharField(max_length=40, required=False)

    @property
    def code(self) -> str:
        return self.cleaned_data.get("oppna", "") if self.is_valid() else ""
