"""What the charts share: elements of SVG, numbers and lines of text in them.

Colours stand as attributes, for paper and other places without our style sheet; static/css/figure.css overrides them,
so that on pages light and dark follow the reader.
"""

import textwrap
from collections.abc import Iterable
from xml.sax.saxutils import quoteattr

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

INK = "#1a2530"
SOFT = "#4b5a67"
LINE = "#d3d9d6"
ACCENT = "#7d5a00"
BEFORE = "#7d8a90"
FONT = "system-ui, sans-serif"
# Characters of a chart's letters that fit in a unit of its width, on average.
LETTER_WIDTH = 7.1
MOST_LINES = 2


def element(name: str, *content: str, **attributes: object) -> SafeString:
    """Return an element; attributes are named in Python's way (`stroke_width`, `class_`), None is left out."""
    written = "".join(
        f" {_attribute(key)}={quoteattr(_value(value))}"
        for key, value in attributes.items()
        if value is not None
    )
    inside = "".join(conditional_escape(part) for part in content)
    return mark_safe(f"<{name}{written}>{inside}</{name}>")  # noqa: S308 all parts are escaped above


def drawing(*content: str, width: float, height: float, label: str, kind: str) -> SafeString:
    """Return a whole chart; its label says what it shows to whoever does not see it."""
    return element(
        "svg",
        element("title", label),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"chart chart--{kind}",
        viewBox=f"0 0 {coordinate(width)} {coordinate(height)}",
        role="img",
        font_family=FONT,
        font_size="14",
    )


def text(
    content: str, x: float, y: float, *, anchor: str = "start", tone: str = "ink", size: int | None = None
) -> SafeString:
    """Return a line of text; `tone` is `ink` or `soft`, `size` another one than the chart's."""
    return element(
        "text",
        content,
        x=coordinate(x),
        y=coordinate(y),
        text_anchor=anchor,
        font_size=size,
        fill=SOFT if tone == "soft" else INK,
        class_=f"chart__text chart__text--{tone}",
    )


def text_lines(content: str, width: float) -> list[str]:
    """Break a label into at most two lines that fit a width; what is longer ends in an ellipsis."""
    letters = max(8, int(width / LETTER_WIDTH))
    return textwrap.wrap(content, letters, max_lines=MOST_LINES, placeholder=" …") or [""]


def joined(parts: Iterable[str]) -> SafeString:
    """Put elements one after the other."""
    return mark_safe("".join(conditional_escape(part) for part in parts))  # noqa: S308 escaped or elements


def coordinate(number: float) -> str:
    """Write a coordinate with at most two decimals."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _attribute(key: str) -> str:
    return key if key == "viewBox" else key.rstrip("_").replace("_", "-")


def _value(value: object) -> str:
    return coordinate(value) if isinstance(value, float) else str(value)
