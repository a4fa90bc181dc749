"""From the cells of a register's row to what the portal keeps, or to the reason why it cannot."""

import re
from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from portal.core.tabular import Row, RowProblem
from portal.core.tabular.values import CellValueError, parse_coordinate, parse_integer, parse_text
from portal.places.names import normalise_name
from portal.places.services.registers.categories import unify_category
from portal.places.services.registers.columns import RegisterColumns
from portal.places.services.registers.identity import read_code, read_name, read_region
from portal.places.services.registers.register import Register
from portal.places.services.registers.websites import clean_website, says_there_is_none

MAX_POPULATION = 50_000_000
# Four digits are within a few metres of a town hall; six make the same place of different registers' rounding.
POSITION_DIGITS = 6
TOTALS = re.compile(r"(?:sub)?total(?:es)?\b", re.IGNORECASE)


@dataclass(slots=True)
class RegisterRow:
    """A row that can be kept. Empty text and None mean that the register does not say."""

    number: int
    code: str
    other_code: str
    name: str
    normalised_name: str
    region_code: str
    region_name: str
    department: str
    category: str
    latitude: float | None
    longitude: float | None
    population: int | None
    population_year: int | None
    website: str


@dataclass
class RowCleaner:
    """Cleans the rows of one register, and counts what it repaired.

    Args:
        repairs: cells repaired, by kind.
        remarks: what was left out of rows that are kept.
    """

    columns: RegisterColumns
    register: Register
    repairs: Counter[str] = field(default_factory=Counter)
    remarks: list[RowProblem] = field(default_factory=list)

    def clean(self, row: Row) -> RegisterRow:
        """Return what a row says.

        Raises:
            RefusedRowError: it lacks what a municipality cannot be kept without.
        """
        name = read_name(row, self.columns)
        region = read_region(row, self.columns, self.register)
        code = read_code(row, self.columns.code, region, self.register, self.repairs)
        latitude, longitude = self._position(row)
        population, year = self._population(row)
        return RegisterRow(
            number=row.number,
            code=code,
            other_code=self._other_code(row, code),
            name=name,
            normalised_name=normalise_name(name),
            region_code=region.code,
            region_name=region.name,
            department=self._text(row, self.columns.department)[:100],
            category=self._category(row),
            latitude=latitude,
            longitude=longitude,
            population=population,
            population_year=year,
            website=self._website(row),
        )

    def _text(self, row: Row, column: str | None) -> str:
        return parse_text(row.cells[column]) if column else ""

    def _other_code(self, row: Row, code: str) -> str:
        other = self._text(row, self.columns.other_code).upper()
        if self.register.code_digits and other.isdigit():
            other = other.zfill(self.register.code_digits)
        return other if other != code and len(other) <= 40 else ""

    def _category(self, row: Row) -> str:
        written = self._text(row, self.columns.category) or self._text(row, self.columns.category_code)
        category = unify_category(written)
        self.repairs["categories"] += category != written
        return category

    def _website(self, row: Row) -> str:
        written = self._text(row, self.columns.website)
        website = clean_website(written)
        if not website and not says_there_is_none(written):
            self._remark(
                row, self.columns.website, _("«%(text)s» no es una dirección web: quedó sin sitio."), written
            )
        return website

    def _population(self, row: Row) -> tuple[int | None, int | None]:
        """Return the newest population that the row has, with its year."""
        for year, column in self.columns.populations:
            written = row.cells[column]
            try:
                population = parse_integer(written)
            except CellValueError:
                population = -1
            if population is not None and not 0 <= population <= MAX_POPULATION:
                self._remark(row, column, _("«%(text)s» no puede ser una población: no se tomó."), written)
            elif population is not None:
                self.repairs["thousands"] += not written.isdigit()
                return population, year
        return None, None

    def _position(self, row: Row) -> tuple[float | None, float | None]:
        """Return the two coordinates, or neither."""
        columns = (self.columns.latitude, self.columns.longitude)
        if columns[0] is None or columns[1] is None:
            return None, None
        written = f"{row.cells[columns[0]]}; {row.cells[columns[1]]}"
        try:
            first, second = (parse_coordinate(row.cells[column]) for column in columns if column)
        except CellValueError:
            self._remark(row, columns[0], _("«%(text)s» no son coordenadas: quedó sin ubicación."), written)
            return None, None
        if (first is None) != (second is None):
            self._remark(
                row, columns[0], _("Falta una coordenada («%(text)s»): quedó sin ubicación."), written
            )
        if first is None or second is None or first == second == 0:
            return None, None
        return round(first, POSITION_DIGITS), round(second, POSITION_DIGITS)

    def _remark(self, row: Row, column: str | None, reason: str, written: str) -> None:
        self.remarks.append(RowProblem(row.number, column or "", reason % {"text": written}))


def set_aside(row: Row, columns: RegisterColumns) -> RowProblem | None:
    """Return why a row is no row of data (a total, a source, a footnote); None when it is one."""
    filled = [cell for cell in row.cells.values() if cell]
    if len(filled) == 1 and len(row.cells) > 2:
        return RowProblem(row.number, "", _("Es una nota al pie: «%(text)s».") % {"text": filled[0][:80]})
    keys = filter(None, (columns.code, columns.name, columns.region_code, columns.region_name))
    if any(TOTALS.match(row.cells[key]) for key in keys):
        return RowProblem(row.number, "", _("Es un total, no un gobierno local."))
    return None
