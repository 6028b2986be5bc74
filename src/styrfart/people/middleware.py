"""What holds for every request: how long a sign-in lasts, a second factor where required, the language."""

import datetime as dt
from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.cache import patch_cache_control

from styrfart.people.models import Person
from styrfart.people.standing import standing

Answer = Callable[[HttpRequest], HttpResponse]

SINCE, SEEN = "signed_in_at", "seen_at"
# How often it is written down that somebody is active; a write at each request would cost more than it gives.
SEEN_EVERY = dt.timedelta(minutes=5)
HAS_SECOND_FACTOR = "second_factor"


class SessionLimitMiddleware:
    """Ends a session some hours after sign-in, after a time of silence, and when the person has left."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The person, and not Django's stand-in for one: each page asks some two hundred things of it.
        request.user = get_user(request)
        if request.user.is_authenticated:
            if self._is_over(request):
                logout(request)
        elif SESSION_KEY in request.session:
            # Signed in once, but nobody now: deactivated. Nothing may bring the session back to life.
            request.session.flush()
        response = self.get_response(request)
        if request.user.is_authenticated and "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True)  # no cache on the way keeps somebody's own page
        return response

    def _is_over(self, request: HttpRequest) -> bool:
        now = timezone.now()
        since = _moment(request.session.get(SINCE))
        seen = _moment(request.session.get(SEEN))
        if since is None or seen is None:
            request.session[SINCE] = request.session[SEEN] = now.isoformat()
            return False
        if now - since > settings.SESSION_LIFETIME or now - seen > settings.SESSION_IDLE:
            return True
        if now - seen > SEEN_EVERY:
            request.session[SEEN] = now.isoformat()
        return False


def _moment(kept: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(kept) if kept else None


class LanguageMiddleware:
    """Turns on the reader's language for the whole request: the person's own, a cookie's, the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        language = (
            user.language if isinstance(user, Person) else translation.get_language_from_request(request)
        )
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class SecondFactorMiddleware:
    """Leads whoever must have a second factor, and has none, to the page where one is made."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> HttpResponse | None:
        """Let the request through, or redirect."""
        if settings.MFA_REQUIRED_ROLES and self._is_missing(request):
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return None

    def _is_missing(self, request: HttpRequest) -> bool:
        user = request.user
        match = request.resolver_match
        name = match.url_name or "" if match else ""
        if name.startswith("mfa_"):
            # The pages where a second factor is also taken away: what we knew of it is asked anew after them.
            request.session.pop(HAS_SECOND_FACTOR, None)
        if not isinstance(user, Person) or request.session.get(HAS_SECOND_FACTOR):
            return False
        # Making a second factor, proving oneself for it, and leaving are always allowed.
        if name.startswith("mfa_") or name in {"account_reauthenticate", "account_logout", "health"}:
            return False
        if standing(user).roles.isdisjoint(settings.MFA_REQUIRED_ROLES):
            return False
        # The organisation's own sign-in asks for its own second factor.
        is_from_provider = any(
            one["method"] == "socialaccount" for one in get_authentication_records(request, user)
        )
        if is_from_provider or is_mfa_enabled(user):
            request.session[HAS_SECOND_FACTOR] = True
            return False
        return True
