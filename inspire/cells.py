"""Several values in one cell of a spreadsheet, written by the export and read by the import.

A list is parted by semicolons. A list of things that have parts has a line for each, its parts between bars. A sign of
these within a value has a backslash before it.
"""

import re
from collections.abc import Iterable, Sequence

_MARKED = re.compile(r"[\\;|\n]")
_WRITTEN = {"\n": "\\n"}
# What a backslash and the sign after it stand for.
_PAIR = re.compile(r"\\(.)", re.DOTALL)
_LIST_ITEM = re.compile(r"((?:\\.|[^\\;]|\\$)*)(;|$)", re.DOTALL)
_PART = re.compile(r"((?:\\.|[^\\|]|\\$)*)(\||$)", re.DOTALL)


def join_list(values: Iterable[object]) -> str:
    """Write a list in one cell: "agua; basura"."""
    return "; ".join(_with_marks(str(value)) for value in values)


def split_list(text: str) -> list[str]:
    """Read a list from one cell; blank items are none."""
    return [item for item in _split(_LIST_ITEM, text.replace("\n", ";")) if item]


def join_parts(rows: Iterable[Sequence[object]]) -> str:
    """Write things that have parts in one cell: "Familias | 10 | 80", one a line, without empty parts at its end."""
    return "\n".join(
        " | ".join(_without_last_empty([_with_marks(str(part)) for part in row])) for row in rows
    )


def split_parts(text: str) -> list[tuple[str, ...]]:
    """Read things that have parts from one cell; blank lines are none."""
    return [tuple(_split(_PART, line)) for line in text.split("\n") if line.strip()]


def _with_marks(text: str) -> str:
    if not _MARKED.search(text):
        return text
    return _MARKED.sub(lambda found: _WRITTEN.get(found.group(), f"\\{found.group()}"), text)


def _without_last_empty(parts: list[str]) -> list[str]:
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _split(pattern: re.Pattern[str], text: str) -> list[str]:
    """Part a text at its separators, and take the marks out of each item."""
    items = []
    for found in pattern.finditer(text):
        items.append(
            _PAIR.sub(lambda pair: "\n" if pair.group(1) == "n" else pair.group(1), found.group(1).strip())
        )
        if not found.group(2):
            break
    return items
