"""A PostgreSQL of our own, from the wheel that carries its programs, reached through a socket file only."""

import time
from dataclasses import dataclass
from urllib.parse import quote

import psycopg

from portal.embedded.cluster import (
    REPORT_IT,
    SUPERUSER,
    create_cluster,
    postgres_failure,
    postgres_program,
    programs_directory,
)
from portal.embedded.data_directory import DataDirectory
from portal.embedded.database_role import ensure_database, ensure_role
from portal.embedded.errors import DataIncompleteError, EmbeddedError, ServiceFailedError
from portal.embedded.leftover import end_leftover_server
from portal.embedded.privileges import Account
from portal.embedded.processes import Child, Program
from portal.embedded.socket_directory import choose_socket_directory, remove_short_directory

ROLE = DATABASE = "portal"
PORT = 5432
SOCKET_NAME = f".s.PGSQL.{PORT}"
START_TIMEOUT_SECONDS = 120.0
STATUS_LINE = 7
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class EmbeddedPostgres:
    """One PostgreSQL server on the data of one directory.

    With `for_tests` it trades safety of the data for speed and lets the role create databases.
    """

    data: DataDirectory
    account: Account | None = None
    for_tests: bool = False
    child: Child | None = None

    def __post_init__(self) -> None:
        programs_directory()
        self._socket_directory = self.data.postgres
        self._passwords: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Give the DATABASE_URL of the portal's role, as libpq and django-environ both read it."""
        directory = quote(str(self._socket_directory), safe="/")
        password = quote(self._passwords["postgres_portal"], safe="")
        return f"postgres://{ROLE}:{password}@:{PORT}/{DATABASE}?host={directory}"

    def start(self) -> None:
        """Make the cluster if there is none, start the server, and see that role and database are there."""
        self._passwords = self.data.secrets()
        if self.data.is_new:
            create_cluster(self.data, self.account, is_safe=not self.for_tests)
        end_leftover_server(self.data.postgres, SOCKET_NAME)
        self._socket_directory = choose_socket_directory(self.data, self.account, SOCKET_NAME)
        self.child = Child(self._program()).start()
        self._wait_until_ready(self.child)
        password = self._passwords["postgres_portal"]
        with self._connect() as connection:
            ensure_role(connection, ROLE, password, create_databases=self.for_tests)
            ensure_database(connection, DATABASE, owner=ROLE)

    def stop(self) -> None:
        """Shut the server down in order: clients are sent away, everything is written."""
        if self.child is not None:
            self.child.stop()
            self.child = None
        remove_short_directory(self.data)

    def _program(self) -> Program:
        settings = {
            "listen_addresses": "",
            "port": str(PORT),
            "unix_socket_directories": '"' + str(self._socket_directory).replace('"', '""') + '"',
            "max_connections": "100",
            **(FAST_SETTINGS if self.for_tests else {}),
        }
        options = [f"--{name}={value}" for name, value in settings.items()]
        return postgres_program(
            "postgres", ["-D", str(self.data.postgres), *options], self.data, self.account
        )

    def _wait_until_ready(self, child: Child) -> None:
        status_file = self.data.postgres / "postmaster.pid"
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        while time.monotonic() < deadline and child.is_running:
            lines = status_file.read_text().splitlines() if status_file.exists() else []
            if [line.strip() for line in lines[STATUS_LINE:]] == ["ready"]:
                return
            time.sleep(0.02)
        raise postgres_failure(child, self.data)

    def _connect(self) -> psycopg.Connection:
        try:
            return psycopg.connect(
                host=str(self._socket_directory),
                port=PORT,
                user=SUPERUSER,
                password=self._passwords["postgres_superuser"],
                dbname="postgres",
                autocommit=True,
            )
        except psycopg.OperationalError as error:
            raise self._connection_failure(str(error)) from error

    def _connection_failure(self, reason: str) -> EmbeddedError:
        if "password authentication failed" in reason:
            return DataIncompleteError(
                f"The password kept in {self.data.path} does not open its database.",
                "Put secrets.json back from a copy of the directory, or start anew: make clean-data",
            )
        return ServiceFailedError(f"PostgreSQL started but does not answer: {reason}", REPORT_IT)
