"""Ctrl-C and its relatives: the first asks for an orderly stop, the second forces it."""

import signal
from collections.abc import Callable
from types import FrameType, TracebackType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Raised at the next safe point after somebody asked for a stop."""


class StopSignals:
    """Turns signals into a request that the running code checks where stopping is safe.

    An exception out of a signal handler could strike between the start of a program and its registration,
    and leave the program behind.
    """

    def __init__(self, on_force: Callable[[], None]) -> None:
        self._on_force = on_force
        self._former: dict[signal.Signals, object] = {}
        self.is_requested = False

    def __enter__(self) -> "StopSignals":
        for number in SIGNALS:
            self._former[number] = signal.signal(number, self._handle)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._former.items():
            signal.signal(number, handler)  # type: ignore[arg-type]

    def check(self) -> None:
        """Raise StopRequested if a stop was asked for."""
        if self.is_requested:
            raise StopRequested

    def _handle(self, _number: int, _frame: FrameType | None) -> None:
        if self.is_requested:
            self._on_force()
        self.is_requested = True
