"""Every address is closed to strangers but those listed here, and no visitor ever breaks one."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLPattern, URLResolver, get_resolver

from styrfart.people.models import Person
from tests.conftest import signed_in

# What somebody who has not signed in may see. Adding to this list is a decision.
PUBLIC = {
    "account_inactive",
    "account_login",
    "account_logout",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_signup",  # says that nobody registers here
    # By a secret in the address, or a code that is typed: whoever answers is nobody, docs/adr/0025.
    "climate:answer-check",
    "climate:answer-done",
    "climate:answer-question",
    "climate:answer-send",
    "climate:answer-start",
    "climate:answer-text",
    "climate:enter",
    "health",
    "meetings:calendar-feed",  # opens by a secret in the address, docs/adr/0021; 404 to everybody else
    "mfa_authenticate",  # the second step of signing in
    "people:set-language",
    "shared:about",
    "shared:accessibility",
    "shared:components",  # in development and demonstration; 404 otherwise
    "shared:feedback",  # also for those who cannot sign in
    "shared:help",
    "shared:protection",
    "shared:theme",
    "socialaccount_login_cancelled",
}
DEMO_ONLY = {"demo:index", "demo:step-in", "demo:step-in-as"}

SAMPLES = {"int": "1", "slug": "x", "str": "x", "uuid": "7b8e9d1c-0000-4000-8000-000000000000", "path": "x/y"}


def patterns(resolver: URLResolver, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Each name, and an address that it answers to."""
    for pattern in resolver.url_patterns:
        route = before + sample(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from patterns(pattern, route, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name or route}", "/" + route


def sample(route: str) -> str:
    """The route with something of the right kind in each place."""
    route = re.sub(r"\(\?P<uidb36>[^)]*\)-\(\?P<key>[^)]*\)", "1-abc-def", route)
    route = re.sub(r"<(?:(\w+):)?\w+>", lambda found: SAMPLES.get(found.group(1) or "str", "x"), route)
    return route.removeprefix("^").removesuffix("$")


ADDRESSES = sorted(patterns(get_resolver()))


def test_every_name_is_used_once() -> None:
    names = [name for name, _address in ADDRESSES]
    assert sorted(set(names)) == names


def test_addresses_are_plain_words_that_end_in_a_slash() -> None:
    odd = [
        address
        for _name, address in ADDRESSES
        if not re.fullmatch(r"/([a-z0-9._-]+/)*([a-z0-9._-]+\.[a-z]+)?", address)
    ]
    assert odd == []


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_a_stranger_reaches_is_what_is_listed(method: str) -> None:
    reached = set()
    for name, address in ADDRESSES:
        answer = getattr(Client(), method)(address)
        assert answer.status_code != 500, address
        is_closed = answer.status_code == 302 and answer.headers["Location"].startswith(
            "/konto/inloggning/?next="
        )
        if not is_closed:
            reached.add(name)
    assert reached == PUBLIC | DEMO_ONLY


def test_the_list_for_the_demonstration_is_there_only_in_the_demonstration() -> None:
    assert settings.DEMO
    assert all(name.startswith("demo:") for name in DEMO_ONLY)
    assert not any(name.startswith("demo:") for name in PUBLIC)


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["chair", "member", "secretary", "adjunct", "stranger", "employee", "owner"])
def test_no_address_breaks_for_anybody(who: str, request: pytest.FixtureRequest) -> None:
    person: Person = request.getfixturevalue(who)
    with override_settings(DEBUG_PROPAGATE_EXCEPTIONS=False):
        for name, address in ADDRESSES:
            client = signed_in(person)
            client.raise_request_exception = False
            if name != "account_logout":
                assert client.get(address).status_code != 500, f"{name} for {who}"
                assert client.post(address).status_code != 500, f"{name} for {who}"
