import io
import time

import pytest

from portal.embedded import steps
from portal.embedded.steps import CLEAR_LINE, Console


class Screen(io.StringIO):
    """A terminal, as far as the console asks."""

    def isatty(self) -> bool:
        return True


def test_a_step_in_a_log_says_when_it_begins_goes_on_and_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(steps, "REPEAT_SECONDS_IN_A_LOG", 0.05)
    output = io.StringIO()
    with Console(output).step("Loading"):
        time.sleep(0.2)
    lines = output.getvalue().splitlines()
    assert lines[0] == "  … Loading"
    assert lines[1] == "  … Loading: 0 s so far"
    assert lines[-1].startswith("  ✓ Loading (0.")
    assert "\x1b" not in output.getvalue()


def test_a_step_on_a_screen_counts_in_one_line_and_lines_go_above_it() -> None:
    output = Screen()
    console = Console(output)
    with console.step("Loading"):
        time.sleep(0.1)
        console.line("half of it")
    shown = output.getvalue()
    assert shown.startswith(f"{CLEAR_LINE}  … Loading 0 s")
    assert f"{CLEAR_LINE}half of it\n  … Loading 0 s" in shown
    assert shown.count("\n") == 2


def test_a_step_that_fails_is_marked_and_its_error_goes_on() -> None:
    output = io.StringIO()
    with pytest.raises(ValueError, match="broken"), Console(output).step("Loading"):
        raise ValueError("broken")
    assert "✗ Loading" in output.getvalue()
    assert "✓" not in output.getvalue()


def test_who_wants_no_colour_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert Console(Screen()).colour("red", "text") == "\x1b[31mtext\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert Console(Screen()).colour("red", "text") == "text"
