"""Whoever must have a second factor has one for as long as they work, not only when they came."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from styrfart.people.models import Person

pytestmark = pytest.mark.django_db


def test_who_takes_the_second_factor_away_is_led_to_make_another(
    settings: Settings, browser: Client, owner: Person
) -> None:
    settings.MFA_REQUIRED_ROLES = ["system_owner"]
    TOTP.activate(owner, generate_totp_secret())
    where = reverse("people:administration")
    assert browser.get(where).status_code == 200
    Authenticator.objects.all().delete()
    browser.get(reverse("mfa_index"))  # where one comes to after taking it away
    assert browser.get(where).headers["Location"] == reverse("mfa_activate_totp")
