"""One row of somebody's file, read into a solution's fields: cleaned, checked, and refused when it cannot be used."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import slugify
from django.utils.translation import gettext as _

from inspire.importing.columns import Columns
from inspire.importing.mojibake import repair_mojibake
from inspire.importing.places import CountryFinder
from inspire.importing.plain_text import clean_line, clean_text, first_sentences, shorten
from inspire.importing.positions import Position, read_position
from inspire.models import TITLE_LENGTH
from portal.core.tabular import RowProblem
from portal.core.tabular.cell_text import clean_cell
from portal.core.tabular.values import is_blank
from portal.places.models import Country
from portal.places.names import normalise_name

SUMMARY_LENGTH = 320
TEXT_LENGTH = 100_000
TAG_LENGTH = 60
# Beyond this it is no title but a text in the wrong column.
_NO_TITLE_LENGTH = 500
_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
_YEARS = range(1900, 2101)
_LANGUAGES = {
    "es": "es", "espanol": "es", "castellano": "es", "spanish": "es", "spa": "es",
    "en": "en", "ingles": "en", "english": "en", "eng": "en",
    "pt": "pt", "portugues": "pt", "portuguese": "pt", "por": "pt",
    "fr": "fr", "frances": "fr", "french": "fr", "francais": "fr", "fra": "fr",
}  # fmt: skip
_LEVELS = {
    "local": "local", "municipal": "local", "municipio": "local", "city": "local", "ciudad": "local",
    "regional": "regional", "provincial": "regional", "estadual": "regional", "state": "regional",
    "nacional": "national", "national": "national", "federal": "national",
}  # fmt: skip
_is_url = URLValidator(schemes=["http", "https"])


class RowRefused(Exception):
    """The row cannot become a solution; the message says why and what to correct."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(slots=True)
class ReadRow:
    """A row's fields before its city is looked up."""

    number: int
    source: str
    source_id: str
    title: str
    country: Country
    summary: str = ""
    what_was_done: str = ""
    results: str = ""
    language: str = "es"
    city: str = ""
    region: str = ""
    position: Position = field(default_factory=Position)
    level: str = "local"
    start_year: int | None = None
    topic: str = ""
    source_name: str = ""
    source_url: str = ""
    licence: str = ""


class RowReader:
    """Reads the rows of one file, noting what it had to leave out or repair."""

    def __init__(self, columns: Columns, countries: CountryFinder, *, source: str, language: str) -> None:
        """Read with these columns; source and language stand in where a row names none."""
        self.columns = columns
        self.countries = countries
        self.source = source
        self.language = language
        self.remarks: list[RowProblem] = []
        self.repaired = 0
        self._number = 0
        self._record: Sequence[str] = ()

    def read(self, number: int, record: Sequence[str]) -> ReadRow:
        """Read one row.

        Raises:
            RowRefused: it lacks what no solution can be without.
        """
        self._number, self._record = number, record
        self.repaired += sum(repair_mojibake(cell) != cell for cell in record if not cell.isascii())
        source, source_id = self._key()
        full_title = self._title()
        country = self._country()
        summary, description = self._texts()
        title = shorten(full_title, TITLE_LENGTH)
        if title != full_title:
            self._remark(
                "title", _("El título es muy largo: quedó abreviado y entero al comienzo del texto.")
            )
            description = f"{full_title}\n\n{description}".strip()
        return ReadRow(
            number=number,
            source=source,
            source_id=source_id,
            title=title,
            country=country,
            summary=summary,
            what_was_done=description,
            results=self._text("results"),
            language=self._language(),
            city=shorten(self._line("city").strip(" ,;"), 150),
            region=self._line("region"),
            position=self._position(country),
            level=self._level(),
            start_year=self._year(),
            topic=shorten(self._line("topic"), TAG_LENGTH),
            source_name=shorten(self._line("source_name"), 200),
            source_url=self._url(),
            licence=shorten(self._line("licence"), 200),
        )

    def _cell(self, name: str) -> str:
        place = self.columns.places.get(name)
        return self._record[place] if place is not None and place < len(self._record) else ""

    def _line(self, name: str) -> str:
        cell = self._cell(name)
        return "" if is_blank(cell) else clean_line(cell)

    def _text(self, name: str) -> str:
        text = clean_text(self._cell(name))
        if len(text) > TEXT_LENGTH:
            self._remark(name, _("El texto es muy largo: se guardaron los primeros 100.000 caracteres."))
        return "" if is_blank(text) else shorten(text, TEXT_LENGTH)

    def _remark(self, name: str, reason: str) -> None:
        self.remarks.append(RowProblem(self._number, self.columns.name_of(name), reason))

    def _key(self) -> tuple[str, str]:
        source = slugify(self._line("source")) or self.source
        if not source:
            raise RowRefused(
                "source", _("Falta la colección de origen. Completala o indicá una con --source.")
            )
        source_id = clean_cell(self._cell("source_id"))
        if is_blank(source_id):
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

    def _texts(self) -> tuple[str, str]:
        """Return summary and text; a short description is the summary, a long one begins with it."""
        summary, description = " ".join(self._text("summary").split()), self._text("description")
        if summary:
            return summary, description
        summary = first_sentences(description, SUMMARY_LENGTH)
        return summary, "" if summary == description else description

    def _language(self) -> str:
        text = normalise_name(self._line("language"))
        if not text:
            return self.language
        code = _LANGUAGES.get(text) or _LANGUAGES.get(text.split()[0])
        if code is None:
            self._remark("language", _("No conocemos ese idioma: la fila quedó como «%s».") % self.language)
        return code or self.language

    def _level(self) -> str:
        text = normalise_name(self._line("level"))
        if text and text not in _LEVELS:
            self._remark("level", _("No conocemos ese nivel de gobierno: la fila quedó como local."))
        return _LEVELS.get(text, "local")

    def _position(self, country: Country) -> Position:
        position = read_position(clean_cell(self._cell("lat")), clean_cell(self._cell("lon")), country)
        if position.doubt:
            self._remark(position.field, position.doubt)
        return position

    def _year(self) -> int | None:
        text = self._line("year")
        years = {int(year) for year in _YEAR.findall(text)} & set(_YEARS)
        if len(years) == 1:
            return years.pop()
        if text:
            self._remark("year", _("No se entiende el año «%s»: la fila quedó sin año.") % shorten(text, 40))
        return None

    def _url(self) -> str:
        text = self._line("url")
        try:
            if text and len(text) <= 2000:
                _is_url(text)
                return text
        except ValidationError:
            pass
        if text:
            self._remark("url", _("El enlace no es una dirección web válida: la fila quedó sin enlace."))
        return ""
