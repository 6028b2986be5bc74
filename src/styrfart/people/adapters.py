"""How allauth works here: people come from the register, mail goes through the outbox."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount, SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.encoding import force_str
from typing_extensions import override

from styrfart.people.models import Person
from styrfart.shared import audit, mail


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Password sign-in for people in the register, and for nobody else."""

    @override
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody registers themselves."""
        return False

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        """Keep the new password. The person's other sessions end, since they were made with the old one."""
        user.set_password(password)
        user.save(update_fields=["password"])
        audit.record("people.set_password", user, actor=user, concerns=[user])

    @transaction.atomic
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put allauth's mail in the outbox, in the recipient's language. The body may hold a key."""
        person = Person.objects.filter(email=email.strip().lower(), is_active=True).first()
        if person is None:
            return
        with translation.override(person.language):
            message = self.render_mail(template_prefix, email, {**context, "recipient": person})
        mail.write(
            address=email, subject=message.subject, body=message.body, recipient_id=person.pk, is_secret=True
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The address in the mail: where we are, not where the browser said that it asked."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.BASE_URL}{path.replace('UID-KEY', key)}"

    def format_email_subject(self, subject: str) -> str:
        """The subject as it is, without a site's name before it."""
        return str(subject)

    @override
    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the person that their sign-in has changed: it may not have been they who changed it."""
        if user.email:
            self.send_mail(template_prefix, user.email, {**(context or {}), "user": user})


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """The second factor's secrets, unreadable in the database and in its backups."""

    def encrypt(self, text: str) -> str:
        """The secret as it is kept."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret as it is used."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor {force_str(key)}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Sign-in through the organisation's own provider, for people in the register."""

    @override
    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Nobody is registered by signing in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Recognise the person by an earlier sign-in, else by an address that the provider vouches for."""
        if sociallogin.state.get("process") not in {None, "login"}:
            # Connecting is done by the register, never by hand.
            raise ImmediateHttpResponse(redirect("/"))
        if not sociallogin.is_existing:
            person = self._in_register(sociallogin)
            if person is None:
                raise ImmediateHttpResponse(render(request, "socialaccount/not_in_register.html", status=403))
            self._connect(sociallogin, person)
        elif sociallogin.account.extra_data:
            # What the provider tells of the person is not needed, and so not kept.
            sociallogin.account.extra_data = {}
            sociallogin.account.save(update_fields=["extra_data"])

    def _in_register(self, sociallogin: SocialLogin) -> Person | None:
        provider = sociallogin.provider
        vouched = {
            address.email.strip().lower()
            for address in sociallogin.email_addresses
            if address.verified or self.is_email_verified(provider, address.email)
        }
        found = list(Person.objects.filter(email__in=vouched, is_active=True)[:2])
        return found[0] if len(found) == 1 else None

    @transaction.atomic
    def _connect(self, sociallogin: SocialLogin, person: Person) -> None:
        account: SocialAccount = sociallogin.account
        account.user, account.extra_data = person, {}
        account.save()
        sociallogin.user = person
        audit.record(
            "people.connect_sign_in",
            person,
            actor=person,
            concerns=[person],
            detail={"provider": ["", account.provider]},
        )

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[Any]:
        """The providers that the environment describes; none are kept in the database."""
        if not settings.SOCIALACCOUNT_PROVIDERS:
            return []
        return list(super().list_apps(request, provider=provider, client_id=client_id))
