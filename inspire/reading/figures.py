"""Results in numbers, and what became of each said in words."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from babel.core import UnknownLocaleError
from babel.numbers import NumberFormatError, parse_decimal
from django.utils.translation import gettext as _

from inspire.models import Solution

# Languages whose own name does not say how numbers are written here: a decimal comma, and a point for thousands.
_LOCALES = {"es": "es_AR", "pt": "pt_BR"}


@dataclass(frozen=True)
class ShownFigure:
    """A row of the table; each value as its source writes it, `change` in words where both are numbers."""

    indicator: str
    before: str
    after: str
    unit: str
    date: str
    change: str


@dataclass(frozen=True)
class FigureTable:
    """All results in numbers, and which columns have anything in them."""

    rows: list[ShownFigure]
    language: str

    @property
    def has_before(self) -> bool:
        """Whether any value of the time before is known."""
        return any(row.before for row in self.rows)

    @property
    def has_date(self) -> bool:
        """Whether any date is known."""
        return any(row.date for row in self.rows)


def figures_of(solution: Solution, language: str) -> FigureTable:
    """Return the results in numbers, named in a language where somebody did that."""
    is_translated = bool(solution.translations.get(language, {}).get("figures"))
    spoken = language if is_translated else solution.language
    return FigureTable([_shown(figure, spoken) for figure in solution.figures_in(language)], spoken)


def number_of(value: str, language: str) -> Decimal | None:
    """Return what a value says as a number, written as a language writes numbers; None where that is in doubt."""
    plain = value.strip().removesuffix("%").strip()
    try:
        number = parse_decimal(plain, locale=_LOCALES.get(language, language), strict=True)
    except (NumberFormatError, UnknownLocaleError):
        # This is no number in its language, or a language that Babel does not know.
        return None
    return number if number.is_finite() else None


def _shown(figure: dict[str, Any], language: str) -> ShownFigure:
    values = {
        name: str(figure.get(name) or "").strip() for name in ("indicator", "before", "after", "unit", "date")
    }
    return ShownFigure(**values, change=_change(values, language))


def _change(values: dict[str, str], language: str) -> str:
    before, after = (number_of(values[name], language) for name in ("before", "after"))
    if before is None or after is None:
        return ""
    said = {"before": values["before"], "after": f"{values['after']} {values['unit']}".strip()}
    if after > before:
        return _("Subió de %(before)s a %(after)s.") % said
    if after < before:
        return _("Bajó de %(before)s a %(after)s.") % said
    return _("Se mantuvo en %(after)s.") % said
