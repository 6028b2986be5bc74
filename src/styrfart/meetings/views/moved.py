"""A meeting that was moved to another day is found by the address it had."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.http import HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from styrfart.meetings.queries.access import HasMoved
from styrfart.people.request import Request

Answer = TypeVar("Answer", bound=HttpResponseBase)  # a page, or a file


def follows_the_meeting(view: Callable[..., Answer]) -> Callable[..., Answer | HttpResponseRedirect]:
    """Let a page of a meeting (`team`, `day`) lead on to where the meeting is now; nothing is done before."""

    @wraps(view)
    def found(request: Request, team: str, day: str, **rest: Any) -> Answer | HttpResponseRedirect:
        try:
            return view(request, team, day, **rest)
        except HasMoved as moved:
            here = str(request.resolver_match and request.resolver_match.view_name)
            return HttpResponseRedirect(
                reverse(here, kwargs={"team": team, "day": moved.meeting.slug, **rest})
            )

    return found
