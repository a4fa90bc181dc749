"""Which account the database servers run as, and whether it can reach what they need."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.errors import AccountError

SYSTEM_ACCOUNTS = ("postgres", "nobody")
READ = 0o4
PASS = 0o1


@dataclass(frozen=True)
class Account:
    """An unprivileged account of this machine."""

    name: str
    uid: int
    gid: int

    def can_pass_to(self, path: Path) -> bool:
        """Say whether this account may read a path and pass every directory on the way to it."""
        resolved = path.resolve()
        return self._has(resolved, READ) and all(self._has(parent, PASS) for parent in resolved.parents)

    def _has(self, path: Path, right: int) -> bool:
        status = path.stat()
        shift = 6 if status.st_uid == self.uid else 3 if status.st_gid == self.gid else 0
        wanted = right | (PASS if path.is_dir() else 0)
        return (status.st_mode >> shift) & wanted == wanted


def account_for(data: Path, checkout: Path) -> Account | None:
    """Choose who runs the servers on this data: None (ourselves) unless we are root.

    The owner of existing data keeps it; a checkout that belongs to somebody is served as that person;
    otherwise an account that the system already has is used, so that none needs to be created.
    """
    if os.geteuid() != 0:
        return None
    candidates = [path.stat().st_uid for path in (data, checkout) if path.exists()]
    entries = [_by_uid(uid) for uid in candidates if uid != 0] + [_by_name(name) for name in SYSTEM_ACCOUNTS]
    for entry in entries:
        if entry is not None:
            return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)
    raise AccountError(
        "PostgreSQL may not run as root, and this machine has no other account to run it as.",
        "Create one (useradd --system postgres) or run the same command as an ordinary user.",
    )


def _by_uid(uid: int) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        return None


def _by_name(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None
