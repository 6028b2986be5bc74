"""Who may read, write and adopt a mandate; who may decide by a point; when a mandate calls for a review."""

import datetime as dt
import enum
from collections.abc import Iterable, Mapping

from styrfart.mandates.models import DelegationPoint
from styrfart.people import rules as people
from styrfart.people.models import Team, TeamRole
from styrfart.people.standing import HeldPost, User

# The team in the sense of the mandate: those who adopt it. Secretary and adjunct are in the room only.
VOTING = frozenset({TeamRole.CHAIR, TeamRole.MEMBER})
# A mandate is looked through again when the team has so many new members.
NEW_MEMBERS = 2


def can_see_mandate(user: User, team: Team) -> bool:
    """Whoever may see the team, an external coach excepted."""
    return people.can_see_team(user, team) and people.can_see_organisation(user)


def can_see_draft(user: User, team: Team) -> bool:
    """Whoever has a seat, an external coach excepted: a draft is the team's working material."""
    return people.is_in_room(user, team) and people.can_see_organisation(user)


def can_write_mandate(user: User, team: Team) -> bool:
    """Chair, members and secretary."""
    return people.is_member(user, team) or people.is_secretary(user, team)


def can_lead_mandate(user: User, team: Team) -> bool:
    """Propose, take back, discard, keep: the chair."""
    return people.is_chair(user, team)


def can_confirm_mandate(user: User, team: Team) -> bool:
    """Confirm, or ask for a change: the chair and the members."""
    return people.is_member(user, team)


def can_import_scheme(user: User) -> bool:
    """Read in a scheme of delegation: the system owner."""
    return people.is_system_owner(user)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are written alike, but for capitals and spaces; never whether they mean the same."""
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def deciding_posts(posts: Iterable[HeldPost], point: DelegationPoint, amount: int | None) -> list[HeldPost]:
    """Those of `posts` that may decide by the point, in the order given.

    A post may if it lies within the committee's part of the organisation and its title is one of the
    point's delegates, with no limit or a limit of at least `amount` kronor (None: no cost). Nobody may
    by a point that is not delegable. `point` has `scheme.committee` and `delegates` loaded.
    """
    if not point.is_delegable:
        return []
    within = point.scheme.committee.path
    titles = [
        delegate.title
        for delegate in point.delegates.all()
        if amount is None or delegate.amount_limit is None or amount <= delegate.amount_limit
    ]
    return [
        post
        for post in posts
        if post.unit_path.startswith(within) and any(same_title(post.title, title) for title in titles)
    ]


def may_decide(posts: Iterable[HeldPost], point: DelegationPoint, amount: int | None) -> bool:
    """Whether somebody who holds `posts` may decide by the point, at a cost of `amount` kronor."""
    return bool(deciding_posts(posts, point, amount))


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
