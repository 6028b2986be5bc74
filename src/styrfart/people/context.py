"""What the header shows of the person who is signed in."""

from django.http import HttpRequest

from styrfart.people import queries


def header(request: HttpRequest) -> dict[str, object]:
    """The person's standing, for navigation and the team switch."""
    return {"standing": queries.standing(request.user)}
