"""Disposal of matters: closed ones, with all that was said, chosen and handed over in them."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from styrfart.decisions.disposal import DECISION, ended_decisions
from styrfart.mandates.disposal import MANDATE
from styrfart.matters.models import CLOSED, Material, Matter, Routing
from styrfart.shared.disposal import (
    RecordType,
    ends_before,
    erase_on_commit,
    held,
    hold,
    moment,
    register,
)
from styrfart.shared.models import RetentionRule

MATTER = "matters.matter"


def _matters(before: dt.date) -> dict[int, dt.date]:
    """Closed ones. A decision that is preserved keeps its matter: it goes when the decision may go too."""
    closed = Matter.objects.filter(state__in=CLOSED, closed_at__lt=moment(before)).order_by()
    kept = held(MATTER)  # a meeting that stays took it up
    none_or_over: set[int | None] = {None, *_decisions_that_may_go()}
    return {
        pk: timezone.localdate(at)
        for pk, at, decision in closed.values_list("pk", "closed_at", "decision")
        if at and decision in none_or_over and pk not in kept
    }


def _decisions_that_may_go() -> set[int]:
    rule = RetentionRule.objects.filter(record_type=DECISION).first()
    before = ends_before(rule, timezone.localdate())
    return set(ended_decisions(before)) if before else set()


def _erase(part: list[int]) -> None:
    erase_on_commit(material.file for material in Material.objects.filter(matter__in=part).exclude(file=""))
    Matter.objects.filter(pk__in=part).delete()


register(RecordType.of_found(MATTER, _("Ärenden"), _matters, _erase))
hold(DECISION, lambda: set(Matter.objects.filter(decision__isnull=False).values_list("decision", flat=True)))
# A rule that a matter's history quotes stays, and with it the version that it stands in.
hold(
    MANDATE,
    lambda: set(
        Routing.objects.filter(proposed_rule__isnull=False)
        .order_by()
        .values_list("proposed_rule__mandate", flat=True)
        .distinct()
    ),
)
