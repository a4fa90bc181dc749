"""Where the column titles are, and what to call the columns."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence

from portal.core.tabular.cell_text import clean_cell

# Titles, notes and blank rows above a table rarely take more than a screen.
ROWS_SEARCHED = 60
NUMBER = re.compile(r"[-+]?[\d.,\s%]+")


def normalise_header(title: str) -> str:
    """Return a column title as a name: lower case, without accents, words joined by "_".

    "Código  de gobierno\\nlocal" and "CODIGO DE GOBIERNO LOCAL" become "codigo_de_gobierno_local".
    """
    decomposed = unicodedata.normalize("NFKD", title)
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[^a-z0-9]+", "_", plain.casefold()).strip("_")


def column_names(titles: Sequence[str]) -> tuple[str, ...]:
    """Return a different name for each title: repeated ones are numbered, empty ones named by their place."""
    seen: Counter[str] = Counter()
    names = []
    for place, title in enumerate(titles, start=1):
        name = normalise_header(title) or f"column_{place}"
        seen[name] += 1
        while seen[name] > 1:
            name = f"{name}_{seen[name]}"
            seen[name] += 1
        names.append(name)
    return tuple(names)


def find_header(records: Sequence[tuple[int, Sequence[str]]], expected: Collection[str] = ()) -> int | None:
    """Return the place, within the first records of a file, of the one that holds the titles.

    Args:
        records: the first rows; at most `ROWS_SEARCHED` are looked at.
        expected: names of columns, normalised, that the reader hopes to see; the row with most of them wins.

    Returns:
        An index into `records`; None when all of them are blank.
    """
    cleaned = [[clean_cell(cell) for cell in record] for _, record in records[:ROWS_SEARCHED]]
    hits = [len({normalise_header(cell) for cell in row} & set(expected)) for row in cleaned]
    if hits and max(hits) >= 2:
        return hits.index(max(hits))
    return _fullest_text_row(cleaned)


def _fullest_text_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Return the first row that is nearly as wide as the table and made of different words, not of figures."""
    widths = [sum(bool(cell) for cell in row) for row in rows]
    if not any(widths):
        return None
    usual = Counter(width for width in widths if width > 1).most_common(1)
    needed = 0.6 * usual[0][0] if usual else 1
    for index, row in enumerate(rows):
        filled = [cell for cell in row if cell]
        words = {cell for cell in filled if not NUMBER.fullmatch(cell)}
        if len(filled) >= needed and len(words) >= 0.5 * len(filled) and words:
            return index
    return next(index for index, width in enumerate(widths) if width)
