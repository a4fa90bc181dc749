"""The programs of the portal itself: management commands, web server, worker and scheduler."""

import signal
import sys
from collections.abc import Mapping
from pathlib import Path

from portal.embedded.data_directory import CHECKOUT
from portal.embedded.processes import Program

WEB_WORKERS = 2
WEB_THREADS = 4
JOBS_AT_ONCE = 2
WORKER_READY = " ready."
COMMAND_ENDS = "--- done ---"


def management_program(logs: Path, environment: Mapping[str, str], *commands: str) -> Program:
    """Describe a run of management commands, one after the other; COMMAND_ENDS is written after each."""
    return _python(commands[0], logs, environment, "-m", "portal.embedded.management", *commands)


def web_program(logs: Path, environment: Mapping[str, str], host: str, port: int) -> Program:
    """Describe the web server, which reloads changed code when PORTAL_RELOAD=1."""
    return _python(
        "web",
        logs,
        environment,
        *("-m", "gunicorn", "portal.wsgi:application", "--bind", f"{host}:{port}"),
        *("--workers", str(WEB_WORKERS), "--threads", str(WEB_THREADS), "--graceful-timeout", "5"),
        *("--access-logfile", "-", "--error-logfile", "-", "--no-control-socket"),
        *(["--reload"] if environment.get("PORTAL_RELOAD") == "1" else []),
    )


def worker_program(logs: Path, environment: Mapping[str, str]) -> Program:
    """Describe the Celery worker; without its supervisor it drops its tasks, which are queued again."""
    celery = ("-m", "celery", "-A", "portal.celery", "worker", "--loglevel", "INFO")
    options = ("--concurrency", str(JOBS_AT_ONCE), "--without-gossip", "--without-mingle")
    return _python("worker", logs, environment, *celery, *options, orphan_signal=signal.SIGQUIT)


def beat_program(logs: Path, environment: Mapping[str, str], schedule: Path) -> Program:
    """Describe Celery's scheduler, which remembers in a file when each periodic task ran last."""
    celery = ("-m", "celery", "-A", "portal.celery", "beat", "--loglevel", "INFO")
    return _python("beat", logs, environment, *celery, "--schedule", str(schedule), "--pidfile", "")


def _python(
    name: str,
    logs: Path,
    environment: Mapping[str, str],
    *arguments: str,
    orphan_signal: int = signal.SIGTERM,
) -> Program:
    return Program(
        name=name,
        command=[sys.executable, *arguments],
        log=logs / f"{name}.log",
        directory=CHECKOUT,
        environment=environment,
        orphan_signal=orphan_signal,
    )
