"""For a real installation. Refuses to start when something is missing or unsafe."""

from django.core.exceptions import ImproperlyConfigured

from portal.settings.base import *  # noqa: F403
from portal.settings.base import DATABASES, REST_FRAMEWORK, STORAGES, env

MINIMUM_SECRET_LENGTH = 50


def _required(name: str) -> str:
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. Production needs it: see docs/operations.md.")
    return value


def _secret() -> str:
    value = _required("SECRET_KEY")
    if len(value) < MINIMUM_SECRET_LENGTH or len(set(value)) < 10:
        raise ImproperlyConfigured(
            f"SECRET_KEY is too weak: use at least {MINIMUM_SECRET_LENGTH} random characters."
        )
    return value


def _hosts() -> list[str]:
    hosts = [host.strip() for host in _required("ALLOWED_HOSTS").split(",") if host.strip()]
    if any("*" in host for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS holds a wildcard: name each host instead.")
    return hosts


if env.bool("DEBUG", default=False):
    raise ImproperlyConfigured("DEBUG is on. Take DEBUG out of the environment in production.")

DEBUG = False
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=1)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
REST_FRAMEWORK["NUM_PROXIES"] = TRUSTED_PROXY_COUNT
SAMPLES_ALLOWED = False
SECRET_KEY = _secret()
ALLOWED_HOSTS = _hosts()
CSRF_TRUSTED_ORIGINS = [f"https://{host.lstrip('.')}" for host in ALLOWED_HOSTS if host != "127.0.0.1"]
_required("DATABASE_URL")
_required("REDIS_URL")
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
    "min_size": 2,
    "max_size": env.int("DATABASE_POOL_SIZE", default=8),
}

SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
LANGUAGE_COOKIE_SECURE = True
STORAGES["staticfiles"] = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
