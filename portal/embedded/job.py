"""A command of somebody's choice and all that it starts, as one thing that keeps the terminal and can be ended."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from types import FrameType

import psutil

from portal.embedded.processes import descendants, end_all, group_members

# Longer than the 10 s that containers allow: whoever asks for less ends us by force.
PATIENCE_SECONDS = 30.0
TERMINAL = "/dev/tty"


def run_job(command: Sequence[str], environment: Mapping[str, str]) -> int:
    """Run a command in this process's environment and another; gives its exit code.

    Ctrl-C is the command's own affair. A request to end (SIGTERM, SIGHUP) reaches all that the command started, and
    all of it has ended when this returns.
    """
    job = Job(command, {**os.environ, **environment})
    wanted = {signal.SIGTERM: job.end, signal.SIGHUP: job.end, signal.SIGINT: job.interrupt}
    # What is ignored already, as under nohup, stays so, for the command too.
    handlers = {
        number: handler
        for number, handler in wanted.items()
        if signal.getsignal(number) is not signal.SIG_IGN
    }
    former = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        return job.run()
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


class Job:
    """One run of a command."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._command = list(command)
        self._environment = dict(environment)
        # A terminal's job control works on the group that the shell made: a group of its own could not read there.
        self._is_group = not has_terminal()
        self._process: subprocess.Popen[bytes] | None = None
        self._family: list[psutil.Process] = []
        self._is_ending = False

    def run(self) -> int:
        """Start the command and wait for its end, and for that of all it started if they were asked to end."""
        started = time.time()
        group = 0 if self._is_group else None
        self._process = subprocess.Popen(self._command, env=self._environment, process_group=group)
        if self._is_ending:
            # The request came while the command was being started.
            self._send(signal.SIGTERM)
        code = self._process.wait()
        if self._is_ending:
            left = group_members(self._process.pid, started) if self._is_group else []
            end_all([*self._family, *left], PATIENCE_SECONDS)
        return code

    def end(self, _number: int, _frame: FrameType | None) -> None:
        """Ask all to end."""
        self._is_ending = True
        self._send(signal.SIGTERM)

    def interrupt(self, _number: int, _frame: FrameType | None) -> None:
        """Pass Ctrl-C on to a group of its own; in a terminal's group it has reached all already."""
        if self._is_group:
            self._send(signal.SIGINT)

    def _send(self, number: int) -> None:
        if self._process is None:
            return
        if self._is_group:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            return
        # Those below first are noted: once the command is gone nothing tells that they were its own.
        self._family += descendants(self._process.pid)
        self._process.send_signal(number)
        for process in self._family:
            with suppress(psutil.Error):
                process.send_signal(number)


def has_terminal() -> bool:
    """Say whether somebody may be sitting at a terminal that controls this process."""
    try:
        os.close(os.open(TERMINAL, os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
