"""The addresses of signing in: allauth's views under our own names, and only those that the product uses.

Nobody registers, and nobody changes their address here: both come from the organisation's register.
"""

from allauth.account import views as account
from allauth.mfa.base import views as second_factor
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.socialaccount import views as social
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path

urlpatterns: list[URLPattern | URLResolver] = [
    path("inloggning/", account.login, name="account_login"),
    path("utloggning/", account.logout, name="account_logout"),
    path("inaktivt/", account.account_inactive, name="account_inactive"),
    # allauth's sign-in page asks for this name; the page says that registration is closed.
    path("registrering/", account.signup, name="account_signup"),
    path("bekraftelse/", account.reauthenticate, name="account_reauthenticate"),
    path("losenord/", account.password_change, name="account_change_password"),
    path("losenord/nytt/", account.password_set, name="account_set_password"),
    path("losenord/glomt/", account.password_reset, name="account_reset_password"),
    path("losenord/glomt/skickat/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "losenord/glomt/klart/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^losenord/glomt/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("andra-faktor/", second_factor.index, name="mfa_index"),
    path("andra-faktor/kod/", second_factor.authenticate, name="mfa_authenticate"),
    path("andra-faktor/bekraftelse/", second_factor.reauthenticate, name="mfa_reauthenticate"),
    path("andra-faktor/app/", totp.activate_totp, name="mfa_activate_totp"),
    path("andra-faktor/app/borttagning/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("andra-faktor/reservkoder/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "andra-faktor/reservkoder/nya/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "andra-faktor/reservkoder/fil/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("andra-faktor/nycklar/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("andra-faktor/nycklar/ny/", webauthn.add_webauthn, name="mfa_add_webauthn"),
    path(
        "andra-faktor/nycklar/bekraftelse/",
        webauthn.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path("andra-faktor/nycklar/<int:pk>/namn/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("andra-faktor/nycklar/<int:pk>/borttagning/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("avbruten/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("fel/", social.login_error, name="socialaccount_login_error"),
]

# Each provider only where it is set up: SAML brings an XML library that nobody else should load.
if "openid_connect" in settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(path("", include("allauth.socialaccount.providers.openid_connect.urls")))
if "saml" in settings.SOCIALACCOUNT_PROVIDERS:
    urlpatterns.append(path("", include("allauth.socialaccount.providers.saml.urls")))
