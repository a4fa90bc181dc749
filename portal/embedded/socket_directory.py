"""Where the socket file of a server goes: with its data, unless that path would not do."""

import os
import shutil
import tempfile
from pathlib import Path

from portal.embedded.data_directory import DataDirectory, write_private
from portal.embedded.privileges import Account

LONGEST_PATH_BYTES = 103


def choose_socket_directory(data: DataDirectory, account: Account | None, socket_name: str) -> Path:
    """Give the cluster's own directory, or a short private one made for this run and recorded.

    macOS ends a socket's path at 104 bytes and Linux at 108, and libpq reads a comma in it as a list of
    hosts. The record lets the next start remove what a run that was cut off could not.
    """
    remove_short_directory(data)
    own = data.postgres
    if len(os.fsencode(own / socket_name)) <= LONGEST_PATH_BYTES and "," not in str(own):
        return own
    short = Path(tempfile.mkdtemp(prefix="portal-", dir="/tmp"))
    write_private(_record(data), str(short))
    if account is not None:
        os.chown(short, account.uid, account.gid)
    return short


def remove_short_directory(data: DataDirectory) -> None:
    """Remove the short directory of this or an earlier run, if there is one."""
    record = _record(data)
    if record.exists():
        shutil.rmtree(record.read_text(), ignore_errors=True)
        record.unlink()


def _record(data: DataDirectory) -> Path:
    return data.path / "socket-directory"
