"""What one thing that waits among decisions and actions looks like."""

import datetime as dt
from dataclasses import dataclass
from enum import Enum

# The chair is reminded when a decision has been overdue for so long.
CHAIR_AFTER = dt.timedelta(days=14)


class DueKind(Enum):
    TAKE_ON = "take_on"
    DONE = "done"
    OVERDUE = "overdue"
    EFFECT = "effect"
    REVIEW = "review"
    RECEIPT = "receipt"
    ACTION = "action"


@dataclass(frozen=True)
class Due:
    """One thing that waits for somebody: a sentence, why, one verb, and where to do it."""

    kind: DueKind
    on: dt.date
    title: str
    why: str
    verb: str
    url: str
    is_late: bool
    about: str = ""  # the record whose words it tells, as a letter names it
