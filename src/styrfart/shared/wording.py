"""What Django says of any text field, in our words: once, and not at every field."""

from django.core import validators
from django.utils.translation import gettext_lazy as _

validators.MaxLengthValidator.message = _(
    "Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d."
)
validators.ProhibitNullCharactersValidator.message = _("Ta bort det osynliga tecknet (null) ur texten.")
