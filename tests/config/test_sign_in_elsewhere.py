"""Signing in with the organisation's own provider: a real server, a real provider, the whole way round."""

import os
import re
import sqlite3
import urllib.parse
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from styrfart.config import sign_in
from tests.config import identity_provider
from tests.config.identity_provider import CLIENT, ENTITY, SECRET, Key, Provider
from tests.installation import Browser, Installation, Page, on_sqlite, serving

ANNA = "anna.ek@demo.example"


class Town:
    """An installation with Anna in its register, its server, and the provider that it trusts."""

    def __init__(self, installation: Installation, address: str, provider: Provider) -> None:
        self.installation, self.address, self.provider = installation, address, provider

    def oidc(self, browser: Browser, path: str = "/konto/oidc/oidc/login/?process=login") -> Page:
        return browser.get(self.address + path)

    def saml(self, browser: Browser, key: Key, email: str = ANNA, **change: str) -> Page:
        asked = browser.get(f"{self.address}/konto/saml/saml/login/?process=login", follow=False)
        assert asked.status == 302, asked.text[:500]
        request = identity_provider.saml_request(asked.headers["Location"]) | change
        response = identity_provider.saml_response(key, request, email=email)
        return browser.post(f"{self.address}/konto/saml/saml/acs/", {"SAMLResponse": response})

    def is_signed_in(self, browser: Browser) -> bool:
        # With or without a password of one's own: never the page for signing in.
        page = browser.get(f"{self.address}/konto/losenord/")
        return urllib.parse.urlsplit(page.url).path in {"/konto/losenord/", "/konto/losenord/nytt/"}

    def ask(self, code: str) -> str:
        return self.installation.python(code)


@pytest.fixture(scope="module")
def _provider() -> Iterator[Provider]:
    with identity_provider.running() as provider:
        yield provider


