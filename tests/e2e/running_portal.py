"""A whole portal for browser tests: gunicorn, a Celery worker and beat on a database of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parents[2]
# Those below belong to the other tests: see portal/settings/test.py.
FIRST_REDIS_DATABASE = 8


@dataclass(frozen=True)
class RunningPortal:
    """Where the portal answers, how to sign in, and how to run its commands."""

    url: str
    accounts: dict[str, tuple[str, str]]
    environment: dict[str, str]
    sessions: dict[str, Any] = field(default_factory=dict)
    # Pages that were scanned for barriers, each as it was.
    scanned: set[int] = field(default_factory=set)

    def manage(self, *arguments: str) -> str:
        """Run a management command on this portal and return what it printed."""
        return _manage(self.environment, *arguments)


@contextmanager
def running_portal(data_dir: Path, place: int) -> Iterator[RunningPortal]:
    """Make a database, prepare it, start the processes, and take everything away again.

    Args:
        place: the number of the test worker; portals side by side share neither database nor queue.
    """
    with _database(f"e2e_{place}") as database_url:
        port = _free_port()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
            "DATABASE_URL": database_url,
            "REDIS_URL": _redis_database(os.environ["REDIS_URL"], FIRST_REDIS_DATABASE + place),
            "PORTAL_DATA_DIR": str(data_dir),
            "SITE_URL": f"http://127.0.0.1:{port}",
            "LOG_LEVEL": "WARNING",
        }
        _manage(environment, "prepare")
        log = (data_dir / "processes.log").open("w")
        commands = (
            [
                "gunicorn",
                "portal.wsgi:application",
                f"--bind=127.0.0.1:{port}",
                "--threads=4",
                "--no-control-socket",
            ],
            [
                "celery",
                "-A",
                "portal.celery",
                "worker",
                "--beat",
                "--concurrency=1",
                f"--schedule={data_dir}/beat",
            ],
        )
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", *command], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
            for command in commands
        ]
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_until_ready(url)
            yield RunningPortal(url, _accounts(environment), environment)
        finally:
            for process in processes:
                process.terminate()
            for process in processes:
                process.wait(timeout=30)
            log.close()


@contextmanager
def _database(name: str) -> Iterator[str]:
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _redis_database(url: str, number: int) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{number}"))


def _manage(environment: dict[str, str], *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _accounts(environment: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return e-mail and password of each sample account, by the name before the @."""
    accounts = {}
    for line in _manage(environment, "demo_accounts").splitlines():
        _role, email, password = line.split("\t")
        accounts[email.partition("@")[0]] = (email, password)
    return accounts


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(url: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise TimeoutError(f"{url}/readyz did not say that it is ready in 60 s")
