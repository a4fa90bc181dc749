"""What was measured, on the screen and in benchmarks/RESULTS.md."""

import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import psutil

RESULTS = Path(__file__).with_name("RESULTS.md")


def machine() -> str:
    """Describe the machine in a line."""
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{psutil.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}"
    )


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return rows as a Markdown table, aligned for the eye."""
    widths = [max(len(row[column]) for row in [header, *rows]) for column in range(len(header))]
    lines = [header, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


class Report:
    """Collects what the parts print."""

    def __init__(self) -> None:
        self.parts: list[str] = []

    def add(self, text: str) -> None:
        """Show a part's figures and keep them."""
        print(text, flush=True)
        self.parts.append(text.strip())

    def write(self, *, complete: bool) -> None:
        """Write the file, if every part was measured."""
        if complete:
            head = f"# Figures\n\nMeasured on {datetime.now(tz=UTC):%Y-%m-%d} by `make bench`: {machine()}.\n"
            RESULTS.write_text("\n\n".join([head.strip(), *self.parts]) + "\n", encoding="utf-8")
