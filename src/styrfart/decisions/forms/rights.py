"""The rights by which somebody may decide, as they stand in the form."""

from django.utils.translation import gettext as _

from styrfart.decisions.phrases import short
from styrfart.decisions.queries import Right
from styrfart.shared.templatetags.words import in_sentence


def right_value(right: Right) -> str:
    """What the form sends."""
    return f"p{right.point.pk}" if right.point else "arbetsledning"


def right_label(right: Right) -> str:
    """The right itself."""
    if right.point is None:
        return _("Arbetsledning, som %(post)s") % {"post": in_sentence(right.title)}
    return f"{right.point.code} {short(right.point.text)}"


def right_hint(right: Right) -> str:
    """The line under it: why this person has it."""
    if right.point is None:
        return _("Du leder och fördelar arbetet i den del av organisationen som beslutet gäller.")
    return _("Delegation till %(post)s.") % {"post": in_sentence(right.title)}
