"""Programs that the portal starts: each with a log, an orderly end, and none that outlives its parent."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

from portal.embedded.errors import ServiceFailedError
from portal.embedded.privileges import Account

LAUNCHER = Path(__file__).with_name("launch.py")
FAMILY_PATIENCE_SECONDS = 3.0
LOG_LIMIT_BYTES = 10 * 1024 * 1024


@dataclass(frozen=True)
class Program:
    """What to run and how to end it."""

    name: str
    command: Sequence[str]
    log: Path
    directory: Path
    environment: Mapping[str, str]
    account: Account | None = None
    keep_access: bool = False
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGTERM
    force_signal: int = signal.SIGKILL
    patience_seconds: float = 10.0

    def launch_command(self) -> list[str]:
        """Give the command that drops root, follows this process and becomes the program."""
        uid, gid = (self.account.uid, self.account.gid) if self.account else (-1, -1)
        values = [os.getpid(), int(self.orphan_signal), uid, gid, int(self.keep_access)]
        return [
            sys.executable,
            "-I",
            "-S",
            str(LAUNCHER),
            *map(str, values),
            "--",
            *self.command,
        ]


@dataclass
class Child:
    """One running program."""

    program: Program
    process: subprocess.Popen[bytes] | None = None
    log_start: int = 0
    started: float = 0.0

    def start(self) -> "Child":
        """Start the program in a session of its own, so that Ctrl-C reaches only who supervises it."""
        log = self.program.log
        rotate(log)
        self.log_start = log.stat().st_size if log.exists() else 0
        self.started = time.time()
        with log.open("ab") as output:
            self.process = subprocess.Popen(
                self.program.launch_command(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd=self.program.directory,
                env=dict(self.program.environment),
                start_new_session=True,
            )
        return self

    @property
    def is_running(self) -> bool:
        """Say whether the program is still there."""
        return self.process is not None and self.process.poll() is None

    def wait(self) -> int | None:
        """Wait for the program's own end and give its exit code."""
        return None if self.process is None else self.process.wait()

    def output(self) -> str:
        """Give what the program has written since this start."""
        if not self.program.log.exists():
            return ""
        with self.program.log.open("rb") as log:
            log.seek(self.log_start)
            return log.read().decode(errors="replace")

    def tail(self, lines: int = 15) -> str:
        """Give the last lines of this start's log, indented for a message."""
        last = self.output().strip().splitlines()[-lines:]
        return "\n".join(f"    {line}" for line in last) or "    (it wrote nothing)"

    def failure(self, what_to_do: str) -> ServiceFailedError:
        """Make the error that tells how the program ended, with the end of its log."""
        code = self.process.poll() if self.process else None
        ended = "does not answer" if code is None else f"ended by itself with code {code}"
        return ServiceFailedError(
            f"{self.program.name} {ended}. The end of {self.program.log}:\n{self.tail()}",
            what_to_do,
        )

    def stop(self) -> None:
        """End the program in its own way, then by force, and whatever is left of its group."""
        if self.process is None:
            return
        family = descendants(self.process.pid)
        self._signal(self.program.stop_signal)
        grace = FAMILY_PATIENCE_SECONDS
        for force in (self.program.force_signal, signal.SIGKILL):
            try:
                self.process.wait(self.program.patience_seconds)
                break
            except subprocess.TimeoutExpired:
                self._signal(force)
                grace = 0.0
        self.process.wait()
        end_all([*family, *group_members(self.process.pid, self.started)], grace)

    def force(self) -> None:
        """End the program at once; `stop` still has to be called to collect it."""
        self._signal(self.program.force_signal)

    def _signal(self, number: int) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)


def descendants(pid: int) -> list[psutil.Process]:
    """List the processes below one, for ending those that it leaves behind."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def group_members(leader: int, since: float) -> list[psutil.Process]:
    """List what is left of the group that a program led, also after its own death.

    `since` (seconds since the epoch) keeps out a group that later got the same number.
    """
    members = []
    for process in psutil.process_iter():
        try:
            is_member = os.getpgid(process.pid) == leader and process.create_time() >= since - 1
        except (OSError, psutil.Error):
            continue
        if is_member and process.pid != leader:
            members.append(process)
    return members


def end_all(processes: Sequence[psutil.Process], patience_seconds: float) -> None:
    """Wait for processes to go and kill those that stay."""
    _gone, alive = psutil.wait_procs(processes, timeout=patience_seconds)
    for process in alive:
        try:
            process.kill()
        except psutil.NoSuchProcess:
            continue
    psutil.wait_procs(alive, timeout=FAMILY_PATIENCE_SECONDS)


def rotate(log: Path) -> None:
    """Set a long log aside as `.1` before a start, keeping one older file."""
    log.parent.mkdir(parents=True, exist_ok=True)
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_name(log.name + ".1"))
