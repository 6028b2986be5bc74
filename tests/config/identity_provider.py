"""A small identity provider on the loopback, OpenID Connect and SAML, that signs what it says."""

import base64
import datetime as dt
import hashlib
import json
import secrets
import threading
import urllib.parse
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from xml.etree import ElementTree as ET

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

CLIENT, SECRET = "styrfart", "en hemlighet: med kolon"


class Key:
    """A private key and a certificate for it."""

    def __init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "idp.example")])
        now = dt.datetime.now(tz=dt.UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self.private.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=1))
            .sign(self.private, hashes.SHA256())
        )
        self.pem = self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        ).decode()
        self.certificate = certificate.public_bytes(serialization.Encoding.PEM).decode()


class Provider:
    """What the provider knows and answers; `claims` is who it says that the visitor is."""

    def __init__(self) -> None:
        self.key = Key()
        self.claims: dict[str, Any] = {}
        self.issuer = ""
        self.codes: dict[str, dict[str, str]] = {}
        self.refused: list[str] = []

    def answer(
        self, path: str, query: dict[str, str], form: dict[str, str], credentials: str
    ) -> tuple[int, Any]:
        match path:
            case "/.well-known/openid-configuration":
                return 200, {
                    "issuer": self.issuer,
                    "authorization_endpoint": f"{self.issuer}/authorize",
                    "token_endpoint": f"{self.issuer}/token",
                    "userinfo_endpoint": f"{self.issuer}/userinfo",
                    "jwks_uri": f"{self.issuer}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            case "/jwks":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.private.public_key()))
                return 200, {"keys": [{**public, "kid": "one", "use": "sig", "alg": "RS256"}]}
            case "/authorize":
                code = secrets.token_urlsafe(16)
                self.codes[code] = query
                back = urllib.parse.urlencode({"code": code, "state": query["state"]})
                return 302, f"{query['redirect_uri']}?{back}"
            case "/token":
                return self._token(form)
            case "/userinfo" if credentials == "Bearer access":
                return 200, self.claims
            case _:
                return 404, {}

    def _token(self, form: dict[str, str]) -> tuple[int, Any]:
        asked = self.codes.pop(form["code"], None)
        if asked is None or (form["client_id"], form["client_secret"]) != (CLIENT, SECRET):
            return 400, {"error": "invalid_grant"}
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked.get("code_challenge"):
            self.refused.append("PKCE")
            return 400, {"error": "invalid_grant"}
        now = dt.datetime.now(tz=dt.UTC)
        token = jwt.encode(
            {
                "iss": self.issuer,
                "aud": CLIENT,
                "iat": now,
                "exp": now + dt.timedelta(minutes=5),
                **self.claims,
            },
            self.key.private,
            algorithm="RS256",
            headers={"kid": "one"},
        )
        return 200, {"access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": token}


@contextmanager
def running() -> Iterator[Provider]:
    """The provider, answering on a port of its own."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer({})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._answer(dict(urllib.parse.parse_qsl(body)))

        def _answer(self, form: dict[str, str]) -> None:
            parts = urllib.parse.urlsplit(self.path)
            query = dict(urllib.parse.parse_qsl(parts.query))
            status, content = provider.answer(parts.path, query, form, self.headers.get("Authorization", ""))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", content)
                self.end_headers()
                return
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()


# --- SAML --------------------------------------------------------------------------------------------

ENTITY = "https://idp.example/saml"
_RESPONSE = """
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"
  xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_r{id}" Version="2.0" IssueInstant="{now}"
  Destination="{acs}" InResponseTo="{request}">
  <saml:Issuer>{entity}</saml:Issuer>
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
  {assertion}
</samlp:Response>
"""
_ASSERTION = """
<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a{id}" Version="2.0"
  IssueInstant="{now}">
  <saml:Issuer>{entity}</saml:Issuer>
  <saml:Subject>
    <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{subject}</saml:NameID>
    <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
      <saml:SubjectConfirmationData NotOnOrAfter="{later}" Recipient="{acs}" InResponseTo="{request}"/>
    </saml:SubjectConfirmation>
  </saml:Subject>
  <saml:Conditions NotBefore="{before}" NotOnOrAfter="{later}">
    <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>
  </saml:Conditions>
  <saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s{id}">
    <saml:AuthnContext>
      <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
    </saml:AuthnContext>
  </saml:AuthnStatement>
  <saml:AttributeStatement>
    <saml:Attribute Name="urn:oid:0.9.2342.19200300.100.1.3">
      <saml:AttributeValue>{email}</saml:AttributeValue>
    </saml:Attribute>
  </saml:AttributeStatement>
</saml:Assertion>
"""


def saml_request(location: str) -> dict[str, str]:
    """What the product asked for: the id of the request, where the answer goes, and who asks."""
    query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(location).query))
    root = ET.fromstring(zlib.decompress(base64.b64decode(query["SAMLRequest"]), -15))
    issuer = root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
    assert issuer is not None
    return {
        "request": root.get("ID", ""),
        "acs": root.get("AssertionConsumerServiceURL", ""),
        "audience": issuer.text or "",
    }


def saml_response(key: Key, asked: dict[str, str], *, email: str, subject: str = "person-1") -> str:
    """A response with a signed assertion, as it is posted."""
    from onelogin.saml2.utils import OneLogin_Saml2_Utils

    now = dt.datetime.now(tz=dt.UTC)
    moment = "%Y-%m-%dT%H:%M:%SZ"
    values = {
        **asked,
        "id": secrets.token_hex(16),
        "entity": ENTITY,
        "email": email,
        "subject": subject,
        "now": now.strftime(moment),
        "before": (now - dt.timedelta(minutes=5)).strftime(moment),
        "later": (now + dt.timedelta(minutes=5)).strftime(moment),
    }
    assertion = _ASSERTION.format(**values).strip()
    signed = OneLogin_Saml2_Utils.add_sign(
        assertion,
        key.pem,
        key.certificate,
        sign_algorithm="http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        digest_algorithm="http://www.w3.org/2001/04/xmlenc#sha256",
    )
    text = signed.decode() if isinstance(signed, bytes) else signed
    return base64.b64encode(_RESPONSE.format(**values, assertion=text).strip().encode()).decode()
