"""Settings of the whole city. Importing them starts nothing; secrets are made on first use."""

from functools import partial
from pathlib import Path

from django.utils.crypto import salted_hmac

from motcua.config import database, env, headers, house, keys

ENVIRONMENT: env.Environment = env.read()

# ── Places ───────────────────────────────────────────────────────────────────────────────────────
ROOT = env.ROOT
VAR = ENVIRONMENT.motcua_var
LOGS = VAR / "log"
STORAGE_URL = ENVIRONMENT.storage_url  # empty: files are kept under STORAGE_ROOT
STORAGE_ROOT = VAR / "files"
# Outside parties with an address of their own; without one, the stand-in.
CONNECTOR_URLS = {
    "witness_archive": ENVIRONMENT.motcua_witness_archive,
    "witness_council": ENVIRONMENT.motcua_witness_council,
    "timestamping": ENVIRONMENT.motcua_timestamping,
    "sms_one": ENVIRONMENT.motcua_sms_one,
    "sms_two": ENVIRONMENT.motcua_sms_two,
}
CONNECTOR_TOKENS = {
    "witness_archive": ENVIRONMENT.motcua_witness_archive_token,
    "witness_council": ENVIRONMENT.motcua_witness_council_token,
    "sms_one": ENVIRONMENT.motcua_sms_one_token,
    "sms_two": ENVIRONMENT.motcua_sms_two_token,
}
SMS_SHARE = ENVIRONMENT.motcua_sms_share  # percent of messages that the first provider gets
PUSH_SERVICES = tuple(f"push_{name}" for name in ENVIRONMENT.motcua_push_services)
# Whom the city may call, besides VNeID and the stand-ins (motcua.kernel.outbound).
NEIGHBOURS = (*ENVIRONMENT.motcua_neighbours, *filter(None, CONNECTOR_URLS.values()))
PRIVATE_NEIGHBOURS = ENVIRONMENT.motcua_private_neighbours
TIMESTAMPING_ROOT_FILE = ENVIRONMENT.motcua_timestamping_root_file
PKCS11_MODULE = ENVIRONMENT.motcua_pkcs11_module
PKCS11_TOKEN = ENVIRONMENT.motcua_pkcs11_token
PKCS11_SLOT = ENVIRONMENT.motcua_pkcs11_slot
PKCS11_KEY = ENVIRONMENT.motcua_pkcs11_key
WARD_MAP = ENVIRONMENT.motcua_ward_map  # GeoJSON of communes; without one nothing is drawn on it
PUBLIC_ORIGIN = ENVIRONMENT.origin
SCANNER_FOLDER = ENVIRONMENT.motcua_scanner_folder  # a folder for each unit, by its code
OCR_SET = ENVIRONMENT.motcua_ocr_set  # pages with known words, for `motcua ocr evaluate`
SCANNER_URL = ENVIRONMENT.scanner  # clamd; empty: nobody looks for malware, and each file says so
SIMULATORS_ORIGIN = ENVIRONMENT.simulators_origin
SIMULATORS = ENVIRONMENT.motcua_simulators

# ── Secrets ──────────────────────────────────────────────────────────────────────────────────────
_SECRETS = VAR / "secrets"


def _secret(given: str, name: str, make: keys.Maker) -> str:
    return given or keys.kept(_SECRETS, name, make).decode()


SECRET_KEY = _secret(ENVIRONMENT.motcua_secret_key, "secret", keys.secret_key)
SEALING_KEYS = partial(keys.sealing_keys, ENVIRONMENT.motcua_sealing_key, _SECRETS)
SEALING_KEYS()  # unreadable ones are refused at the start
SEALING_KEYS_FOLDER = None if ENVIRONMENT.motcua_sealing_key else _SECRETS
LEDGER_KEY_FILE: Path = ENVIRONMENT.motcua_ledger_key_file or keys.kept_file(
    _SECRETS, "ledger", keys.ledger_key
)
VAPID_KEY_FILE: Path = ENVIRONMENT.motcua_vapid_key_file or keys.kept_file(
    _SECRETS, "vapid", keys.vapid_key
)
DEVELOPMENT_PASSWORD = (  # of the sample people; a production city has none
    ""
    if ENVIRONMENT.motcua_production
    else _secret(
        ENVIRONMENT.motcua_development_password, "development_password", keys.development_password
    )
)

