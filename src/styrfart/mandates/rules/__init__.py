"""What may be done in this room, and by whom. No rule writes or queries."""

from styrfart.mandates.rules.access import (
    VOTING,
    can_archive_mandate,
    can_confirm_mandate,
    can_import_scheme,
    can_lead_mandate,
    can_see_draft,
    can_see_mandate,
    can_write_mandate,
)
from styrfart.mandates.rules.deciding import deciding_posts, may_decide, same_title
from styrfart.mandates.rules.reviewing import ReviewReason, reasons_to_review

__all__ = [
    "VOTING",
    "ReviewReason",
    "can_archive_mandate",
    "can_confirm_mandate",
    "can_import_scheme",
    "can_lead_mandate",
    "can_see_draft",
    "can_see_mandate",
    "can_write_mandate",
    "deciding_posts",
    "may_decide",
    "reasons_to_review",
    "same_title",
]
