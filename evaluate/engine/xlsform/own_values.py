"""What the portal's own cells say, and what cannot be understood in them."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from evaluate.engine.definition import (
    NOT_APPLICABLE_COUNTED,
    NOT_APPLICABLE_EXCLUDED,
    NOT_APPLICABLE_REFUSED,
    Texts,
)
from evaluate.engine.problems import Problem
from evaluate.engine.xlsform.own_columns import OwnCells

# The method of a questionnaire whose points are there for something else than a score.
NOT_SCORED = "none"
LEVEL_SEPARATOR = "|"
_RULE_WORDS = {
    NOT_APPLICABLE_EXCLUDED: "excluded yes true si sí excluir excluida excluido excluye",
    NOT_APPLICABLE_COUNTED: "counted count contar contada contado cuenta",
    NOT_APPLICABLE_REFUSED: "no false",
}
_RULES = {word: rule for rule, words in _RULE_WORDS.items() for word in words.split()}
_BETWEEN_THRESHOLDS = re.compile(r"[\s|;]+")
_UNESCAPED_SEPARATOR = re.compile(r"(?<!\\)\|")


class OwnValues:
    """Reads the portal's cells of a row or of the settings; what is wrong is gathered in `problems`."""

    def __init__(self, survey: OwnCells, settings: OwnCells) -> None:
        """Take the portal's cells of both sheets."""
        self._survey, self._settings = survey, settings
        self.problems: list[Problem] = [*survey.doubled(), *settings.doubled()]

    def of_question(self, row: int | None) -> dict[str, Any]:
        """The fields of a question that the portal adds; those left empty are left out."""
        cells = self._survey
        found: dict[str, Any] = {
            field: cells.text(row, field) for field in ("criterion", "weight", "met_at", "area", "topic")
        }
        found["stage"] = self._whole(cells, "survey", row, "stage", least=1)
        found["not_applicable"] = self._rule(cells, "survey", row)
        found["good"] = cells.texts(row, "good")
        found["evidence"] = cells.texts(row, "evidence")
        return {field: value for field, value in found.items() if value}

    def of_questionnaire(self) -> dict[str, Any]:
        """The fields of the questionnaire that the portal adds; those left empty are left out."""
        cells, row = self._settings, self._settings.first_row
        found: dict[str, Any] = {
            "scoring": _method(cells.text(row, "scoring")),
            "area": cells.text(row, "area"),
            "titles": cells.texts(row, "title"),
            "summary": cells.texts(row, "summary"),
            "intro": cells.texts(row, "intro"),
            "minutes": self._whole(cells, "settings", row, "minutes", least=0),
            "not_applicable": self._rule(cells, "settings", row),
            "level_names": self._level_names(cells.texts(row, "level_names"), row),
            "level_thresholds": tuple(
                filter(None, _BETWEEN_THRESHOLDS.split(cells.text(row, "level_thresholds")))
            ),
        }
        if found["scoring"] == NOT_SCORED:
            found["scoring"] = ""
            return {
                field: value for field, value in found.items() if value or value == 0 or field == "scoring"
            }
        return {field: value for field, value in found.items() if value or value == 0}

    def _whole(self, cells: OwnCells, sheet: str, row: int | None, field: str, *, least: int) -> int | None:
        cell = cells.text(row, field)
        if not cell:
            return None
        if cell.isascii() and cell.isdigit() and len(cell) <= len("999999") and int(cell) >= least:
            return int(cell)
        message = _("«%(cell)s» no es un número entero de %(least)d en adelante. Escribilo solo con cifras.")
        self._complain(message % {"cell": cell, "least": least}, cells, sheet, row, field)
        return None

    def _rule(self, cells: OwnCells, sheet: str, row: int | None) -> str:
        cell = cells.text(row, "not_applicable")
        rule = _RULES.get(cell.strip().lower(), "")
        if cell and not rule:
            message = _(
                "«%(cell)s» no dice qué hacer con «no aplica». Escribí «excluded» (sí, y no se cuenta), «counted» (sí, "
                "y cuenta como 0 puntos) o «no» (no se ofrece)."
            )
            self._complain(message % {"cell": cell}, cells, sheet, row, "not_applicable")
        return rule

    def _level_names(self, cells: Texts, row: int | None) -> tuple[Texts, ...]:
        names = {language: split_names(cell) for language, cell in cells.items()}
        counts = {len(each) for each in names.values()}
        if len(counts) > 1:
            message = _(
                "Los nombres de los niveles no son tantos en un idioma como en otro (%(counts)s). Tiene que haber uno "
                "por nivel, separados con «|»."
            )
            words = ", ".join(f"{language}: {len(each)}" for language, each in names.items())
            self._complain(message % {"counts": words}, self._settings, "settings", row, "level_names")
            return ()
        return tuple(
            {language: each[place] for language, each in names.items() if each[place]}
            for place in range(max(counts, default=0))
        )

    def _complain(self, message: str, cells: OwnCells, sheet: str, row: int | None, field: str) -> None:
        self.problems.append(Problem(message, sheet, row, cells.header(field)))


def _method(cell: str) -> str:
    return "_".join(cell.lower().replace("-", " ").split())


def split_names(cell: str) -> list[str]:
    """The names in a cell that are separated by bars; a bar that belongs to a name has a backslash before it."""
    return [part.replace("\\|", LEVEL_SEPARATOR).strip() for part in _UNESCAPED_SEPARATOR.split(cell)]


def joined_names(names: Mapping[int, str], count: int) -> str:
    """The cell that `split_names` reads; a place without a name stays empty."""
    written = (names.get(place, "").replace(LEVEL_SEPARATOR, "\\|") for place in range(count))
    return f" {LEVEL_SEPARATOR} ".join(written)