# ── Django ───────────────────────────────────────────────────────────────────────────────────────
DEBUG = False
PRODUCTION = ENVIRONMENT.motcua_production
ALLOWED_HOSTS = [*ENVIRONMENT.motcua_hosts, "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [PUBLIC_ORIGIN]
ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

INSTALLED_APPS = [
    *house.installed(),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sites",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "django_htmx",
]
MIDDLEWARE = [
    "motcua.config.proxy.CallerBehindProxy",
    "motcua.config.headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.config.compression.TextCompression",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    *house.when_exists("motcua.kernel.web", "RequestMiddleware"),
    "motcua.kernel.read_log.ReadLogMiddleware",  # around the actor: a name is read to know them
    *house.when_exists("motcua.contexts.identity.web.middleware", "ActorMiddleware"),
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
DATABASES = {"default": database.settings(ENVIRONMENT)}

# ── Language and time ────────────────────────────────────────────────────────────────────────────
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [ROOT / "motcua" / "locale"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True

# ── Static files ─────────────────────────────────────────────────────────────────────────────────
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Files that motcua.ui.assets builds from the wheels: typeface, scripts, icons.
STATICFILES_DIRS = [VAR / "assets"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # papers have their own
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAX_UPLOAD_BYTES = 50 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = [
    "motcua.contexts.documents.adapters.upload_quota.UploadQuota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# ── People and sessions ──────────────────────────────────────────────────────────────────────────
if house.module_exists("motcua.contexts.identity.models"):
    AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "motcua.contexts.identity.adapters.passwords.OfficerPasswordValidator"}
]
LEAKED_PASSWORDS = ENVIRONMENT.motcua_leaked_passwords
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
LOGIN_URL = "/dang-nhap"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None  # contact details belong to the person, sealed
SOCIALACCOUNT_AUTO_SIGNUP = True
SOCIALACCOUNT_LOGIN_ON_GET = False
VNEID_ISSUER = ENVIRONMENT.motcua_vneid_issuer or f"{SIMULATORS_ORIGIN}/vneid"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "vneid",
                "name": "VNeID",
                "client_id": ENVIRONMENT.motcua_vneid_client_id,
                # The simulator accepts the installation's own secret; a real issuer gives one.
                "secret": ENVIRONMENT.motcua_vneid_client_secret
                or salted_hmac("motcua.vneid", "client", SECRET_KEY).hexdigest(),
                "settings": {"server_url": VNEID_ISSUER},
            }
        ],
    }
}
SESSION_ENGINE = "motcua.contexts.identity.adapters.sessions"
SESSION_COOKIE_AGE = 12 * 3600  # the longest life of a session, whoever's
SESSION_IDLE_SECONDS = {"officer": 3600, "other": 2 * 3600}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Cities run side by side on one machine (ports differ) must not sign each other's people out.
_HTTPS = PUBLIC_ORIGIN.startswith("https://")
# `__Host-`: no other host and no page without TLS can set such a cookie.
SESSION_COOKIE_NAME = "__Host-motcua" if _HTTPS else f"motcua_{ENVIRONMENT.port}"
CSRF_COOKIE_NAME = "__Host-motcua-csrf" if _HTTPS else f"motcua_csrf_{ENVIRONMENT.port}"
LANGUAGE_COOKIE_NAME = "__Host-language" if _HTTPS else "django_language"
DEVICE_COOKIE_NAME = "__Host-motcua-device" if _HTTPS else "motcua_device"
THEME_COOKIE_NAME = "__Host-theme" if _HTTPS else "theme"
TEXT_COOKIE_NAME = "__Host-text" if _HTTPS else "text"
HELP_COOKIE_NAME = "__Host-help" if _HTTPS else "help"
CSRF_FAILURE_VIEW = "motcua.kernel.refused.csrf_failure"
CSRF_COOKIE_HTTPONLY = True  # forms and headers carry the token; no script reads the cookie
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# ── Safety ───────────────────────────────────────────────────────────────────────────────────────
CONTENT_SECURITY_POLICY = headers.content_security_policy(
    form_targets=(SIMULATORS_ORIGIN,) if SIMULATORS else (), identity_provider=VNEID_ISSUER
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _HTTPS else None
SECURE_HSTS_SECONDS = 365 * 86400 if _HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _HTTPS
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SILENCED_SYSTEM_CHECKS = ["staticfiles.W004"]  # the assets' folder is made at the first start

# ── Jobs, logs ───────────────────────────────────────────────────────────────────────────────────
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "procrastinate_tasks"  # ours are found by the kernel
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": ENVIRONMENT.motcua_log_level},
    "loggers": {
        "procrastinate": {"level": "WARNING"},
        "django.server": {"level": "WARNING"},
        "fontTools": {"level": "WARNING"},
    },
}
