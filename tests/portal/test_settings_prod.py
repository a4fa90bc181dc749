import os
import secrets
import subprocess
import sys

import pytest

from tests.architecture.houses import ROOT

GOOD = {
    "SECRET_KEY": secrets.token_urlsafe(64),
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://portal:x@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
}


def start(**changes: str) -> subprocess.CompletedProcess:
    """Load production settings in a process of its own; an empty value takes a variable away."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    environment = {name: value for name, value in {**kept, **GOOD, **changes}.items() if value}
    return subprocess.run(
        [sys.executable, "-c", "import portal.settings.prod as settings; print(settings.DEBUG)"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )


def test_production_starts_when_all_is_there() -> None:
    assert start().stdout.strip() == "False"


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set"),
        ({"SECRET_KEY": "corta"}, "SECRET_KEY is too weak"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY is too weak"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is not set"),
        ({"ALLOWED_HOSTS": "*"}, "wildcard"),
        ({"ALLOWED_HOSTS": "portal.example.org, *.example.org"}, "wildcard"),
        ({"DEBUG": "1"}, "DEBUG is on"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"REDIS_URL": ""}, "REDIS_URL is not set"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else None,
)
def test_production_refuses_what_is_missing_or_unsafe(changes: dict[str, str], reason: str) -> None:
    done = start(**changes)
    assert done.returncode != 0
    assert reason in done.stderr