@pytest.fixture(scope="module")
def _town(_provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with ExitStack() as stack:
        installation = on_sqlite(tmp_path_factory.mktemp("town"))
        installation.python(f"from tests import make; make.person('Anna', 'Ek', email='{ANNA}')")
        address = stack.enter_context(
            serving(
                installation,
                STYRFART_OIDC_ISSUER=_provider.issuer,
                STYRFART_OIDC_CLIENT_ID=CLIENT,
                STYRFART_OIDC_CLIENT_SECRET=SECRET,
                STYRFART_OIDC_NAME="Stadens inloggning",
                STYRFART_SAML_IDP_ENTITY_ID=ENTITY,
                STYRFART_SAML_IDP_SSO_URL="https://idp.example/sso",
                STYRFART_SAML_IDP_CERT=_provider.key.certificate,
            )
        )
        yield Town(installation, address, _provider)


@pytest.fixture
def town(_town: Town) -> Town:
    # As it was when the server started, without the cost of a process for each test.
    with (
        closing(sqlite3.connect(_town.installation.data / "styrfart.sqlite3", timeout=20)) as connection,
        connection,
    ):
        for table in ("socialaccount_socialaccount", "shared_auditentry_concerns", "shared_auditentry"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608  # names from the line above
        connection.execute("DELETE FROM people_person WHERE family_name != 'Ek'")
        connection.execute("UPDATE people_person SET is_active = 1, email = ?", (ANNA,))
    _town.provider.claims = {
        "sub": "person-1", "email": ANNA, "email_verified": True, "name": "Anna Ek", "hemligt": "grupper",
    }  # fmt: skip
    return _town


ACCOUNTS = """
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount, SocialToken
    print(*SocialAccount.objects.values_list("user__email", "provider", "uid", "extra_data"))
    assert not EmailAddress.objects.exists() and not SocialToken.objects.exists()
"""


def test_the_sign_in_page_offers_the_provider_by_name(town: Town) -> None:
    page = Browser().get(f"{town.address}/konto/inloggning/")
    assert "Stadens inloggning" in page.text
    assert re.search(r'href="/konto/oidc/oidc/login/\?process=login"', page.text)


def test_anna_signs_in_with_openid_connect(town: Town) -> None:
    browser = Browser()
    town.oidc(browser)
    assert town.is_signed_in(browser)
    assert town.provider.refused == []
    assert town.ask(ACCOUNTS) == f"('{ANNA}', 'oidc', 'person-1', {{}})", "nothing but who it is was kept"
    assert town.ask("""
        from styrfart.shared.models import AuditEntry
        print(*AuditEntry.objects.values_list("verb", "object_label"))
    """) == "('people.connect_sign_in', 'Anna Ek')"  # fmt: skip


def test_anna_is_known_again_when_her_address_has_changed(town: Town) -> None:
    town.oidc(Browser())
    town.provider.claims |= {"email": "anna.berg@demo.example"}
    again = Browser()
    town.oidc(again)
    assert town.is_signed_in(again)


@pytest.mark.parametrize(
    "claims",
    [
        {"sub": "person-2", "email": "okand@demo.example", "email_verified": True},
        {"sub": "person-2", "email": ANNA, "email_verified": False},
        {"sub": "person-2", "email": ANNA},
        {"sub": "person-2"},
    ],
    ids=["not in the register", "unverified", "nothing said of verified", "no address"],
)
def test_whoever_the_provider_does_not_vouch_for_is_not_let_in(town: Town, claims: dict[str, object]) -> None:
    town.provider.claims = claims
    browser = Browser()
    page = town.oidc(browser)
    assert page.status == 403
    assert not town.is_signed_in(browser)
    assert town.ask(ACCOUNTS) == ""


def test_whoever_has_left_is_not_let_in(town: Town) -> None:
    town.oidc(Browser())
    town.ask("from styrfart.people.models import Person; Person.objects.update(is_active=False)")
    browser = Browser()
    town.oidc(browser)
    assert not town.is_signed_in(browser)


def test_an_answer_that_was_not_asked_for_signs_nobody_in(town: Town) -> None:
    browser = Browser()
    page = browser.get(f"{town.address}/konto/oidc/oidc/login/callback/?code=stulen&state=gissad")
    assert "errors" not in page.url
    assert not town.is_signed_in(browser)


def test_a_stolen_code_is_worth_nothing_in_another_browser(town: Town) -> None:
    victim, thief = Browser(), Browser()
    asked = victim.get(f"{town.address}/konto/oidc/oidc/login/?process=login", follow=False)
    back = victim.get(asked.headers["Location"], follow=False).headers["Location"]
    thief.get(back)
    assert not town.is_signed_in(thief)


def test_no_account_of_another_person_is_connected_by_hand(town: Town) -> None:
    town.ask("from tests import make; make.person('Bo', 'Berg', email='bo@demo.example')")
    browser = Browser()
    town.oidc(browser)
    town.provider.claims = {"sub": "person-9", "email": "bo@demo.example", "email_verified": True}
    town.oidc(browser, "/konto/oidc/oidc/login/?process=connect")
    assert "person-9" not in town.ask(ACCOUNTS)


def test_sign_in_by_openid_connect_leads_to_no_other_site(town: Town) -> None:
    target = urllib.parse.quote("https://elak.example/")
    page = town.oidc(Browser(), f"/konto/oidc/oidc/login/?process=login&next={target}")
    assert page.url.startswith(town.address)


# --- SAML --------------------------------------------------------------------------------------------


def test_anna_signs_in_with_saml(town: Town) -> None:
    browser = Browser()
    town.saml(browser, town.provider.key)
    assert town.is_signed_in(browser)
    assert town.ask(ACCOUNTS) == f"('{ANNA}', 'saml', 'person-1', {{}})"


def test_saml_metadata_tells_the_provider_where_to_send_people(town: Town) -> None:
    page = Browser().get(f"{town.address}/konto/saml/saml/metadata/")
    assert page.status == 200
    assert f'Location="{town.address}/konto/saml/saml/acs/"' in page.text
    assert 'WantAssertionsSigned="true"' in page.text


def test_an_assertion_signed_by_somebody_else_is_refused(town: Town) -> None:
    browser = Browser()
    town.saml(browser, Key())
    assert not town.is_signed_in(browser)


@pytest.mark.parametrize("change", [{"audience": "https://annan.example/"}, {"request": "_somebody-elses"}])
def test_an_assertion_for_another_service_or_request_is_refused(town: Town, change: dict[str, str]) -> None:
    browser = Browser()
    town.saml(browser, town.provider.key, **change)
    assert not town.is_signed_in(browser)


def test_saml_lets_in_nobody_who_is_not_in_the_register(town: Town) -> None:
    browser = Browser()
    assert town.saml(browser, town.provider.key, email="okand@demo.example").status == 403
    assert not town.is_signed_in(browser)


def test_no_log_names_those_who_signed_in(town: Town) -> None:
    town.oidc(Browser())
    town.saml(Browser(), Key())
    log = (town.installation.folder / "log").read_text()
    assert '"path": "/konto/oidc/oidc/login/callback/"' in log
    assert "anna" not in log.lower()
    assert "code=" not in log


# --- The environment ---------------------------------------------------------------------------------


def configured(**environment: str) -> dict[str, Any]:
    with patch.dict(os.environ, environment):
        return sign_in.providers()


def test_without_variables_there_is_no_provider() -> None:
    assert configured() == {}


def test_an_issuer_without_tls_is_refused_unless_it_is_this_machine() -> None:
    with pytest.raises(ImproperlyConfigured, match="https"):
        configured(STYRFART_OIDC_ISSUER="http://idp.example")
    assert "openid_connect" in configured(STYRFART_OIDC_ISSUER="http://127.0.0.1:9")


def test_saml_without_a_certificate_or_metadata_is_refused() -> None:
    with pytest.raises(ImproperlyConfigured, match="STYRFART_SAML_IDP_CERT"):
        configured(STYRFART_SAML_IDP_ENTITY_ID=ENTITY, STYRFART_SAML_IDP_SSO_URL="https://idp.example/sso")


def test_secrets_may_be_in_files(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("ur en fil\n")
    found = configured(
        STYRFART_OIDC_ISSUER="https://idp.example", STYRFART_OIDC_CLIENT_SECRET_FILE=str(tmp_path / "secret")
    )
    assert found["openid_connect"]["APPS"][0]["secret"] == "ur en fil"
