"""All settings, read from the environment once. `docs/operations.md` lists the variables."""

import datetime as dt
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from styrfart.config import sign_in
from styrfart.config.environment import (
    at_least,
    file_or_text,
    flag,
    number,
    one_of,
    rising,
    secret_key,
    text,
    words,
)

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = Path(text("STYRFART_DATA_DIR", "var")).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = flag("STYRFART_DEBUG")
DEMO = flag("STYRFART_DEMO")  # a page to step into a demonstration persona
SECRET_KEY = secret_key(DATA_DIR)
HOST = text("STYRFART_HOST", "127.0.0.1")  # where the server listens
PORT = number("STYRFART_PORT", 8000)
BASE_URL = text("STYRFART_BASE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
# The machine itself asks how it is by its own address. Links in mail are made from BASE_URL, never from this.
ALLOWED_HOSTS = [*words("STYRFART_HOSTS"), "127.0.0.1", "localhost", "[::1]"]
PROXIES = number("STYRFART_PROXIES", 0)  # how many proxies of our own stand in front
ORGANISATION_NAME = text("STYRFART_ORGANISATION", "Demostads kommun" if DEMO else "")
WEB_PROCESSES = number("STYRFART_WEB_PROCESSES", 2)

INSTALLED_APPS = [
    "styrfart.demo",
    "styrfart.overview",
    "styrfart.meetings",
    "styrfart.matters",
    "styrfart.decisions",
    "styrfart.mandates",
    "styrfart.climate",
    "styrfart.load",
    "styrfart.people",
    "styrfart.shared",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.saml",
    "axes",
]

MIDDLEWARE = [
    "styrfart.shared.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "styrfart.climate.middleware.NobodyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "styrfart.people.middleware.SessionLimitMiddleware",
    "styrfart.people.middleware.LanguageMiddleware",
    "styrfart.shared.uploads.UploadLimitMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "styrfart.people.middleware.SecondFactorMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "styrfart.config.urls"
WSGI_APPLICATION = "styrfart.config.wsgi.application"
FORM_RENDERER = "styrfart.shared.forms.Renderer"

_LOADERS: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                ("template_partials.loader.Loader", [("django.template.loaders.cached.Loader", _LOADERS)])
            ]
            if not DEBUG
            else [("template_partials.loader.Loader", _LOADERS)],
            "builtins": ["template_partials.templatetags.partials", "styrfart.shared.templatetags.parts"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "styrfart.shared.context.site",
            ],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------------
if one_of("STYRFART_DATABASE", ("sqlite", "postgresql"), "sqlite") == "postgresql":
    # Where and as whom is told by libpq's own variables: PGHOST, PGPORT, PGUSER, PGSSLMODE.
    DATABASES: dict[str, dict[str, Any]] = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": text("PGDATABASE", "styrfart"),
            "PASSWORD": file_or_text("PGPASSWORD"),
            "CONN_MAX_AGE": 0,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": number("STYRFART_DATABASE_CONNECTIONS", 8)}},
        }
    }
else:
    DATABASES = {
        "default": {
            "ENGINE": "styrfart.shared.sqlite",
            "NAME": DATA_DIR / "styrfart.sqlite3",
            "CONN_MAX_AGE": None,
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                # Statements that SQLite keeps ready, and need not parse again: as many as pages ask.
                "cached_statements": 1000,
                # What was confirmed must survive a power cut: synchronous=FULL (docs/adr/0004).
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                # What is erased is erased, and not only forgotten.
                "PRAGMA secure_delete=ON;"
                "PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864; PRAGMA cache_size=-20000;",
            },
        }
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Rate limits must hold across several servers, so they live in the database, not in a process.
    "default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "styrfart_cache"}
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default", "mail"]}}

# --- Language and time ------------------------------------------------------------------------------
# Texts in the source are Swedish; English is the translation (docs/adr/0003).
LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LANGUAGE_COOKIE_NAME = "language"
USE_TZ = True
TIME_ZONE = text("STYRFART_TIME_ZONE", "Europe/Stockholm")
FORMAT_MODULE_PATH = ["styrfart.shared.formats"]
USE_THOUSAND_SEPARATOR = True

