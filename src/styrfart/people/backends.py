"""How somebody is recognised, and what happens to somebody who guesses."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from styrfart.people.models import Person
from styrfart.shared.prepared import PreparedObjects


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is untyped
    """Sign-in with address and password; whoever has left cannot sign in."""

    def get_user(self, user_id: int) -> Person | None:
        """Who has signed in, unless they have left since. One query, in every request."""
        person = _BY_ID.first(pk=user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


_BY_ID: PreparedObjects[Person] = PreparedObjects(lambda pk: Person.objects.filter(pk=pk), pk=int)


def attempted_address(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """The address that somebody tries to sign in with, so that failures are counted for that account."""
    given = credentials or {}
    address = given.get("email") or given.get("username") or request.POST.get("login") or ""
    return str(address).strip().lower()[:254]


def locked_out(request: HttpRequest, _response: HttpResponse | None, _credentials: object) -> HttpResponse:
    """The page after too many wrong passwords: what happened and when to try again."""
    pause = settings.AXES_COOLOFF_TIME
    response = render(request, "429.html", {"minutes": int(pause.total_seconds() // 60)}, status=429)
    response.headers["Retry-After"] = str(int(pause.total_seconds()))
    return response
