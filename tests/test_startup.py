"""A web process starts quickly: it loads no library that only some requests need."""

import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from tests.installation import clean_environment

# 20 to 90 MB and up to a second each. SAML's XML libraries come only where SAML is set up.
HEAVY = {
    "numpy",
    "scipy",
    "xlsxwriter",
    "python_calamine",
    "weasyprint",
    "icalendar",
    "docx",
    "babel",
    "lxml",
    "xmlsec",
    "onelogin",
    "qrcode",
    "pytest",
    "hypothesis",
}

LOAD = """
import os, sys
import django
django.setup()
from django.urls import get_resolver
from styrfart.config.wsgi import application
get_resolver().reverse_dict
for pattern in get_resolver().url_patterns:
    getattr(pattern, "url_patterns", None)
print(*sorted({name.split(".")[0] for name in sys.modules}))
"""


def loaded_by(code: str) -> set[str]:
    environment = clean_environment() | {
        "DJANGO_SETTINGS_MODULE": "styrfart.config.settings",
        "STYRFART_DATA_DIR": os.environ["STYRFART_DATA_DIR"],
        "STYRFART_SECRET_KEY": "only-for-tests",
        "STYRFART_DEMO": "1",
    }
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=60, check=True
    )
    return set(ran.stdout.split())


def test_a_web_process_loads_nothing_heavy() -> None:
    loaded = loaded_by(LOAD)
    assert "django" in loaded
    assert loaded & HEAVY == set()


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
