"""Many rows at once: PostgreSQL's COPY, straight into a table or into a staging table that set-based SQL reads."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction
from psycopg import sql

COPY_BATCH = 10_000


def copy_rows(cursor: Any, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows into a table through COPY.

    Args:
        cursor: an open Django cursor; errors of PostgreSQL (`DataError`, `IntegrityError`) pass through it.
        table: the table's name, unquoted.
        columns: the columns that the rows fill, in their order.
        rows: Python values, None for null; read once.

    Returns:
        How many rows were written.
    """
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    iterator = iter(rows)
    # Rows are made between two COPYs and never within one: a generator that asked the database meanwhile would wait
    # for its own connection for ever.
    while batch := list(islice(iterator, COPY_BATCH)):
        with cursor.db.wrap_database_errors, cursor.copy(statement) as copy:
            for row in batch:
                copy.write_row(row)
        count += len(batch)
    return count


def column_types(model: type[models.Model], *fields: str) -> dict[str, str]:
    """Return the column names of a model's fields with their PostgreSQL types, for a staging table like it."""
    connection = connections[DEFAULT_DB_ALIAS]
    types: dict[str, str] = {}
    for name in fields:
        field: Any = model._meta.get_field(name)
        kind = field.rel_db_type(connection) if field.is_relation else field.cast_db_type(connection)
        types[field.column] = str(kind)
    return types


@dataclass(frozen=True)
class Staging:
    """A temporary table full of rows, for statements that move all of them at once.

    Args:
        table: its quoted name, to be put into SQL.
        count: how many rows it holds.
        compared: see `staged`.
    """

    table: str
    count: int
    compared: tuple[str, ...] = ()
    using: str = DEFAULT_DB_ALIAS

    def analyze(self) -> None:
        """Tell the planner what the table holds; without, it takes every staging table for a small one."""
        connection = connections[self.using]
        columns = ", ".join(map(connection.ops.quote_name, self.compared))
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {self.table} ({columns})" if columns else f"ANALYZE {self.table}")

    def execute(self, statement: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> int:
        """Run a statement in which {staging} stands for the table; returns how many rows it touched.

        Braces of SQL itself are doubled, as in `str.format`.
        """
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement.format(staging=self.table), params)
            return int(cursor.rowcount)

    def fetch(
        self, statement: str, params: Sequence[Any] | Mapping[str, Any] | None = None
    ) -> list[tuple[Any, ...]]:
        """Run such a statement and return the rows it gives."""
        with connections[self.using].cursor() as cursor:
            cursor.execute(statement.format(staging=self.table), params)
            return list(cursor.fetchall())


@contextmanager
def staged(
    columns: Mapping[str, str],
    rows: Iterable[Sequence[Any]],
    *,
    name: str = "rows",
    compared: Collection[str] = (),
    using: str = DEFAULT_DB_ALIAS,
) -> Iterator[Staging]:
    """Hold rows in a temporary table for the length of a `with` block.

    The table is dropped at the end of the block and, whatever happens, of the transaction.

    Args:
        columns: each column's name with its PostgreSQL type, trusted text (see `column_types`).
        rows: values in the order of the columns; read once.
        name: tells apart two staging tables that are open at once.
        compared: the columns that statements join by or look into; all of them when not given. Statistics of long
            texts, which are only passed on, would take longer than their COPY.

    Raises:
        TransactionManagementError: there is no transaction; wrap the import in `transaction.atomic()`.
    """
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("A staging table lives within a transaction.")
    table = f"staging_{name}"
    quoted = connections[using].ops.quote_name(table)
    definition = ", ".join(
        f"{connections[using].ops.quote_name(column)} {kind}" for column, kind in columns.items()
    )
    with connections[using].cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE {quoted} ({definition}) ON COMMIT DROP")
        count = copy_rows(cursor, table, list(columns), rows)
    staging = Staging(quoted, count, tuple(compared), using)
    staging.analyze()
    yield staging
    with connections[using].cursor() as cursor:
        cursor.execute(f"DROP TABLE {quoted}")
