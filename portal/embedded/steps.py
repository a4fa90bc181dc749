"""What a person sees while the portal starts: each step, how long it takes, how it ended."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

REPEAT_SECONDS_ON_A_SCREEN = 0.5
REPEAT_SECONDS_IN_A_LOG = 5.0
CLEAR_LINE = "\r\x1b[2K"
COLOURS = {"green": "32", "red": "31", "yellow": "33", "bold": "1", "dim": "2"}


class Console:
    """Prints steps on a screen (one line that counts the seconds) or into a log (a line now and then)."""

    def __init__(self, output: TextIO | None = None) -> None:
        self._output = output or sys.stdout
        self._is_screen = self._output.isatty()
        self._has_colour = self._is_screen and "NO_COLOR" not in os.environ
        self._lock = threading.Lock()
        self._status = ""

    def colour(self, name: str, text: str) -> str:
        """Give the text in a colour where the output shows colours."""
        return f"\x1b[{COLOURS[name]}m{text}\x1b[0m" if self._has_colour else text

    def line(self, text: str = "") -> None:
        """Print a line, above the running step if there is one."""
        with self._lock:
            self._write(f"{self._clear()}{text}\n{self._status if self._is_screen else ''}")

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show a step from its beginning to its end, with the seconds it has taken so far."""
        started = time.monotonic()
        over = threading.Event()
        if not self._is_screen:
            self.line(f"  … {title}")
        ticker = threading.Thread(target=self._tick, args=(title, started, over), daemon=True)
        ticker.start()
        mark = self.colour("red", "✗")
        try:
            yield
            mark = self.colour("green", "✓")
        finally:
            over.set()
            ticker.join()
            self._status = ""
            seconds = time.monotonic() - started
            self.line(f"  {mark} {title} {self.colour('dim', f'({seconds:.1f} s)')}")

    def _tick(self, title: str, started: float, over: threading.Event) -> None:
        pause = REPEAT_SECONDS_ON_A_SCREEN if self._is_screen else REPEAT_SECONDS_IN_A_LOG
        while True:
            seconds = time.monotonic() - started
            if self._is_screen:
                with self._lock:
                    self._status = f"  … {title} {seconds:.0f} s"
                    self._write(self._clear() + self._status)
            elif seconds >= pause:
                self.line(f"  … {title}: {seconds:.0f} s so far")
            if over.wait(pause):
                return

    def _clear(self) -> str:
        return CLEAR_LINE if self._is_screen else ""

    def _write(self, text: str) -> None:
        self._output.write(text)
        self._output.flush()
