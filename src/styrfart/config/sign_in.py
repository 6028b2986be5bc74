"""Sign-in by the organisation's own identity provider, described by the environment."""

from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from styrfart.config.environment import file_or_text, flag, text, words

OIDC = "oidc"
SAML = "saml"


def is_local(url: str) -> bool:
    """Whether the address is this machine, where TLS adds nothing."""
    return urlsplit(url).hostname in {"127.0.0.1", "localhost", "::1"}


def oidc_app() -> dict[str, Any] | None:
    """OpenID Connect as allauth wants it described, or None when it is not set up."""
    issuer = text("STYRFART_OIDC_ISSUER").rstrip("/")
    if not issuer:
        return None
    if not issuer.startswith("https://") and not is_local(issuer):
        # The identity token is taken straight from the provider: only TLS proves who sent it.
        raise ImproperlyConfigured("STYRFART_OIDC_ISSUER must begin with https://")
    return {
        "provider_id": OIDC,
        "name": text("STYRFART_OIDC_NAME", "OpenID Connect"),
        "client_id": text("STYRFART_OIDC_CLIENT_ID"),
        "secret": file_or_text("STYRFART_OIDC_CLIENT_SECRET"),
        "settings": {
            "server_url": issuer,
            "uid_field": text("STYRFART_OIDC_UID_FIELD", "sub"),
            # Some providers never say that an address is verified: then the organisation vouches for them.
            "verified_email": flag("STYRFART_OIDC_TRUST_EMAIL"),
        },
    }


def saml_app() -> dict[str, Any] | None:
    """SAML as allauth wants it described, or None when it is not set up."""
    entity_id = text("STYRFART_SAML_IDP_ENTITY_ID")
    if not entity_id:
        return None
    idp: dict[str, Any] = {"entity_id": entity_id}
    if metadata := text("STYRFART_SAML_IDP_METADATA_URL"):
        idp["metadata_url"] = metadata
    else:
        idp["sso_url"] = text("STYRFART_SAML_IDP_SSO_URL")
        idp["x509cert"] = file_or_text("STYRFART_SAML_IDP_CERT")
        if logout := text("STYRFART_SAML_IDP_SLO_URL"):
            idp["slo_url"] = logout
        if not idp["sso_url"] or not idp["x509cert"]:
            raise ImproperlyConfigured(
                "SAML needs STYRFART_SAML_IDP_METADATA_URL, or both STYRFART_SAML_IDP_SSO_URL and "
                "STYRFART_SAML_IDP_CERT"
            )
    mapping = {
        "uid": words("STYRFART_SAML_ATTRIBUTE_UID", "urn:oasis:names:tc:SAML:attribute:subject-id"),
        "email": words(
            "STYRFART_SAML_ATTRIBUTE_EMAIL",
            "urn:oid:0.9.2342.19200300.100.1.3,http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
        ),
    }
    return {
        "provider_id": SAML,
        "name": text("STYRFART_SAML_NAME", "SAML"),
        "client_id": SAML,  # the part of the address: /konto/saml/saml/metadata/
        "settings": {
            "idp": idp,
            "sp": {"entity_id": text("STYRFART_SAML_SP_ENTITY_ID")},
            "attribute_mapping": mapping,
            "verified_email": flag("STYRFART_SAML_TRUST_EMAIL", default=True),
            "advanced": _saml_security(),
        },
    }


def _saml_security() -> dict[str, Any]:
    key, certificate = file_or_text("STYRFART_SAML_SP_KEY"), file_or_text("STYRFART_SAML_SP_CERT")
    security: dict[str, Any] = {
        "strict": True,
        "want_assertion_signed": True,
        "want_assertion_encrypted": flag("STYRFART_SAML_ENCRYPTED"),
        "reject_deprecated_algorithm": True,
        "reject_idp_initiated_sso": True,
        "want_attribute_statement": False,  # the name id may be all that is sent
    }
    if key and certificate:
        security |= {
            "private_key": key,
            "x509cert": certificate,
            "authn_request_signed": True,
            "logout_request_signed": True,
            "metadata_signed": True,
        }
    return security


def providers() -> dict[str, Any]:
    """What allauth is to offer, by kind of provider; empty when people sign in by password only."""
    found: dict[str, Any] = {}
    if oidc := oidc_app():
        found["openid_connect"] = {"OAUTH_PKCE_ENABLED": True, "APPS": [oidc]}
    if saml := saml_app():
        found["saml"] = {"APPS": [saml]}
    return found
