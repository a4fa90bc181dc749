"""For the tests: real PostgreSQL and Redis, mail in memory, files in a temporary folder."""

import os
import tempfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from portal.settings.base import *  # noqa: F403
from portal.settings.base import CACHES
from portal.settings.base import REDIS_URL as SERVER_URL

# Each test worker empties its cache freely: it has a Redis database of its own, and the browser tests have theirs from
# 8 on.
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")) + 2
REDIS_URL = urlunsplit(urlsplit(SERVER_URL)._replace(path=f"/{_worker}"))
CELERY_BROKER_URL = REDIS_URL
CACHES["default"]["LOCATION"] = REDIS_URL

SECRET_KEY = "only-for-tests"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
SAMPLES_ALLOWED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
_media = tempfile.TemporaryDirectory(prefix="portal-test-media-")
MEDIA_ROOT = Path(_media.name)
VISITOR_CACHE_SECONDS = 0
ACCOUNT_RATE_LIMITS = False
WHITENOISE_USE_FINDERS = True
STATIC_ROOT = None  # type: ignore[assignment]
WHITENOISE_AUTOREFRESH = True
