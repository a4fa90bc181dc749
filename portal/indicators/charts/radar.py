"""A radar: one axis for each thing that is measured, from nothing in the middle to everything at the edge."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from django.utils.safestring import SafeString

from portal.indicators.charts.shapes import ACCENT, BEFORE, LINE, coordinate, drawing, element, joined, text

SIDE = 320.0
CENTER = SIDE / 2
RADIUS = 128.0
LABEL_RADIUS = RADIUS + 17
RINGS = (0.25, 0.5, 0.75, 1.0)
SHOWN_RINGS = (0.5, 1.0)
FEWEST_AXES = 3
MOST_AXES = 12


@dataclass(frozen=True)
class Series:
    """Values from 0 to 1, one for each axis; None is "no data" and breaks the line. `tone` is `now` or `before`."""

    values: Sequence[float | None]
    tone: str = "now"


def can_be_radar(axes: int) -> bool:
    """Say whether that many axes can be read in a radar."""
    return FEWEST_AXES <= axes <= MOST_AXES


def radar(labels: Sequence[str], series: Sequence[Series], *, label: str) -> SafeString:
    """Draw series over axes with short labels, such as the numbers of the rows in the figure's table.

    Raises:
        ValueError: there are fewer than three axes.
    """
    if len(labels) < FEWEST_AXES:
        raise ValueError("A radar needs three axes.")
    # What is of before lies beneath.
    lines = sorted(series, key=lambda each: each.tone == "now")
    parts = [*_grid(labels), *(_series(each) for each in lines)]
    return drawing(*parts, width=SIDE, height=SIDE, label=label, kind="radar")


def _point(axis: int, count: int, distance: float) -> tuple[float, float]:
    angle = 2 * pi * axis / count - pi / 2
    return CENTER + distance * cos(angle), CENTER + distance * sin(angle)


def _grid(labels: Sequence[str]) -> list[SafeString]:
    count = len(labels)
    rings = [
        element(
            "polygon",
            points=_points([_point(axis, count, RADIUS * ring) for axis in range(count)]),
            fill="none",
            stroke=LINE,
            class_="chart__grid",
        )
        for ring in RINGS
    ]
    axes, names = [], []
    for axis, name in enumerate(labels):
        x, y = _point(axis, count, RADIUS)
        axes.append(element("line", x1=CENTER, y1=CENTER, x2=x, y2=y, stroke=LINE, class_="chart__grid"))
        x, y = _point(axis, count, LABEL_RADIUS)
        names.append(text(name, x, y + 4.5, anchor="middle"))
    scale = [
        text(f"{ring:.0%}".replace("%", " %"), CENTER + 4, CENTER - RADIUS * ring + 12, tone="soft", size=10)
        for ring in SHOWN_RINGS
    ]
    return [*rings, *axes, *names, *scale]


def _series(series: Series) -> SafeString:
    count = len(series.values)
    color = ACCENT if series.tone == "now" else BEFORE
    places = [
        None if value is None else _point(axis, count, RADIUS * min(max(value, 0.0), 1.0))
        for axis, value in enumerate(series.values)
    ]
    found = [place for place in places if place is not None]
    parts: list[SafeString] = []
    if len(found) == count:
        parts.append(
            element(
                "polygon",
                points=_points(found),
                fill=color,
                fill_opacity="0.15" if series.tone == "now" else "0",
                class_=f"chart__area chart__area--{series.tone}",
            )
        )
    parts += [
        element(
            "line",
            x1=start[0],
            y1=start[1],
            x2=end[0],
            y2=end[1],
            stroke=color,
            stroke_width="2",
            stroke_dasharray=None if series.tone == "now" else "4 3",
            class_=f"chart__line chart__line--{series.tone}",
        )
        for start, end in zip(places, [*places[1:], places[0]], strict=True)
        if start is not None and end is not None
    ]
    parts += [
        element("circle", cx=x, cy=y, r="3.5", fill=color, class_=f"chart__dot chart__dot--{series.tone}")
        for x, y in found
    ]
    return element("g", joined(parts))


def _points(places: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in places)
