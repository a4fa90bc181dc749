"""One row of somebody's file, read into a solution's fields: cleaned, checked, and refused when it cannot be used."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from inspire.importing.choices import choice, is_yes
from inspire.importing.columns import Columns
from inspire.importing.links import is_web_address
from inspire.importing.lists import (
    read_contact,
    read_figures,
    read_goals,
    read_links,
    read_people,
    read_recognitions,
    read_tags,
    read_translations,
)
from inspire.importing.mojibake import may_be_damaged, repair_mojibake
from inspire.importing.places import CountryFinder
from inspire.importing.plain_text import clean_line, clean_text, first_sentences, shorten
from inspire.importing.positions import Position, read_position
from inspire.importing.read_row import ReadRow, RowRefused
from inspire.importing.subjects import SubjectFinder
from inspire.models import TITLE_LENGTH
from inspire.record import Person
from inspire.record_limits import MOST_ITEMS, PLACE_LENGTH, SOURCE_LENGTH, TAG_LENGTH, TEXT_LENGTH
from portal.core.tabular import RowProblem
from portal.core.tabular.cell_text import clean_cell
from portal.core.tabular.values import is_blank
from portal.core.tabular.writing_formulas import with_formula
from portal.places.models import Country

# Of a summary that is taken from the beginning of the text.
SUMMARY_LENGTH = 320
# Beyond this it is no title but a text in the wrong column.
_NO_TITLE_LENGTH = 500
# Longer cells say more than that there is nothing to say.
_LONGEST_BLANK = 20
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_YEARS = range(1900, 2101)
# Columns whose text is taken as it is, by the record's names.
_TEXTS = (
    "problem",
    "results",
    "what_failed",
    "conditions",
    "lessons",
    "novelty",
    "partners",
    "beneficiaries",
    "funding",
)
_LISTS: dict[str, Callable[..., Any]] = {
    "figures": read_figures,
    "links": read_links,
    "sdgs": read_goals,
    "recognitions": read_recognitions,
}


class RowReader:
    """Reads the rows of one file, noting what it had to leave out or repair."""

    def __init__(self, columns: Columns, countries: CountryFinder, *, source: str, language: str) -> None:
        """Read with these columns; source and language stand in where a row names none."""
        self.columns = columns
        self.countries = countries
        self.subjects = SubjectFinder()
        self.source = source
        self.language = language
        self.remarks: list[RowProblem] = []
        self.repaired = 0
        self._number = 0
        self._cells: dict[str, str] = {}

    def read(self, number: int, record: Sequence[str]) -> ReadRow:
        """Read one row.

        Raises:
            RowRefused: it lacks what no solution can be without.
        """
        self._number = number
        self._cells = {
            name: with_formula(cell)
            for name, place in self.columns.places.items()
            if place < len(record) and (cell := record[place])
        }
        self.repaired += sum(
            may_be_damaged(cell) and repair_mojibake(cell) != cell for cell in self._cells.values()
        )
        source, source_id = self._key()
        title = self._title()
        country = self._country()
        row = ReadRow(number, source, source_id, country, position=self._position(country))
        row.city = shorten(self._line("city").strip(" ,;"), PLACE_LENGTH)
        row.region = self._line("region")
        row.topic = shorten(self._line("topic"), TAG_LENGTH)
        row.municipality_id = self._municipality(row)
        row.precision = self._choice(
            "position_precision", _("No conocemos esa precisión: quedó como exacta.")
        )
        row.fields = self._texts(title) | self._facts() | self._lists(row.topic)
        return row

    def _line(self, name: str) -> str:
        cell = self._cells.get(name, "")
        return "" if not cell or _is_blank(cell) else clean_line(cell)

    def _text(self, name: str) -> str:
        cell = self._cells.get(name, "")
        if not cell:
            return ""
        text = clean_text(cell)
        if len(text) > TEXT_LENGTH:
            self._remark(name, _("El texto es muy largo: se guardaron los primeros 100.000 caracteres."))
        return "" if _is_blank(text) else shorten(text, TEXT_LENGTH)

    def _remark(self, name: str, reason: str) -> None:
        self.remarks.append(RowProblem(self._number, self.columns.name_of(name), reason))

    def _key(self) -> tuple[str, str]:
        source = _slug_of_source(self._line("source")) or self.source
        if not source:
            raise RowRefused(
                "source", _("Falta la colección de origen. Completala o indicá una para todo el archivo.")
            )
        source_id = clean_cell(self._cells.get("source_id", ""))
        if _is_blank(source_id):
            raise RowRefused(
                "source_id",
                _("Falta el identificador: sin él la fila se repetiría en la próxima importación."),
            )
        if len(source_id) > 120:
            raise RowRefused(
                "source_id", _("El identificador tiene más de 120 caracteres. Usá uno más corto.")
            )
        return source[:60], source_id

    def _title(self) -> str:
        title = self._line("title")
        if not title:
            raise RowRefused("title", _("Falta el título. Completalo y volvé a importar."))
        if len(title) > _NO_TITLE_LENGTH:
            raise RowRefused(
                "title",
                _("El título tiene %(length)s caracteres: parece un texto en la columna equivocada.")
                % {"length": len(title)},
            )
        return title

    def _country(self) -> Country:
        text = self._line("country")
        if not text:
            raise RowRefused("country", _("Falta el país. Escribí su nombre o su código de dos letras."))
        country = self.countries.find(text)
        if country is None:
            raise RowRefused(
                "country",
                _("No conocemos el país «%(text)s». Escribí su nombre o su código de dos letras, como AR.")
                % {"text": shorten(text, 60)},
            )
        return country

    def _texts(self, full_title: str) -> dict[str, str]:
        """Return what is told in words; a short description is the summary, a long one begins with it."""
        summary, description = self._text("summary"), self._text("description")
        if not summary:
            summary = first_sentences(description, SUMMARY_LENGTH)
            description = "" if summary == description else description
        title = shorten(full_title, TITLE_LENGTH)
        if title != full_title:
            self._remark(
                "title", _("El título es muy largo: quedó abreviado y entero al comienzo del texto.")
            )
            description = f"{full_title}\n\n{description}".strip()
        texts = {name: self._text(name) for name in _TEXTS if name in self._cells}
        return texts | {"title": title, "summary": summary, "what_was_done": description}

    def _facts(self) -> dict[str, Any]:
        """Return what has one value out of the portal's lists, a year, or a line of its own."""
        start, end = self._year("year"), self._year("end_year")
        if start and end and end < start:
            self._remark(
                "end_year", _("El año de fin es anterior al de inicio: la fila quedó sin año de fin.")
            )
            end = None
        return {
            "language": self._language(),
            "level": self._choice("level", _("No conocemos ese nivel de gobierno: la fila quedó como local."))
            or "local",
            "stage": self._choice("stage", _("No conocemos esa etapa: la fila quedó sin etapa.")),
            "cost_band": self._choice("cost_band", _("No conocemos ese rango de costo: quedó sin costo.")),
            "start_year": start,
            "end_year": end,
            "source_name": shorten(self._line("source_name"), SOURCE_LENGTH),
            "source_url": self._url(),
            "licence": shorten(self._line("licence"), SOURCE_LENGTH),
            "is_sample": is_yes(self._cells.get("is_sample", "")),
        }

    def _lists(self, topic: str) -> dict[str, Any]:
        """Return what has several values; only what the row says something about."""
        lists = {
            name: read(self._cells[name], self._noting(name))
            for name, read in _LISTS.items()
            if name in self._cells
        }
        tags = read_tags(self._cells["tags"], self._noting("tags")) if "tags" in self._cells else []
        lists["tags"] = list(dict.fromkeys([topic, *tags]))[:MOST_ITEMS] if topic else tags
        if "areas" in self._cells:
            lists["areas"] = self.subjects.areas(self._cells["areas"], self._noting("areas"))
        if "topics" in self._cells:
            lists["topics"] = self.subjects.topics(self._cells["topics"], self._noting("topics"))
        if "translations" in self._cells:
            noting = self._noting("translations")
            lists["translations"] = read_translations(self._cells["translations"], self._language(), noting)
        if "people" in self.columns.places or "contact" in self.columns.places:
            lists["people"] = self._people()
        return lists

    def _people(self) -> list[Person]:
        people = read_people(self._cells.get("people", ""), self._noting("people"))
        contacts = read_contact(self._cells.get("contact", ""), self._noting("contact"))
        return list({(person.role, person.name): person for person in [*people, *contacts]}.values())[
            :MOST_ITEMS
        ]

    def _noting(self, name: str) -> Callable[[str], None]:
        return lambda reason: self._remark(name, reason)

    def _language(self) -> str:
        text = self._cells.get("language", "")
        if _is_blank(text):
            return self.language
        code = choice("language", text)
        if not code:
            self._remark("language", _("No conocemos ese idioma: la fila quedó como «%s».") % self.language)
        return code or self.language

    def _choice(self, name: str, reason: str) -> str:
        text = self._cells.get(name, "")
        if _is_blank(text):
            return ""
        chosen = choice(name, text)
        if not chosen:
            self._remark(name, reason)
        return chosen

    def _position(self, country: Country) -> Position:
        latitude, longitude = self._cells.get("lat", ""), self._cells.get("lon", "")
        if not latitude and not longitude:
            return Position()
        position = read_position(clean_cell(latitude), clean_cell(longitude), country)
        if position.doubt:
            self._remark(position.field, position.doubt)
        return position

    def _municipality(self, row: ReadRow) -> int | None:
        """Return the number of the municipality in the portal, where the row has one; a name is its city."""
        text = self._line("municipality")
        if text.isascii() and text.isdigit() and len(text) < 16:
            return int(text)
        row.city = row.city or shorten(text, PLACE_LENGTH)
        return None

    def _year(self, name: str) -> int | None:
        text = self._cells.get(name, "")
        if len(text) == 4 and _YEAR.fullmatch(text):
            return int(text)
        text = self._line(name)
        years = {int(year) for year in _YEAR.findall(text)} & set(_YEARS)
        if len(years) == 1:
            return years.pop()
        if text:
            self._remark(name, _("No se entiende el año «%s»: la fila quedó sin año.") % shorten(text, 40))
        return None

    def _url(self) -> str:
        text = self._line("url")
        if not text or is_web_address(text):
            return text
        self._remark("url", _("El enlace no es una dirección web válida: la fila quedó sin enlace."))
        return ""


def _is_blank(text: str) -> bool:
    return not text or ((len(text) < _LONGEST_BLANK or text.isspace()) and is_blank(text))


@lru_cache(maxsize=1024)
def _slug_of_source(text: str) -> str:
    return slugify(text)
