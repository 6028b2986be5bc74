"""Disposal of mandates: those that another version has taken the place of."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from styrfart.mandates.models import Mandate, MandateState, Rule
from styrfart.shared.disposal import RecordType, forget, held, register

MANDATE, RULE = "mandates.mandate", "mandates.rule"


def _mandates(before: dt.date) -> dict[int, dt.date]:
    old = Mandate.objects.filter(state=MandateState.SUPERSEDED, superseded_on__lt=before).order_by()
    kept = held(MANDATE)
    return {pk: day for pk, day in old.values_list("pk", "superseded_on") if day and pk not in kept}


def _erase(part: list[int]) -> None:
    forget(RULE, list(Rule.objects.filter(mandate__in=part).values_list("pk", flat=True)))
    Mandate.objects.filter(pk__in=part).delete()


register(RecordType.of_found(MANDATE, _("Ledningsgruppernas mandat"), _mandates, _erase))
