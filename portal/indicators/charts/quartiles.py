"""Strips with the quartiles of a group and one value among them: a box for the middle half, a line for the median."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.indicators.charts.shapes import ACCENT, BEFORE, LINE, drawing, element, joined, text, text_lines

WIDTH = 360.0
# Room for half a mark at either end.
MARGIN = 8.0
LINE_HEIGHT = 17.0
THICK = 18.0
GAP = 15.0
MARK = 6.5


@dataclass(frozen=True)
class Strip:
    """Lower quartile, median and upper quartile of a group (None is "no figures"), and an own value (None is none)."""

    label: str
    quartiles: tuple[float, float, float] | None
    own: float | None = None


def quartile_strips(
    rows: Sequence[Strip], *, label: str, lowest: float = 0.0, highest: float = 1.0
) -> SafeString:
    """Draw one strip below the other, all on one scale; values beyond it widen it.

    Args:
        label: what the chart shows, in a sentence.
    """
    values = [value for row in rows for value in (*(row.quartiles or ()), row.own) if value is not None]
    scale = _Scale(min([lowest, *values]), max([highest, *values]))
    drawn: list[str] = []
    height = 0.0
    for row in rows:
        lines = text_lines(row.label, WIDTH - 3 * MARGIN)
        drawn.append(_row(row, lines, height, scale))
        height += len(lines) * LINE_HEIGHT + 4 + THICK + GAP
    return drawing(*drawn, width=WIDTH, height=max(height - GAP + 4, 1.0), label=label, kind="quartiles")


@dataclass(frozen=True)
class _Scale:
    lowest: float
    highest: float

    def place(self, value: float) -> float:
        """Return where a value stands, from the left edge."""
        span = self.highest - self.lowest or 1.0
        return MARGIN + (value - self.lowest) / span * (WIDTH - 2 * MARGIN)


def _row(row: Strip, lines: list[str], top: float, scale: _Scale) -> SafeString:
    parts: list[str] = [text(line, 0, top + LINE_HEIGHT * number + 12) for number, line in enumerate(lines)]
    at = top + len(lines) * LINE_HEIGHT + 4
    middle = at + THICK / 2
    parts.append(_line(MARGIN, middle, WIDTH - MARGIN, middle, LINE, "grid"))
    parts += [
        _line(scale.place(end), middle - 4, scale.place(end), middle + 4, LINE, "grid")
        for end in (scale.lowest, scale.highest)
    ]
    parts += _box(row, at, scale)
    if row.own is not None:
        parts.append(_mark(scale.place(row.own), middle))
    return element("g", joined(parts))


def _box(row: Strip, top: float, scale: _Scale) -> list[SafeString]:
    if row.quartiles is None:
        return []
    low, median, high = map(scale.place, row.quartiles)
    box = element(
        "rect",
        x=low,
        y=top,
        # Where half of the group has the same value, the box is still to be seen.
        width=max(high - low, 2.0),
        height=THICK,
        fill=BEFORE,
        fill_opacity="0.35",
        stroke=BEFORE,
        class_="chart__box",
    )
    line = element(
        "line",
        x1=median,
        y1=top - 2,
        x2=median,
        y2=top + THICK + 2,
        stroke=BEFORE,
        stroke_width="3",
        class_="chart__median",
    )
    return [box, line]


def _mark(x: float, y: float) -> SafeString:
    """A diamond: told from the group by its shape as well as by its colour."""
    corners = ((x, y - MARK), (x + MARK, y), (x, y + MARK), (x - MARK, y))
    points = " ".join(f"{across:.2f},{down:.2f}" for across, down in corners)
    return element("polygon", points=points, fill=ACCENT, stroke="#fff", class_="chart__own")


def _line(x1: float, y1: float, x2: float, y2: float, color: str, tone: str) -> SafeString:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, class_=f"chart__{tone}")
