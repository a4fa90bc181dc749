"""Counting what a request asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

# Marks of a transaction's edges, and what every signed-in request costs whatever it does.
EDGES = ("SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT")
SESSION_AND_USER = ('FROM "django_session"', 'FROM "accounts_user"')


@contextmanager
def counted_queries() -> Iterator[list[str]]:
    """Collect the queries of a block, without transaction edges and without session and user."""
    found: list[str] = []
    with CaptureQueriesContext(connection) as captured:
        yield found
    for query in captured.captured_queries:
        sql = query["sql"]
        if not sql.startswith(EDGES) and not any(mark in sql for mark in SESSION_AND_USER):
            found.append(sql)
