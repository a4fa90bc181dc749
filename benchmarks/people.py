"""A directory of a million people in minutes: the app's own statements, without what only matters one by one.

Rows are made by the very statements that the app makes them with, in two sessions. Left out meanwhile are the indexes
and the triggers of the directory (both put back at the end, the counts by one statement), and the catalogue's entries of
these people, which no page of the directory reads.
"""

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import Any

from django.db import connection, transaction

from connect.samples.generating import MAKE_PEOPLE, drawn_from, people_made_so_far
from connect.services.directory import directory_recount
from connect.services.directory_statement import ROWS_ANEW, level_ranks
from portal.core.starter import SampleWish

SESSIONS = 2
BATCH = 10_000
# Those of constraints stay: the statements that make the rows rely on them.
_INDEXES = """
    SELECT relation.relname, pg_get_indexdef(index.indexrelid)
    FROM pg_index AS index JOIN pg_class AS relation ON relation.oid = index.indexrelid
    WHERE index.indrelid = 'connect_directoryentry'::regclass AND NOT index.indisunique
"""
_TABLES = "accounts_user, accounts_membership, connect_profile, connect_directoryentry, connect_directorycount"


def people_load(people: int, *, towns: int) -> None:
    """Fill the directory up to a number of invented people; prints how far it is.

    An interrupted load goes on at the next call, from the last batch that was written.
    """
    there, last = people_made_so_far()
    if there >= people:
        return
    wish = SampleWish(count=people, cities=towns)
    end = last + people - there
    batches = [(first, min(first + BATCH - 1, end)) for first in range(last + 1, end + 1, BATCH)]
    write = partial(_write, drawn_from(wish))
    with _without_indexes_and_triggers(), ThreadPoolExecutor(SESSIONS) as sessions:
        # Of tables that were empty a moment ago the database knows nothing, and plans accordingly.
        write(batches[0])
        _analyze()
        for until in sessions.map(write, batches[1:]):
            print(f"{there + until - last} people", file=sys.stderr, flush=True)
    directory_recount()
    # As the database does by itself some minutes later.
    _analyze(vacuum=True)


def _analyze(*, vacuum: bool = False) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{'VACUUM ' if vacuum else ''}ANALYZE {_TABLES}")


@contextmanager
def _without_indexes_and_triggers() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute(_INDEXES)
        indexes = cursor.fetchall()
        with transaction.atomic():
            cursor.execute("ALTER TABLE connect_directoryentry DISABLE TRIGGER USER")
            for name, _definition in indexes:
                cursor.execute(f"DROP INDEX {name}")
        try:
            yield
        finally:
            cursor.execute("SET maintenance_work_mem = '1GB'")
            for _name, definition in indexes:
                print(definition, file=sys.stderr, flush=True)
                cursor.execute(definition)
            cursor.execute("ALTER TABLE connect_directoryentry ENABLE TRIGGER USER")


def _write(drawn: dict[str, Any], batch: tuple[int, int]) -> int:
    """Make some people and their rows of the directory, in a session of this thread's own."""
    first, last = batch
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(MAKE_PEOPLE, {**drawn, "first": first, "last": last})
            made = [key for (key,) in cursor.fetchall()]
            cursor.execute(ROWS_ANEW, {"ids": made, "ranks": json.dumps(level_ranks())})
    finally:
        connection.close()
    return last
