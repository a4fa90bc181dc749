"""How values spread over a range: a small chart of columns for each group, all on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from portal.indicators.charts.shapes import ACCENT, LINE, drawing, element, joined, text, text_lines

WIDTH = 280.0
HEIGHT = 64.0
LINE_HEIGHT = 17.0
BETWEEN = 2.0


@dataclass(frozen=True)
class Spread:
    """How many values of a group lie in each part of the range; `summary` says the same in a few words."""

    label: str
    counts: Sequence[int]
    summary: str = ""


def columns(spread: Spread, *, label: str, most: int, ends: tuple[str, str] = ("0 %", "100 %")) -> SafeString:
    """Draw one group's columns.

    Args:
        label: what the chart shows, in a sentence.
        most: the count that a column of full height stands for, the same for all charts side by side.
        ends: what the two ends of the range are called.
    """
    lines = text_lines(spread.label, WIDTH)
    top = len(lines) * LINE_HEIGHT + 6
    floor = top + HEIGHT
    step = WIDTH / max(len(spread.counts), 1)
    parts = [text(line, 0, LINE_HEIGHT * number + 12) for number, line in enumerate(lines)]
    bars = [
        _column(step * place, step, count, floor, most) for place, count in enumerate(spread.counts) if count
    ]
    parts.append(element("g", joined(bars)))
    parts.append(
        element("line", x1=0, y1=floor, x2=WIDTH, y2=floor, stroke=LINE, class_="chart__grid"),
    )
    parts.append(text(ends[0], 0, floor + 15, tone="soft"))
    parts.append(text(spread.summary, WIDTH / 2, floor + 15, anchor="middle", tone="soft"))
    parts.append(text(ends[1], WIDTH, floor + 15, anchor="end", tone="soft"))
    return drawing(*parts, width=WIDTH, height=floor + 20, label=label, kind="columns")


def _column(left: float, step: float, count: int, floor: float, most: int) -> SafeString:
    height = max(HEIGHT * count / max(most, 1), 2.0)
    return element(
        "rect",
        x=left + BETWEEN / 2,
        y=floor - height,
        width=step - BETWEEN,
        height=height,
        fill=ACCENT,
        class_="chart__bar chart__bar--now",
    )
