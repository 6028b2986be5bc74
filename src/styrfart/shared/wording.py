"""What Django says of any text field, in our words; and each text looked up once in the life of a process."""

from functools import lru_cache

from django.conf import settings
from django.core import validators
from django.utils.translation import gettext_lazy as _
from django.utils.translation import trans_real

# Twice as many as there are texts.
KEPT = 8000

validators.MaxLengthValidator.message = _(
    "Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d."
)
validators.ProhibitNullCharactersValidator.message = _("Ta bort det osynliga tecknet (null) ur texten.")


def remember_texts() -> None:
    """Let each language remember what it has answered.

    A page asks for two hundred. A Swedish text is its own translation: Django learns that by looking for it,
    twice, in each of the catalogues of everything installed. English lies in fourteen.
    """
    for code, _name in settings.LANGUAGES:
        language = trans_real.translation(code)
        language.gettext = lru_cache(KEPT)(language.gettext)  # type: ignore[method-assign]  # the same, remembered
