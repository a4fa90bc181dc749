"""A directory of a million people in minutes: the app's own statements, without what only matters one by one.

Rows are made by the very statements that the app makes them with, in two sessions. Left out meanwhile are the indexes
and the triggers of the directory (both put back at the end, and the counts made by one statement), and the catalogue's
entries of these people, which no page of the directory reads.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import connection, transaction

from connect.models import DirectoryEntry
from connect.samples.generating import MAKE_PEOPLE, drawn_from, people_made_so_far
from connect.services.directory import directory_recount
from connect.services.directory_statement import ROWS_ANEW, level_ranks
from portal.core.starter import SampleWish

SESSIONS = 2
BATCH = 10_000
_TABLES = (
    "accounts_user, accounts_membership, connect_profile, connect_directoryentry, connect_directorycount"
)
_THERE = "SELECT indexname FROM pg_indexes WHERE tablename = 'connect_directoryentry'"


def people_load(people: int, *, towns: int) -> None:
    """Fill the directory up to a number of invented people; prints how far it is.

    A load that was interrupted goes on at the next call, and leaves the indexes and triggers as they were.
    """
    there, last = people_made_so_far()
    end = last + people - there
    batches = [(first, min(first + BATCH - 1, end)) for first in range(last + 1, end + 1, BATCH)]
    try:
        if batches:
            _take_away()
            _write_all(drawn_from(SampleWish(count=people, cities=towns)), batches)
    finally:
        _put_back()
    directory_recount()
    # As the database does by itself some minutes later.
    _analyze(vacuum=True)


def _write_all(drawn: dict[str, Any], batches: list[tuple[int, int]]) -> None:
    write = partial(_write, drawn)
    # Of tables that were empty a moment ago the database knows nothing, and plans accordingly.
    write(batches[0])
    _analyze()
    with ThreadPoolExecutor(SESSIONS) as sessions:
        for until in sessions.map(write, batches[1:]):
            print(f"person {until} of {batches[-1][1]}", file=sys.stderr, flush=True)


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


def _take_away() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE connect_directoryentry DISABLE TRIGGER USER")
        for index in DirectoryEntry._meta.indexes:
            cursor.execute(f"DROP INDEX IF EXISTS {index.name}")


def _put_back() -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE connect_directoryentry ENABLE TRIGGER USER")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute(_THERE)
        there = {name for (name,) in cursor.fetchall()}
    for index in DirectoryEntry._meta.indexes:
        if index.name not in there:
            print(index.name, file=sys.stderr, flush=True)
            with connection.schema_editor() as editor:
                editor.add_index(DirectoryEntry, index)


def _analyze(*, vacuum: bool = False) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"{'VACUUM ' if vacuum else ''}ANALYZE {_TABLES}")
