"""What the header shows of the person who is signed in."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from styrfart.people import queries


def header(request: HttpRequest) -> dict[str, object]:
    """The person's standing, for navigation and the team switch."""
    # Error pages are also drawn before anybody has been recognised: a request for another host, for one.
    return {"standing": queries.standing(getattr(request, "user", AnonymousUser()))}
