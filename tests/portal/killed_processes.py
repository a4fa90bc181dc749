"""Work in a process of its own that is killed in the middle: with the kernel's signal that nobody can catch."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

from django.conf import settings
from django.db import connection, transaction

PATIENCE_SECONDS = 60
_BEGIN = "import django\ndjango.setup()\n"


def a_process(code: str) -> subprocess.Popen:
    """Run code in a process of its own, on this test's database."""
    url = os.environ["DATABASE_URL"].split("?")
    address = url[0].rsplit("/", 1)[0] + f"/{connection.settings_dict['NAME']}"
    return subprocess.Popen(
        [sys.executable, "-c", _BEGIN + code],
        env={
            **os.environ,
            "DATABASE_URL": "?".join([address, *url[1:]]),
            "DJANGO_SETTINGS_MODULE": "portal.settings.test",
        },
        cwd=settings.ROOT,
    )


def wait_until(holds: Callable[[], bool]) -> None:
    """Wait for something that another process does."""
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.05)


def somebody_waits() -> bool:
    """Say whether a statement waits for a lock of somebody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def killed_at(code: str, obstacle: Callable[[], object]) -> None:
    """Run code until it has to wait for what the obstacle writes, and kill it there; the obstacle is undone.

    Args:
        code: what the process does, in a transaction.
        obstacle: writes a row that the process will want to write as well.
    """
    with transaction.atomic():
        obstacle()
        process = a_process(code)
        wait_until(somebody_waits)
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)
        transaction.set_rollback(True)
    wait_until(lambda: not somebody_waits())
