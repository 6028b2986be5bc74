"""Where a matter is: what a sentence about it needs to have at hand."""

from django.db.models import Prefetch, QuerySet

from styrfart.matters.models import HandOver, Matter, Preparation

OPEN_HAND_OVERS = HandOver.objects.still_open()
OPEN_PREPARATIONS = Preparation.objects.filter(done_at=None, cancelled_at=None)


def with_whereabouts(matters: QuerySet[Matter]) -> QuerySet[Matter]:
    """Matters with what `phrases.where` needs: team, decision, who has it now. Three queries in all."""
    return matters.select_related("team", "decision__team", "decision__owner").prefetch_related(
        Prefetch(
            "hand_overs", OPEN_HAND_OVERS.select_related("to_person", "to_team"), to_attr="open_hand_overs"
        ),
        Prefetch("preparations", OPEN_PREPARATIONS.select_related("owner"), to_attr="open_preparations"),
    )
