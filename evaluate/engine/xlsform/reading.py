"""The way of a workbook from a file to a questionnaire."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evaluate.engine.definition import FormDefinition, Row
from evaluate.engine.problems import FormRejected, Problem
from evaluate.engine.xlsform.builder import DefinitionBuilder
from evaluate.engine.xlsform.checks import find_errors
from evaluate.engine.xlsform.exact import with_exact_values
from evaluate.engine.xlsform.prechecks import find_problems
from evaluate.engine.xlsform.remarks import find_remarks
from evaluate.engine.xlsform.tables import tables_in
from evaluate.engine.xlsform.through_pyxform import pyxform_json
from evaluate.engine.xlsform.workbook import Workbook, open_form_workbook


@dataclass(frozen=True, slots=True)
class Reading:
    """A questionnaire that can be used, and what its author should know about it all the same."""

    definition: FormDefinition
    warnings: tuple[Problem, ...]


def read_workbook(
    source: str | Path | bytes, filename: str = "", *, tables: Mapping[str, Sequence[Row]] | None = None
) -> Reading:
    """Read an XLSForm workbook.

    source: a path or the file's bytes. filename: its name as its owner knows it. tables: rows of the
    files that the form mentions (`pulldata`, `select_one_from_file`) by name without extension.
    Raises FormRejected with everything that must be corrected, placed as a person sees it in Excel.
    """
    name = filename or ("cuestionario.xlsx" if isinstance(source, bytes) else Path(source).name)
    book = open_form_workbook(source, name)
    problems = find_problems(book)
    if problems:
        raise FormRejected(_placed(problems, book))
    try:
        data, pyxform_remarks = pyxform_json(book)
        builder = DefinitionBuilder(data, book, {**tables_in(book), **(tables or {})})
        definition = with_exact_values(builder.build(), book)
    except FormRejected as refusal:
        raise FormRejected(_placed(refusal.problems, book)) from refusal
    problems = builder.problems or find_errors(definition, book)
    if problems:
        raise FormRejected(_placed(problems, book))
    warnings = [*find_remarks(definition, book, data), *pyxform_remarks]
    return Reading(definition, tuple(_placed(warnings, book)))


def _placed(problems: Sequence[Problem], book: Workbook) -> list[Problem]:
    """The problems with sheets named as their author named them, in the order of the rows."""
    written = {name: sheet.name for name, sheet in book.sheets.items()}
    named = [replace(problem, sheet=written.get(problem.sheet, problem.sheet)) for problem in problems]
    return sorted(named, key=lambda problem: (problem.sheet, problem.row or 0))
