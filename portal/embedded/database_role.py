"""The role and the database that the portal works with: never a superuser's."""

import psycopg
from psycopg import sql


def ensure_role(connection: psycopg.Connection, name: str, password: str, *, create_databases: bool) -> None:
    """Make or correct the portal's role, so that it can do nothing to other roles or past row security.

    `create_databases` is for test servers only, where each run makes a database of its own.
    """
    exists = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    verb = sql.SQL("ALTER" if exists else "CREATE")
    may_create = sql.SQL("CREATEDB" if create_databases else "NOCREATEDB")
    # Hashed here, so that the server never sees the password and cannot log it.
    hashed = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    connection.execute(
        sql.SQL(
            "{verb} ROLE {name} LOGIN NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION {may_create} "
            "PASSWORD {password}"
        ).format(
            verb=verb,
            name=sql.Identifier(name),
            may_create=may_create,
            password=sql.Literal(hashed),
        )
    )


def ensure_database(connection: psycopg.Connection, name: str, *, owner: str) -> None:
    """Make the portal's database, owned by its role and closed to others, unless it is there."""
    if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
        return
    database = sql.Identifier(name)
    connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(owner)))
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database))
