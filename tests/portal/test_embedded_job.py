"""`python -m portal.embedded exec -- COMMAND`: what a request to end and a terminal do to the command."""

import fcntl
import os
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from portal.embedded.data_directory import CHECKOUT

PATIENCE_SECONDS = 20
ELSEWHERE = {"DATABASE_URL": "postgres://elsewhere/portal", "REDIS_URL": "redis://elsewhere"}
# A shell that is not replaced by what it starts, as in "prepare && serve".
TWO_STEPS = "true && sleep 300; true"
SLOW_TO_END = (
    "trap 'sleep 0.5; echo saved > kept; exit 0' TERM; echo ready > ready; while :; do sleep 0.05; done"
)
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts a shell's line in the test's directory and leaves nothing of it behind."""
    started: list[subprocess.Popen[bytes]] = []

    def start_one(line: str, **how: object) -> subprocess.Popen[bytes]:
        # Whoever runs the tests may ignore SIGHUP, as nohup does, and children inherit that.
        how.setdefault("preexec_fn", lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL) and None)
        process = subprocess.Popen(
            [sys.executable, "-m", "portal.embedded", "exec", "--", "sh", "-c", f"cd '{tmp_path}'; {line}"],
            cwd=CHECKOUT,
            env={**os.environ, **ELSEWHERE, "PORTAL_DATA_DIR": str(tmp_path)},
            start_new_session=True,
            **how,  # type: ignore[call-overload]
        )
        started.append(process)
        return process

    yield start_one
    for process in started:
        process.kill()
        process.wait()
    for process in living(tmp_path):
        process.kill()


@pytest.fixture
def terminal() -> Iterator[tuple[int, int]]:
    """Both ends of a terminal: the one that a person types at, and the one that a program has."""
    person, program = os.openpty()
    yield person, program
    os.close(person)
    os.close(program)


def at_a_terminal(program: int) -> dict[str, object]:
    """Say how to start a program that the terminal controls."""
    return {
        "stdin": program,
        "stdout": program,
        "stderr": program,
        "preexec_fn": lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
    }


def living(place: Path) -> list[psutil.Process]:
    everybody = psutil.process_iter(["cwd", "status"])
    return [
        process
        for process in everybody
        if process.info["cwd"] == str(place) and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def wait_for(condition: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_request_to_end_reaches_what_the_command_started(
    start: Start, tmp_path: Path, number: signal.Signals
) -> None:
    process = start(TWO_STEPS)
    wait_for(lambda: len(living(tmp_path)) == 2)
    process.send_signal(number)
    process.wait(PATIENCE_SECONDS)
    assert living(tmp_path) == []


@pytest.mark.parametrize("has_terminal", [False, True])
def test_what_ends_slowly_is_waited_for_though_the_command_has_gone(
    start: Start, tmp_path: Path, terminal: tuple[int, int], has_terminal: bool
) -> None:
    process = start(f"( {SLOW_TO_END} ); true", **at_a_terminal(terminal[1]) if has_terminal else {})
    wait_for((tmp_path / "ready").exists)
    process.terminate()
    process.wait(PATIENCE_SECONDS)
    assert (tmp_path / "kept").read_text() == "saved\n"
    assert living(tmp_path) == []


def test_what_the_command_left_to_nobody_ends_with_its_group(start: Start, tmp_path: Path) -> None:
    process = start("( sleep 301 & ); sleep 300; true")
    wait_for(lambda: len(living(tmp_path)) == 3)
    process.terminate()
    process.wait(PATIENCE_SECONDS)
    assert living(tmp_path) == []


def test_a_command_reads_the_terminal_and_ctrl_c_ends_it(
    start: Start, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    person, program = terminal
    process = start("read name < /dev/tty; echo $name > name; sleep 300; true", **at_a_terminal(program))
    os.write(person, b"Ana\n")
    wait_for((tmp_path / "name").exists)
    wait_for((tmp_path / "name").read_text)
    assert (tmp_path / "name").read_text() == "Ana\n"
    os.write(person, b"\x03")
    assert process.wait(PATIENCE_SECONDS) != 0
    assert living(tmp_path) == []


def test_a_request_to_end_at_a_terminal_reaches_what_the_command_started(
    start: Start, tmp_path: Path, terminal: tuple[int, int]
) -> None:
    # Deaf to what the kernel says when the terminal's first process ends, which would hide a missed request.
    process = start(f"trap '' HUP; {TWO_STEPS}", **at_a_terminal(terminal[1]))
    wait_for(lambda: len(living(tmp_path)) == 2)
    process.terminate()
    process.wait(PATIENCE_SECONDS)
    assert living(tmp_path) == []


def test_what_is_ignored_from_the_start_stays_ignored(start: Start, tmp_path: Path) -> None:
    process = start(TWO_STEPS, preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN) and None)
    wait_for(lambda: len(living(tmp_path)) == 2)
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.5)
    assert len(living(tmp_path)) == 2


def test_the_command_s_own_exit_code_is_given(start: Start) -> None:
    assert start("exit 7").wait(PATIENCE_SECONDS) == 7
