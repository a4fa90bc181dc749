"""Exact numbers as people write them; rounding is for display only."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.utils.translation import get_language


def percent_of(share: Fraction | None) -> int | None:
    """Round an exact share to whole per cent, halves up."""
    if share is None:
        return None
    exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def percent_text(share: Fraction | None) -> str:
    """Write a share as whole per cent; nothing for no score, which is not zero."""
    return "" if share is None else f"{percent_of(share)} %".replace("-", "−")


def decimal_text(number: Fraction, places: int = 2) -> str:
    """Write a number with at most so many decimals, with the decimal mark of the reader's language."""
    step = Decimal(1).scaleb(-places)
    rounded = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(step, ROUND_HALF_UP)
    written = f"{rounded:f}"
    if "." in written:
        written = written.rstrip("0").rstrip(".")
    written = "0" if written == "-0" else written
    is_english = (get_language() or "es").startswith("en")
    return (written if is_english else written.replace(".", ",")).replace("-", "−")


def fraction_text(number: Fraction) -> str:
    """Write a number exactly: whole, or as a fraction."""
    sign = "−" if number < 0 else ""
    top, bottom = abs(number.numerator), number.denominator
    return f"{sign}{top}" if bottom == 1 else f"{sign}{top}/{bottom}"
