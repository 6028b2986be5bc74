"""Reads about mandates and delegation. What rooms above ask is named here."""

from styrfart.mandates.queries.confirming import adopting_members, confirming, to_confirm
from styrfart.mandates.queries.delegation import (
    authorised,
    points_for_triage,
    scheme_for,
)
from styrfart.mandates.queries.mandates import adopted_in_brief, mandate_in_force, open_mandate
from styrfart.mandates.queries.review import ReviewCall, review_call, to_review

__all__ = [
    "ReviewCall",
    "adopted_in_brief",
    "adopting_members",
    "authorised",
    "confirming",
    "mandate_in_force",
    "open_mandate",
    "points_for_triage",
    "review_call",
    "scheme_for",
    "to_confirm",
    "to_review",
]
