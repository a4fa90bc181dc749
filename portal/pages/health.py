"""Whether the installation can serve: each part is asked, and says what is wrong with it."""

import time
from collections.abc import Callable

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

HEARTBEAT_KEY = "health:worker-heartbeat"
HEARTBEAT_MAX_AGE_SECONDS = 120


def note_heartbeat() -> None:
    """Remember that a worker was alive now."""
    cache.set(HEARTBEAT_KEY, time.time(), None)


def database_fault() -> str:
    """Return what is wrong with the database; empty when it answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return ""


def migrations_fault() -> str:
    """Return which migrations are missing."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return f"{len(missing)} migrations are not applied" if missing else ""


def redis_fault() -> str:
    """Return what is wrong with Redis."""
    cache.set("health:probe", 1, 5)
    return "" if cache.get("health:probe") == 1 else "a value written was not read back"


def worker_fault() -> str:
    """Return how long no worker was heard of."""
    beat = cache.get(HEARTBEAT_KEY)
    if beat is None:
        return "no worker was heard of yet"
    age = time.time() - beat
    return f"no worker for {age:.0f} s" if age > HEARTBEAT_MAX_AGE_SECONDS else ""


PARTS: dict[str, Callable[[], str]] = {
    "database": database_fault,
    "migrations": migrations_fault,
    "redis": redis_fault,
    "worker": worker_fault,
}


def installation_faults() -> dict[str, str]:
    """Ask every part; returns what is wrong by part, empty strings where nothing is.

    A part that cannot even be asked is at fault: the kind of error is named, its text is kept for the log.
    """
    faults = {}
    for name, ask in PARTS.items():
        try:
            faults[name] = ask()
        except Exception as error:
            faults[name] = f"does not answer ({type(error).__name__})"
    return faults
