"""Settings of the yardstick: the portal's database and nothing else of it."""

from pathlib import Path

import environ

env = environ.Env()
SECRET_KEY = env.str("SECRET_KEY")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "benchmarks.bare.views"
INSTALLED_APPS: list[str] = []
# It says how long an answer is, so that connections are kept, as the portal's are.
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 2, "max_size": 8}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
    }
]
USE_I18N = False
