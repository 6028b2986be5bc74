"""What the clock does in this room: adopt what all that are left have confirmed, call for reviews."""

from collections.abc import Mapping

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.mandates import actions
from styrfart.mandates.facts import MandateNotProposed, NotAllConfirmed
from styrfart.mandates.models import Mandate, MandateState
from styrfart.mandates.queries.review import review_calls, without_open_version
from styrfart.mandates.rules import ReviewReason
from styrfart.people.models import Team
from styrfart.shared.jobs import Daily, job, schedule

# The first reason that holds is the one the chair is told.
WHY: Mapping[ReviewReason, str | Promise] = {
    ReviewReason.NEW_CHAIR: _(
        "Du är ny ordförande i %(team)s. Läs mandatet och bestäm om det gäller som det är "
        "eller ska skrivas om."
    ),
    ReviewReason.NEW_MEMBERS: _(
        "Minst två ledamöter är nya i %(team)s sedan mandatet antogs. Gå igenom det tillsammans."
    ),
    ReviewReason.DATE_PASSED: _(
        "Mandatet för %(team)s skulle ha setts över. Bestäm om det gäller som det är eller ska skrivas om."
    ),
}


@job()
def settle_proposals() -> None:
    """Adopt the proposals that only wait for somebody who has left the team. May run twice."""
    for proposal in Mandate.objects.filter(state=MandateState.PROPOSED).select_related("team"):
        try:
            actions.adopt_mandate(mandate=proposal, actor=None)
        except (MandateNotProposed, NotAllConfirmed):
            continue


@job()
def call_for_reviews() -> None:
    """Tell each chair, once, that the team's mandate should be looked through. May run twice."""
    today = timezone.localdate()
    uncalled = Mandate.objects.filter(
        state=MandateState.ADOPTED, review_called_at=None, team__in=Team.objects.on(today)
    ).select_related("team")
    for call in review_calls(without_open_version(uncalled), today):
        actions.call_for_review(mandate=call.mandate, text=WHY[call.reasons[0]])


schedule("mandates.settle", settle_proposals, Daily(hour=6))
schedule("mandates.review", call_for_reviews, Daily(hour=6, minute=30))
