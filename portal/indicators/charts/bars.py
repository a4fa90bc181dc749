"""Horizontal bars, one below the other, each with its label above and its value in writing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.indicators.charts.shapes import ACCENT, BEFORE, LINE, drawing, element, joined, text, text_lines

WIDTH = 360.0
VALUE_WIDTH = 62.0
LINE_HEIGHT = 17.0
THICK, THIN = 14.0, 7.0
GAP = 13.0


@dataclass(frozen=True)
class Bar:
    """A value, as a number and as it is written; `before` draws an earlier one beneath. None is "no data"."""

    label: str
    value: float | None
    text: str
    before: float | None = None
    before_text: str = ""


def bars(rows: Sequence[Bar], *, label: str, lowest: float = 0.0, highest: float = 1.0) -> SafeString:
    """Draw bars between `lowest` and `highest`; values below zero go to the left of the line at zero.

    Args:
        label: what the chart shows, in a sentence.
    """
    scale = _Scale(min(lowest, *_values(rows), 0.0), max(highest, *_values(rows)))
    drawn: list[str] = []
    height = 0.0
    for row in rows:
        drawn.append(_row(row, height, scale))
        height += _height(row)
    return drawing(*drawn, width=WIDTH, height=max(height - GAP, 1.0), label=label, kind="bars")


@dataclass(frozen=True)
class _Scale:
    lowest: float
    highest: float

    def place(self, value: float) -> float:
        """Return where a value stands, from the left edge."""
        span = self.highest - self.lowest or 1.0
        return (min(max(value, self.lowest), self.highest) - self.lowest) / span * (WIDTH - VALUE_WIDTH)


def _values(rows: Sequence[Bar]) -> list[float]:
    return [value for row in rows for value in (row.value, row.before) if value is not None] or [0.0]


def _height(row: Bar) -> float:
    before = THIN + 3 if row.before_text else 0.0
    return len(text_lines(row.label, WIDTH)) * LINE_HEIGHT + 3 + THICK + before + GAP


def _row(row: Bar, top: float, scale: _Scale) -> SafeString:
    lines = text_lines(row.label, WIDTH)
    parts: list[str] = [text(line, 0, top + LINE_HEIGHT * number + 12) for number, line in enumerate(lines)]
    at = top + len(lines) * LINE_HEIGHT + 3
    parts += [_track(at, THICK), *_bar(row.value, at, THICK, scale, ACCENT, "now")]
    parts.append(text(row.text, WIDTH, at + THICK - 2.5, anchor="end"))
    if row.before_text:
        below = at + THICK + 3
        parts += [_track(below, THIN), *_bar(row.before, below, THIN, scale, BEFORE, "before")]
        parts.append(text(row.before_text, WIDTH, below + THIN + 2, anchor="end", tone="soft"))
    return element("g", joined(parts))


def _track(top: float, height: float) -> SafeString:
    return element(
        "rect",
        x=0,
        y=top,
        width=WIDTH - VALUE_WIDTH,
        height=height,
        fill="none",
        stroke=LINE,
        class_="chart__track",
    )


def _bar(
    value: float | None, top: float, height: float, scale: _Scale, color: str, tone: str
) -> list[SafeString]:
    """Draw a value from the line at zero; no data draws nothing, and zero a mark as thin as a hair."""
    if value is None:
        return []
    start, end = sorted((scale.place(0.0), scale.place(value)))
    return [
        element(
            "rect",
            x=start,
            y=top,
            width=max(end - start, 1.5),
            height=height,
            fill=color,
            class_=f"chart__bar chart__bar--{tone}",
        )
    ]