# --- Files ------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
MEDIA_ROOT = DATA_DIR / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG
# The fewest answers that may stand behind anything that is shown of them.
MIN_ANSWERS = at_least("STYRFART_MIN_ANSWERS", 7)
MIN_ANSWERS_TEXT = at_least("STYRFART_MIN_ANSWERS_TEXT", 10)  # distributions and free text
# How many a manager leads before the page says so: to see to, strained, too many.
SPAN_OF_CONTROL = rising(STYRFART_SPAN_NOTE=20, STYRFART_SPAN_YELLOW=30, STYRFART_SPAN_RED=35)
# Keys of open rounds: never in the database, never in a backup (docs/adr/0025).
KEY_DIR = Path(text("STYRFART_KEY_DIR", str(DATA_DIR / "keys"))).resolve()
UPLOAD_MAX_BYTES = number("STYRFART_UPLOAD_MAX_MB", 25) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024  # text typed or pasted into a form
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "styrfart.shared.uploads.LimitHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Who is asking ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "styrfart.people.backends.PersonBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "given_name", "family_name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "styrfart.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the organisation's own register
# Django's own: allauth's writes a second register of addresses, which would outlive a change in ours.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105  # a class
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to addresses that are not in the register
ACCOUNT_SESSION_REMEMBER = False  # the session ends with the browser, and see SESSION_* below
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # here one stays; everywhere else the session ends
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if BASE_URL.startswith("https://") else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # a whole office may share one address
    # Guesses at one account from many places. From one place axes is stricter, below.
    "login_failed": "30/15m/key",
    "reset_password": "20/m/ip,5/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES
SOCIALACCOUNT_ADAPTER = "styrfart.people.adapters.SocialAccountAdapter"
SOCIALACCOUNT_PROVIDERS = sign_in.providers()
# A link, not a form: the policy below lets no form lead to another site. PKCE and `state` guard the way back.
SOCIALACCOUNT_LOGIN_ON_GET = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # the adapter matches addresses against the register itself
MFA_ADAPTER = "styrfart.people.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Styrfart"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the register vouches for addresses
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
# Roles that must have a second factor when they sign in by password.
MFA_REQUIRED_ROLES = words("STYRFART_MFA_REQUIRED", "" if DEMO else "system_owner")
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = dt.timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_CALLABLE = "styrfart.people.backends.attempted_address"
AXES_CLIENT_IP_CALLABLE = "allauth.core.internal.httpkit.get_client_ip"
AXES_LOCKOUT_CALLABLE = "styrfart.people.backends.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # who signed in when is nobody's business
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "email"]

# --- Hardening --------------------------------------------------------------------------------------
HTTPS = BASE_URL.startswith("https://")
SESSION_ENGINE = "styrfart.shared.sessions"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_LIFETIME = dt.timedelta(hours=number("STYRFART_SESSION_HOURS", 12))  # from sign-in, whatever one does
SESSION_IDLE = dt.timedelta(minutes=number("STYRFART_SESSION_IDLE_MINUTES", 120))
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa/$"]  # asked for by the machine itself, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: [] for name in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
}

# --- Mail -------------------------------------------------------------------------------------------
EMAIL_HOST = text("STYRFART_SMTP_HOST")
# Without a server mail stays in the outbox, where the system owner sees it, and says so.
MAIL_IS_SENT = bool(EMAIL_HOST)
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_PORT = number("STYRFART_SMTP_PORT", 25)
EMAIL_HOST_USER = text("STYRFART_SMTP_USER")
EMAIL_HOST_PASSWORD = file_or_text("STYRFART_SMTP_PASSWORD")
_SMTP_TLS = one_of("STYRFART_SMTP_TLS", ("none", "starttls", "tls"), "none")
EMAIL_USE_TLS, EMAIL_USE_SSL = _SMTP_TLS == "starttls", _SMTP_TLS == "tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("STYRFART_MAIL_FROM", "styrfart@localhost")
MAIL_DOMAIN = DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")

# --- Logs: one JSON object a line on standard error, never a name, an address or a query --------------
LOG_LEVEL = one_of("STYRFART_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "INFO")
LOGGING_CONFIG = "styrfart.shared.logs.configure"
LOGGING = {"level": LOG_LEVEL}
