"""When an adopted mandate calls for a review."""

import datetime as dt
import enum
from collections.abc import Mapping

from styrfart.mandates.rules.access import VOTING
from styrfart.people.models import TeamRole

# A mandate is looked through again when the team has so many new members.
NEW_MEMBERS = 2


class ReviewReason(enum.Enum):
    NEW_CHAIR = "new_chair"
    NEW_MEMBERS = "new_members"
    DATE_PASSED = "date_passed"


def reasons_to_review(
    *,
    then: Mapping[int, TeamRole],
    now: Mapping[int, TeamRole],
    review_on: dt.date | None,
    today: dt.date,
) -> tuple[ReviewReason, ...]:
    """Why a mandate should be looked through, given who (id) sat as what when it was adopted and now."""
    reasons = []
    if any(role == TeamRole.CHAIR and then.get(person) != role for person, role in now.items()):
        reasons.append(ReviewReason.NEW_CHAIR)
    new = [person for person, role in now.items() if role in VOTING and then.get(person) not in VOTING]
    if len(new) >= NEW_MEMBERS:
        reasons.append(ReviewReason.NEW_MEMBERS)
    if review_on is not None and review_on < today:
        reasons.append(ReviewReason.DATE_PASSED)
    return tuple(reasons)
