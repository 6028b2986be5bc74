"""What Django would say of a text is said in our words, in every form."""

import pytest
from django import forms
from django.utils import translation


class _Form(forms.Form):
    text = forms.CharField(max_length=3)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("sv", "abcde", "Korta texten till högst 3 tecken. Nu är den 5."),
        ("en", "abcde", "Shorten the text to at most 3 characters. It now has 5."),
        ("sv", "a\0", "Ta bort det osynliga tecknet (null) ur texten."),
        ("en", "a\0", "Remove the invisible character (null) from the text."),
    ],
)
def test_a_text_that_cannot_be_kept_is_told_plainly(language: str, text: str, told: str) -> None:
    with translation.override(language):
        assert _Form({"text": text}).errors["text"] == [told]


def test_each_language_remembers_its_own_texts() -> None:
    """Also for the same text, in both orders, and with a context of its own."""
    for language in ("sv", "en", "sv"):
        with translation.override(language):
            assert translation.gettext("Hem") == {"sv": "Hem", "en": "Home"}[language]
            assert translation.pgettext("tal", "två") == {"sv": "två", "en": "two"}[language]
            assert translation.gettext("två") == "två"
