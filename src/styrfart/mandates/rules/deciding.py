"""Who may decide by a point of a scheme of delegation. Pure: what is needed is loaded beforehand."""

from collections.abc import Iterable

from styrfart.mandates.models import DelegationPoint
from styrfart.people.standing import HeldPost


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
