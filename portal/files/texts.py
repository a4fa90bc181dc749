"""Text and CSV files: they have no signature, so that what they must not contain is looked for."""

import csv
import re

from portal.files.content_types import CSV, TEXT

# Of control characters only tab, line feed and carriage return belong in a text.
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# Marks of pages, drawings and programs, which a browser or a system could run.
ACTIVE = re.compile(
    r"<\s*(!doctype|html|head|body|script|svg|iframe|object|embed|\?php|\?xml|%)", re.IGNORECASE
)
DELIMITERS = ",;\t|"
SAMPLED_LINES = 20


def text_type(content: bytes) -> str:
    """Return whether this is a table (CSV), a plain text, or nothing that may be taken as one."""
    text = _decoded(content)
    if (
        text is None
        or not text.strip()
        or CONTROL.search(text)
        or text.startswith("#!")
        or ACTIVE.search(text)
    ):
        return ""
    return CSV if _is_table(text) else TEXT


def _decoded(content: bytes) -> str | None:
    """Read UTF-8, UTF-16 with its mark, or what Spanish versions of Excel write."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_table(text: str) -> bool:
    """Say whether one delimiter cuts the first lines into the same number of cells, at least two."""
    lines = [line for line in text.splitlines()[: SAMPLED_LINES + 1] if line.strip()]
    # The last of many may be cut in the middle of a quoted cell.
    sample = lines[:SAMPLED_LINES] if len(lines) > SAMPLED_LINES else lines
    return any(_cuts_evenly(sample, delimiter) for delimiter in DELIMITERS)


def _cuts_evenly(lines: list[str], delimiter: str) -> bool:
    try:
        widths = {len(row) for row in csv.reader(lines, delimiter=delimiter)}
    except csv.Error:
        return False
    return len(widths) == 1 and widths.pop() > 1
