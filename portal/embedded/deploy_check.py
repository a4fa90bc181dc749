"""`make lint`: Django's own checks, of the models against the migrations and of the production settings."""

import os
import secrets
import subprocess
import sys

from portal.embedded.data_directory import CHECKOUT

CHECKS = (
    ("portal.settings.test", ("makemigrations", "--check", "--dry-run")),
    ("portal.settings.prod", ("check", "--deploy", "--fail-level", "WARNING")),
)


def run_checks() -> int:
    """Run the checks with throw-away values and no database; gives the first exit code that is not 0."""
    throw_away = {
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "portal.example.org",
        "DATABASE_URL": f"postgres://portal:{secrets.token_hex(8)}@127.0.0.1:1/portal",
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "EMAIL_URL": "smtp://127.0.0.1:25",
        "PYTHONWARNINGS": "ignore:Got an error checking a consistent migration history:RuntimeWarning",
    }
    kept = {name: value for name, value in os.environ.items() if name != "DEBUG"}
    for settings, arguments in CHECKS:
        environment = {**kept, **throw_away, "DJANGO_SETTINGS_MODULE": settings}
        command = [sys.executable, str(CHECKOUT / "manage.py"), *arguments]
        result = subprocess.run(command, env=environment, cwd=CHECKOUT, check=False)
        if result.returncode != 0:
            return result.returncode
    return 0
