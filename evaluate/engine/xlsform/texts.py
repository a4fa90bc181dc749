"""The texts of pyxform's form of a questionnaire, by language and as their author wrote them."""

from collections.abc import Mapping
from typing import Any

from pyxform.parsing.sheet_headers import clean_text_values

from evaluate.engine.definition import UNMARKED_LANGUAGE, Texts
from evaluate.engine.xlsform.languages import language_code
from evaluate.engine.xlsform.workbook import Workbook

# The row numbers that go through pyxform beside the cells; it has a "__row" of its own for choices, and drops it.
ROW, CHOICE_ROW = "__row", "__portal_row"
ROW_COLUMNS = {"survey": ROW, "choices": CHOICE_ROW, "external_choices": CHOICE_ROW}
_TITLES = ("form_title", "title", "set_form_title")

Node = Mapping[str, Any]


class WrittenTexts:
    """Reads the texts of pyxform's rows, and undoes what pyxform does to them.

    pyxform straightens typographic quotes and joins blanks. In a formula that is right; in a text that people read it
    is a loss.
    """

    def __init__(self, book: Workbook, sheet_name: str, default_language: str) -> None:
        """Take the sheet that the rows come from; what has no language is in the form's default one."""
        sheet = book.sheets.get(sheet_name)
        self._rows = sheet.rows if sheet is not None else {}
        self._default_language = default_language
        self._joins_blanks = sheet_name == "survey"
        self._row_column = ROW_COLUMNS.get(sheet_name, ROW)

    def of(self, node: Node, field: str) -> Texts:
        """A field of a row, by language code."""
        return self.read(node, node.get(field))

    def read(self, node: Node, value: Any) -> Texts:
        """Texts that a row holds, by language code."""
        if isinstance(value, Mapping):
            found = {self._code(str(language)): text for language, text in value.items()}
        else:
            found = {self._default_language: value}
        return {language: self._as_written(node, str(text)) for language, text in found.items() if text}

    def media(self, node: Node) -> dict[str, Texts]:
        """The names of the files of each kind of media (image, audio, video), by language."""
        value = node.get("media")
        if not isinstance(value, Mapping):
            return {}
        return {kind: self.read(node, names) for kind, names in value.items()}

    def title(self) -> str:
        """The questionnaire's title in the first row of the settings, if it is stated there."""
        row = next(iter(self._rows.values()), {})
        named = {"_".join(header.lower().split()): cell for header, cell in row.items()}
        return next((named[header] for header in _TITLES if named.get(header)), "")

    def _as_written(self, node: Node, text: str) -> str:
        cells = self._rows.get(int(node.get(self._row_column, 0)), {}).values()
        if text in cells:
            return text
        found = {cell for cell in cells if clean_text_values(cell, self._joins_blanks) == text}
        return found.pop() if len(found) == 1 else text

    def _code(self, language: str) -> str:
        return self._default_language if language == UNMARKED_LANGUAGE else language_code(language)
