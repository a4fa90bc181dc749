"""Figures as people type them in spreadsheets, turned into numbers."""

import re
from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext as _

DASHES = frozenset({"-", "–", "—", "−", "--", "---"})
NO_DATA = DASHES | {
    "", ".", "..", "...", "s/d", "s/d.", "s.d.", "sd", "n/d", "n.d.", "nd", "n/c", "n/a", "na", "nan", "null", "none",
    "sin dato", "sin datos", "sin informacion", "sin información", "no disponible",
    "#n/a", "#n/d", "#ref!", "#¡ref!", "#value!", "#¡valor!", "#div/0!", "#¡div/0!", "#name?", "#¿nombre?", "#null!",
}  # fmt: skip
# Towns and provinces are called so.
NO_TEXT = NO_DATA - {"na", "nan", "nd", "sd"}
GROUPS_OF_THREE = re.compile(r"\d{1,3}(?:[.,' ]\d{3})+", re.ASCII)
DEGREES_WITH_POINT = re.compile(r"-?\d{1,3}(?:\.\d+)?", re.ASCII)
# What a spreadsheet program of the region makes of -34.603722.
GROUPED_DEGREES = re.compile(r"\d{1,3}(?:\.\d{3}){2,}", re.ASCII)
DECIMAL = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
WHOLE = re.compile(r"\d+", re.ASCII)
# A whole number that passed through a program which writes all numbers with decimals.
WHOLE_WITH_ZERO_DECIMALS = re.compile(r"(\d+|\d{1,3}(?:[.,]\d{3})+)[.,]0{1,2}", re.ASCII)
DEGREES = re.compile(
    r"(\d{1,3})\s*°\s*(?:(\d{1,2})\s*['′’]\s*)?(?:(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*)?([NSEWO])",
    re.IGNORECASE,
)


class CellValueError(ValueError):
    """A cell holds something that cannot be read as what its column promises; the message is for people."""


def is_blank(text: str) -> bool:
    """Say whether a cell holds nothing: it is empty, or says "-", "s/d", "sin datos" or the like."""
    return " ".join(text.split()).casefold() in NO_DATA


def parse_text(text: str) -> str:
    """Return a cell's text on one line with single spaces; "" when it only says that there is no data."""
    plain = " ".join(text.split())
    return "" if plain.casefold() in NO_TEXT else plain


def parse_integer(text: str, *, dash_is_zero: bool = False) -> int | None:
    """Return the whole number in a cell; None when it is blank.

    Thousands may be parted by dots, commas or spaces of any kind: "  17.072 " is 17072.

    Args:
        text: the cell.
        dash_is_zero: whether a lone dash means zero, as in census tables.

    Raises:
        CellValueError: it is not a whole number.
    """
    plain = " ".join(text.split())
    if dash_is_zero and plain in DASHES:
        return 0
    if is_blank(plain):
        return None
    sign, digits = _sign_apart(plain)
    if zeros := WHOLE_WITH_ZERO_DECIMALS.fullmatch(digits):
        digits = zeros.group(1)
    if not (WHOLE.fullmatch(digits) or GROUPS_OF_THREE.fullmatch(digits)):
        raise CellValueError(_("«%(text)s» no es un número entero.") % {"text": plain})
    return sign * int(re.sub(r"\D", "", digits))


def parse_decimal(text: str, *, units: Collection[str] = ()) -> Decimal | None:
    """Return the number in a cell, written with a decimal comma or a decimal point; None when it is blank.

    "1.234,5", "1,234.5" and "1234.5" are the same. A single mark is a decimal mark: "17.072" is a little more than 17.

    Args:
        text: the cell.
        units: what may follow the number, in lower case: with ("km",), "493,4 KM" is 493.4.

    Raises:
        CellValueError: it is not a number.
    """
    if is_blank(text):
        return None
    plain = "".join(text.split()).casefold()
    for unit in units:
        plain = plain.removesuffix(f"{unit}.").removesuffix(unit)
    sign, digits = _sign_apart(plain)
    marks = [char for char in digits if char in ".,"]
    if len(set(marks)) == 2:
        digits = digits.replace(marks[0], "").replace(marks[-1], ".")
    elif len(marks) > 1 and GROUPS_OF_THREE.fullmatch(digits):
        digits = digits.replace(marks[0], "")
    digits = digits.replace(",", ".")
    if not DECIMAL.fullmatch(digits):
        raise CellValueError(_("«%(text)s» no es un número.") % {"text": text.strip()})
    return sign * Decimal(digits)


def parse_coordinate(text: str) -> float | None:
    """Return a latitude or longitude in decimal degrees, south and west negative; None when the cell is blank.

    Reads "-34,6037", degrees with minutes and seconds (34°36'13"S), and "-34.603.722", which spreadsheet programs
    make of -34.603722.

    Raises:
        CellValueError: it is neither.
    """
    plain = "".join(text.split())
    if DEGREES_WITH_POINT.fullmatch(plain):
        return float(plain)
    if is_blank(text):
        return None
    if found := DEGREES.fullmatch(plain):
        degrees, minutes, seconds, side = found.groups()
        value = int(degrees) + int(minutes or 0) / 60 + float((seconds or "0").replace(",", ".")) / 3600
        return -value if side.upper() in "SWO" else value
    sign, digits = _sign_apart(plain)
    if GROUPED_DEGREES.fullmatch(digits):
        whole, _dot, rest = digits.partition(".")
        return sign * float(f"{whole}.{rest.replace('.', '')}")
    number = parse_decimal(plain)
    return None if number is None else float(number)


def _sign_apart(text: str) -> tuple[int, str]:
    if text[:1] in {"-", "−"}:
        return -1, text[1:].strip()
    return 1, text.removeprefix("+").strip()
