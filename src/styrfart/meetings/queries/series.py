"""What is left of a series."""

import datetime as dt

from styrfart.meetings.models import COMING, Meeting, Series


def rest_of(series: Series, from_day: dt.date) -> list[Meeting]:
    """The coming meetings that stand for `from_day` or a later day of the series, in order. One query."""
    return list(
        Meeting.objects.filter(series=series, slot__gte=from_day, state__in=COMING)
        .select_related("team", "kind", "leader", "secretary")
        .order_by("slot")
    )
