"""The directory that holds the data of one installation: its lock, version, secrets and addresses."""

import fcntl
import json
import os
import secrets
import shutil
from pathlib import Path
from typing import IO

from portal.embedded.errors import (
    AccountError,
    AlreadyRunningError,
    DataIncompleteError,
    DataVersionError,
    DiskFullError,
)

CHECKOUT = Path(__file__).resolve().parents[2]
FORMAT = 1
POSTGRES_MAJOR = 18
FIRST_START_MEGABYTES = 500
LATER_START_MEGABYTES = 200
SECRET_NAMES = ("postgres_superuser", "postgres_portal", "redis")


def default_path() -> Path:
    """Give PORTAL_DATA_DIR, or `.data` in the checkout."""
    return Path(os.environ.get("PORTAL_DATA_DIR") or CHECKOUT / ".data").absolute()


class DataDirectory:
    """Everything under one PORTAL_DATA_DIR."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.postgres = self.path / "postgres"
        self.redis = self.path / "redis"
        self.logs = self.path / "logs"
        self._version = self.path / "VERSION"
        self._secrets = self.path / "secrets.json"
        self._running = self.path / "running.json"
        self._lock: IO[str] | None = None

    @property
    def is_ours(self) -> bool:
        """Say whether the portal made this directory its own: it then holds nothing else."""
        return self._version.exists()

    @property
    def is_new(self) -> bool:
        """Say whether no database has been made here yet."""
        return not self.postgres.exists()

    def acquire(self) -> None:
        """Make the directory and take its lock, which the kernel gives back whenever this process ends.

        Raises AlreadyRunningError when another process holds it, AccountError when it is somebody else's.
        """
        lock = self._open_lock()
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise self._already_running() from error
        self._lock = lock
        self._running.unlink(missing_ok=True)

    def _open_lock(self) -> IO[str]:
        try:
            # Root hands the subdirectories to another account, which must be able to walk to them. Another process may
            # be making the same directory at this moment; which of the two has it is the lock's to say.
            self.path.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
            self.logs.mkdir(mode=0o700, exist_ok=True)
            return (self.path / "lock").open("a+")
        except PermissionError as error:
            raise AccountError(
                f"This account may not write in {self.path}: {error}.",
                "Run it as the account that owns that directory, "
                "or keep data of your own: make run PORTAL_DATA_DIR=.data-2",
            ) from error

    def release(self) -> None:
        """Forget the addresses and give the lock back."""
        if self._lock is not None:
            self._running.unlink(missing_ok=True)
            self._lock.close()
            self._lock = None

    def _already_running(self) -> AlreadyRunningError:
        running = self.running()
        where = f", at {running['url']}" if running.get("url") else ""
        who = f" (process {running['pid']})" if running.get("pid") else ""
        return AlreadyRunningError(
            f"The portal is already running on the data in {self.path}{who}{where}.",
            "Use that one, or stop it with Ctrl-C where it runs. "
            "For a second one beside it: make run PORT=8001 PORTAL_DATA_DIR=.data-2",
        )

    def check_version(self) -> None:
        """Refuse data that another format or another PostgreSQL wrote; see `write_version`."""
        found = self._read_version()
        if found in (None, self._own_version()):
            return
        raise DataVersionError(
            f"The data in {self.path} was written by another version of the portal "
            f"(it says {found}; this one reads and writes {self._own_version()}).",
            "Start it with the release that wrote it, save what you need there "
            "(make manage ARGS='dumpdata --output copy.json'), then move this directory away "
            f"(mv {self.path} {self.path}.old) and start again; "
            "or keep both: make run PORTAL_DATA_DIR=.data-new",
        )

    def write_version(self) -> None:
        """Record which format and PostgreSQL version the data has."""
        self._version.write_text(self._own_version() + "\n")

    def _own_version(self) -> str:
        return f"format {FORMAT}, PostgreSQL {POSTGRES_MAJOR}"

    def _read_version(self) -> str | None:
        if self._version.exists():
            return self._version.read_text().strip()
        return None if self.is_new else "nothing about its version"

    def check_space(self) -> None:
        """Refuse to start where the disk would run full: PostgreSQL stops in the middle of its work then."""
        needed = FIRST_START_MEGABYTES if self.is_new else LATER_START_MEGABYTES
        free = shutil.disk_usage(nearest_existing(self.path)).free // 1024**2
        if free >= needed:
            return
        raise DiskFullError(
            f"The disk that holds {self.path} has {free} MB left; the portal needs {needed} MB to start.",
            "Free some space there, or keep the data on another disk: "
            "make run PORTAL_DATA_DIR=/other/disk/portal",
        )

    def secrets(self) -> dict[str, str]:
        """Give the passwords of this installation, made at random on the first start and kept (mode 0600)."""
        if self._secrets.exists():
            known: dict[str, str] = json.loads(self._secrets.read_text())
            return known
        if not self.is_new:
            raise DataIncompleteError(
                f"{self._secrets} is missing, and only it opens the database in {self.postgres}.",
                "Put it back from a copy of the directory, or start anew: make clean-data",
            )
        made = {name: secrets.token_urlsafe(32) for name in SECRET_NAMES}
        write_private(self._secrets, json.dumps(made, indent=1))
        return made

    def announce(self, **addresses: str) -> None:
        """Write where the running services are (mode 0600), for commands that join them."""
        write_private(self._running, json.dumps({"pid": str(os.getpid()), **addresses}, indent=1))

    def running(self) -> dict[str, str]:
        """Give what `announce` wrote, or nothing."""
        try:
            found: dict[str, str] = json.loads(self._running.read_text())
        except (OSError, ValueError):
            return {}
        return found


def nearest_existing(path: Path) -> Path:
    """Give the path itself or the closest directory above it that exists."""
    return next(place for place in (path, *path.parents) if place.exists())


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner can read, and never half of it."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
