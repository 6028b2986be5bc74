"""What is done with letters once they are written."""

from collections.abc import Collection

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from styrfart.overview.models import Letter
from styrfart.shared import mail


def withhold_letters(abouts: Collection[str]) -> None:
    """Letters of what is due that tell of any of these records say no more: the home page tells the rest."""
    told = Q()
    for about in abouts:
        told |= Q(tells_of__contains=f" {about} ")
    letters = Letter.objects.filter(told) if abouts else Letter.objects.none()
    if keys := [mail.about_of(letter) for letter in letters]:
        mail.withhold(
            keys,
            text=_("Något i brevet omfattas nu av sekretess. På din startsida ser du vad som väntar på dig."),
            link=reverse("overview:home"),
        )
