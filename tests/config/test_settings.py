"""The environment is read strictly, and an installation in earnest passes Django's own check for it."""

import os
import re
import subprocess
import sys
from pathlib import Path
from unittest.mock import patch

import pytest
from django.core.exceptions import ImproperlyConfigured

from styrfart.config import environment
from tests.installation import PREAMBLE, ROOT, Installation, clean_environment

IN_EARNEST = {
    "STYRFART_SECRET_KEY": "kP4-" + "x7Qw_9zR" * 8,
    "STYRFART_BASE_URL": "https://styrfart.example",
    "STYRFART_HOSTS": "styrfart.example",
    "STYRFART_PROXIES": "1",
}


def answer_of(folder: Path, code: str, **variables: str) -> str:
    return Installation(folder, variables).python(code)


def test_an_installation_in_earnest_passes_the_deployment_check(tmp_path: Path) -> None:
    said = Installation(tmp_path, IN_EARNEST).styrfart("check", "--deploy", "--fail-level", "WARNING")
    assert "no issues" in said


def test_the_check_sees_an_installation_without_tls(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match=r"security\.W008"):
        Installation(tmp_path, IN_EARNEST | {"STYRFART_BASE_URL": "http://styrfart.example"}).styrfart(
            "check", "--deploy", "--fail-level", "WARNING"
        )


def test_cookies_and_transport_are_hard_behind_a_proxy(tmp_path: Path) -> None:
    town = Installation(tmp_path, IN_EARNEST)
    town.styrfart("prepare")
    said = town.python("""
        from django.test import Client
        plain = Client(HTTP_HOST="styrfart.example")
        answer = plain.get("/konto/inloggning/")
        print(answer.status_code, answer.headers["Location"])
        answer = plain.get("/konto/inloggning/", HTTP_X_FORWARDED_PROTO="https")
        print(answer.status_code, answer.headers["Strict-Transport-Security"])
        print(answer.headers["Content-Security-Policy"])
        print(*(f"{name} {m['secure']} {m['httponly']}" for name, m in answer.cookies.items()))
        print(plain.get("/halsa/").status_code in {200, 503})
    """)
    redirect, transport, policy, cookies, health = said.splitlines()
    assert redirect == "301 https://styrfart.example/konto/inloggning/"
    assert transport == "200 max-age=31536000; includeSubDomains; preload"
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert cookies == "csrftoken True True"
    assert health == "True"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STYRFART_DEMO", "kanske"),
        ("STYRFART_DATABASE", "oracle"),
        ("STYRFART_PORT", "åtta"),
        ("STYRFART_SMTP_TLS", "ja"),
        ("STYRFART_LOG_LEVEL", "LOUD"),
    ],
)
def test_a_value_that_cannot_be_meant_stops_the_start_and_is_named(
    tmp_path: Path, name: str, value: str
) -> None:
    env = clean_environment() | {
        "STYRFART_DATA_DIR": str(tmp_path),
        name: value,
        "PYTHONPATH": str(ROOT / "src"),
    }
    env["DJANGO_SETTINGS_MODULE"] = "styrfart.config.settings"
    ran = subprocess.run(
        [sys.executable, "-c", PREAMBLE], env=env, capture_output=True, text=True, check=False
    )
    assert ran.returncode != 0
    assert f"{name} is {value!r}" in ran.stderr


def test_the_demonstration_is_off_unless_asked_for(tmp_path: Path) -> None:
    code = """
        from django.conf import settings
        from django.urls import get_resolver
        has_page = "demo" in get_resolver().namespace_dict
        print(settings.DEMO, settings.DEBUG, has_page, settings.MFA_REQUIRED_ROLES)
    """
    assert answer_of(tmp_path, code) == "False False False ['system_owner']"
    assert answer_of(tmp_path, code, STYRFART_DEMO="1") == "True False True []"


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    with patch.dict(os.environ):
        os.environ.pop("STYRFART_SECRET_KEY", None)
        made = environment.secret_key(tmp_path)
        assert len(made) > 60
        assert environment.secret_key(tmp_path) == made
        assert [path.name for path in tmp_path.iterdir()] == ["secret.key"]
        assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("ur en fil\n")
    with patch.dict(
        os.environ, {"STYRFART_SECRET_KEY": "", "STYRFART_SECRET_KEY_FILE": str(tmp_path / "key")}
    ):
        assert environment.secret_key(tmp_path) == "ur en fil"


def test_numbers_are_whole_and_not_negative() -> None:
    with patch.dict(os.environ, {"STYRFART_PORT": "-1"}), pytest.raises(ImproperlyConfigured):
        environment.number("STYRFART_PORT", 8000)


def test_limits_of_a_span_rise() -> None:
    with (
        patch.dict(os.environ, {"STYRFART_SPAN_YELLOW": "40"}),
        pytest.raises(ImproperlyConfigured, match="larger than the one before"),
    ):
        environment.rising(STYRFART_SPAN_NOTE=20, STYRFART_SPAN_YELLOW=30, STYRFART_SPAN_RED=35)
    assert environment.rising(STYRFART_SPAN_NOTE=20, STYRFART_SPAN_YELLOW=30) == (20, 30)


def variables_in(text: str) -> set[str]:
    return set(re.findall(r"\b(?:STYRFART_[A-Z0-9_]+|PG[A-Z]{4,})\b", text))


def test_every_variable_is_described_for_those_who_run_it() -> None:
    read = set[str]()
    for path in (ROOT / "src" / "styrfart").rglob("*.py"):
        if path.name != "testing.py":
            read |= variables_in(path.read_text())
    described = variables_in((ROOT / "docs" / "operations.md").read_text())
    assert read - described == set()
