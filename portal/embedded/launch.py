"""Turns this process into a server that holds no root rights and ends when its parent ends.

Run as a file by the interpreter, with the standard library only:
``launch.py PARENT_PID SIGNAL UID GID KEEP_ACCESS -- COMMAND…`` (UID -1: stay who you are).
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1
PR_SET_SECUREBITS = 28
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE = 2
SECBIT_NO_SETUID_FIXUP = 1 << 2
CAP_DAC_OVERRIDE = 1
CAPABILITY_VERSION_3 = 0x20080522


def _call(function: str, *arguments: object) -> None:
    """Call a function of the C library, raising OSError when it fails."""
    if getattr(ctypes.CDLL(None, use_errno=True), function)(*arguments) != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function}: {os.strerror(number)}")


def _prctl(option: int, *values: int) -> None:
    _call("prctl", option, *(ctypes.c_ulong(value) for value in (*values, 0, 0, 0, 0)[:4]))


def drop_root(uid: int, gid: int, keep_access: bool) -> None:
    """Become another account; with `keep_access`, keep the one right to pass directories closed to it.

    That right (CAP_DAC_OVERRIDE) serves checkouts below a closed home such as /root. The alternative is
    to open that home to every account of the machine for good.
    """
    if keep_access:
        # Without this bit access(2) ignores the capability, and PostgreSQL uses it to find itself.
        _prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP)
    os.setgroups([gid])
    os.setgid(gid)
    os.setuid(uid)
    if keep_access:
        mask = 1 << CAP_DAC_OVERRIDE
        header = (ctypes.c_uint32 * 2)(CAPABILITY_VERSION_3, 0)
        _call("capset", header, (ctypes.c_uint32 * 6)(mask, mask, mask, 0, 0, 0))
        _prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_DAC_OVERRIDE)


def follow_parent(parent_pid: int, signal_number: int) -> None:
    """Ask the kernel for a signal when the parent dies, or leave at once if it already did."""
    if sys.platform == "linux":
        _prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent_pid:
        raise SystemExit(1)


def main(arguments: list[str]) -> None:
    """Read the five values before `--`, apply them and become the command."""
    parent_pid, signal_number, uid, gid, keep_access = (int(value) for value in arguments[:5])
    if uid >= 0:
        drop_root(uid, gid, bool(keep_access))
        os.umask(0o077)
    # Last, because changing accounts clears it.
    follow_parent(parent_pid, signal_number)
    command = arguments[6:]
    os.execvp(command[0], command)  # noqa: S606


if __name__ == "__main__":
    main(sys.argv[1:])
