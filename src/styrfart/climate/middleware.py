"""Whoever answers a pulse is nobody: what a browser knows of a session is taken away before it is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

PATHS = "/puls/"
# The messages of whoever is signed in in the same browser are theirs, and not shown here.
WHO = frozenset({settings.SESSION_COOKIE_NAME, "messages"})


class NobodyMiddleware:
    """Strips requests under /puls/ of the session, before `SessionMiddleware`.

    Otherwise the session's row would be read, and now and then written, in the second in which somebody
    answers (ADR 25).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(PATHS):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if name not in WHO}
            request.META.pop("HTTP_COOKIE", None)
        return self.get_response(request)
