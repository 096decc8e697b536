"""What is installed. One file for every environment; a deployment speaks through DATABASE_URL and MOTCUA_*."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("MOTCUA_DATA", BASE_DIR / "data"))


def _flag(name: str, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes"}


def read_database(url: str) -> dict[str, object]:
    """Django's settings for a PostgreSQL address; the only engine of the house."""
    parts = urlsplit(url)
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "motcua.core.database",
        "NAME": unquote(parts.path.lstrip("/")) or "motcua",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host") or parts.hostname or ""),
        "PORT": str(parts.port or query.get("port") or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,
        "OPTIONS": {
            "connect_timeout": 5,
            "application_name": "motcua",
            # How often a fixed statement is asked before the server keeps its plan (core.prepared).
            "prepare_threshold": 2 if _flag("MOTCUA_PREPARED", "1") else None,
        },
    }


DEBUG = _flag("MOTCUA_DEBUG")
SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY", "")
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("MOTCUA_ORIGINS", "").split(",") if o]
DATABASES = {"default": read_database(os.environ.get("DATABASE_URL", "postgresql:///motcua"))}

# The top floor comes first: its templates furnish the empty slots below.
INSTALLED_APPS = [
    "motcua.portal",
    "motcua.desk",
    "motcua.reports",
    "motcua.programme",
    "motcua.indices",
    "motcua.figures",
    "motcua.feedback",
    "motcua.dossiers",
    "motcua.processes",
    "motcua.catalogue",
    "motcua.payments",
    "motcua.notifications",
    "motcua.organisations",
    "motcua.documents",
    "motcua.people",
    "motcua.accounts",
    "motcua.audit",
    "motcua.integrations",
    "motcua.legal",
    "motcua.worktime",
    "motcua.core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "motcua.core.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.core.policy.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "motcua.accounts.middleware.PersonMiddleware",
    "motcua.accounts.middleware.SignedInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.organisations.middleware.ActorMiddleware",
    "motcua.core.middleware.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [
            BASE_DIR / "motcua" / app.split(".")[1] / "templates"
            for app in INSTALLED_APPS
            if app.startswith("motcua.")
        ],
        "OPTIONS": {
            "environment": "motcua.core.jinja.environment",
            "context_processors": [],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]

ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["motcua.accounts.hashing.PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
CSRF_FAILURE_VIEW = "motcua.core.pages.csrf_failure"
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
# Not cached: a process that kept its own copy would not hear of a sign-out in another.
SESSION_ENGINE = "motcua.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = _flag("MOTCUA_HTTPS")
SECURE_SSL_REDIRECT = _flag("MOTCUA_HTTPS")
SECURE_HSTS_SECONDS = 31536000 if _flag("MOTCUA_HTTPS") else 0
PROXIES = os.environ.get("MOTCUA_PROXIES", "127.0.0.1,::1").split(",")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _flag("MOTCUA_HTTPS") else None
SECURE_REFERRER_POLICY = "same-origin"
# The dossier page shows its own papers in a frame (W019); the domain above ours is not ours to bind (W005, W021).
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W019", "security.W021"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "frame-ancestors": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "motcua" / "locale"]
FORMAT_MODULE_PATH = ["motcua.core.formats"]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Said by the supervisor alone, which knows which state of the code it starts.
COMPILED_DIR = os.environ.get("MOTCUA_COMPILED", "")
FILES_DIR = Path(os.environ.get("MOTCUA_FILES", DATA_DIR / "files"))
UPLOAD_MAX_BYTES = int(os.environ.get("MOTCUA_UPLOAD_MAX_BYTES", str(50 * 1024 * 1024)))
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
# Keys of encrypted fields, the writing one first; SECRET_KEY serves where none is set.
MOTCUA_FIELD_KEYS = [key for key in os.environ.get("MOTCUA_FIELD_KEYS", "").split(",") if key]
# smtp://user:password@host:587?tls=start, or smtps://…; empty: messages wait.
MOTCUA_SMTP_URL = os.environ.get("MOTCUA_SMTP_URL", "")
MOTCUA_MAIL_FROM = os.environ.get("MOTCUA_MAIL_FROM", "motcua@localhost")
# The gateway for SMS and Zalo, and our key there; empty: those messages wait.
MOTCUA_GATEWAY_URL = os.environ.get("MOTCUA_GATEWAY_URL", "")
MOTCUA_GATEWAY_KEY = os.environ.get("MOTCUA_GATEWAY_KEY", "")
# Named in the head of every page: "Một cửa tỉnh …".
MOTCUA_ORGANISATION = os.environ.get("MOTCUA_ORGANISATION", "")
MOTCUA_PUBLIC_URL = os.environ.get("MOTCUA_PUBLIC_URL", "")
# The National Public Service Portal: where it is, our account, our unit code there; empty: statuses wait.
MOTCUA_NPSP_URL = os.environ.get("MOTCUA_NPSP_URL", "")
MOTCUA_NPSP_USER = os.environ.get("MOTCUA_NPSP_USER", "")
MOTCUA_NPSP_PASSWORD = os.environ.get("MOTCUA_NPSP_PASSWORD", "")
MOTCUA_NPSP_UNIT = os.environ.get("MOTCUA_NPSP_UNIT", "")
# What the portal signs its messages to us with; empty: nothing is let in.
MOTCUA_NPSP_INBOX_SECRET = os.environ.get("MOTCUA_NPSP_INBOX_SECRET", "")
MOTCUA_NEIGHBOUR_SECONDS = 15.0
# A time-stamping authority (RFC 3161) and the certificates it is believed by (a PEM file); empty: roots stay unstamped.
MOTCUA_TSA_URL = os.environ.get("MOTCUA_TSA_URL", "")
MOTCUA_TSA_CERTIFICATES = os.environ.get("MOTCUA_TSA_CERTIFICATES", "")
# Queues the operator's instruments watch: their name, and what counts them by state.
METRICS_QUEUES = {
    "outbox": "motcua.integrations.queries.count_open",
    "messages": "motcua.notifications.queries.count_open",
    "jobs": "motcua.schedule.count_jobs",
}
METRICS_TOKEN = os.environ.get("MOTCUA_METRICS_TOKEN", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "motcua.core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("MOTCUA_LOG_LEVEL", "WARNING")},
    "loggers": {
        "motcua": {"level": "INFO"},
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
