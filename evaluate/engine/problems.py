"""What is wrong, or worth a remark, in a questionnaire that someone brings."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding about a workbook, placed where its author sees it (the header is row 1)."""

    message: str
    sheet: str = ""
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """The finding with its place in front, as one line."""
        place = self.place
        return f"{place}: {self.message}" if place else self.message

    @property
    def place(self) -> str:
        """Where to look, in words: sheet, row and column as far as they are known."""
        parts = []
        if self.sheet:
            parts.append(_("hoja «%(sheet)s»") % {"sheet": self.sheet})
        if self.row is not None:
            parts.append(_("fila %(row)d") % {"row": self.row})
        if self.column:
            parts.append(_("columna «%(column)s»") % {"column": self.column})
        return ", ".join(parts)


class FormRejected(Exception):
    """The questionnaire cannot be used as it is; `problems` tells its author what to correct."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order in which the author meets them in the workbook."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))
