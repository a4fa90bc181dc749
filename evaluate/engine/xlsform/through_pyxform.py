"""Passes a workbook through pyxform: its checks, its aliases and its own form of the questionnaire."""

import copy
import re
from typing import Any

from django.utils.translation import gettext as _
from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json
from pyxform.xls2json_backends import DefinitionData

from evaluate.engine.problems import FormRejected, Problem
from evaluate.engine.xlsform.columns import FORMULA_COLUMNS, tokens_of
from evaluate.engine.xlsform.own_columns import own_column
from evaluate.engine.xlsform.pyxform_words import complaints, remarks
from evaluate.engine.xlsform.texts import ROW_COLUMNS
from evaluate.engine.xlsform.workbook import Sheet, Workbook

_TYPOGRAPHIC = re.compile(r"[‘’“”]([^‘’“”'\"]*)[‘’“”]")


def pyxform_json(book: Workbook) -> tuple[dict[str, Any], list[Problem]]:
    """Return pyxform's nested form of a workbook, each survey row carrying its number, and its remarks.

    Raises FormRejected with pyxform's complaint in plain words.
    """
    warnings: list[str] = []
    try:
        data = workbook_to_json(
            _definition_data(book), form_name=None, fallback_form_name=book.stem, warnings=warnings
        )
        # The XForm itself is not wanted, only what pyxform finds out while it writes one.
        survey = create_survey_element_from_dict(copy.deepcopy(data))
        survey.to_xml(validate=False, pretty_print=False, warnings=warnings)
    except PyXFormError as error:
        raise FormRejected(complaints(str(error))) from error
    # pyxform stumbles over combinations it never met (an external table inside a repeat, groups nested
    # without end) with errors of every class; the author still gets a refusal instead of a broken page.
    except Exception as error:
        message = _(
            "El conversor de formularios no pudo con esta planilla. Probá quitando lo último que agregaste, en "
            "especial archivos externos y grupos dentro de repeticiones."
        )
        raise FormRejected([Problem(message, "survey")]) from error
    return data, remarks(list(dict.fromkeys(warnings)))


def _definition_data(book: Workbook) -> DefinitionData:
    fields: dict[str, Any] = {"sheet_names": list(book.sheet_names), "fallback_form_name": book.stem}
    for name, sheet in book.sheets.items():
        headers = [header for header in sheet.headers if own_column(name, header) is None]
        fields[name] = _rows(name, sheet, headers)
        fields[f"{name}_header"] = [dict.fromkeys(headers)]
        if name in ROW_COLUMNS and sheet.rows:
            fields[f"{name}_header"][0][ROW_COLUMNS[name]] = None
    return DefinitionData(**fields)


def _rows(name: str, sheet: Sheet, headers: list[str]) -> list[dict[str, str]]:
    """The rows with blank ones in their place, so that pyxform counts as a person does.

    Texts without a language go first: after one with a language pyxform would write over it.
    """
    tokens = tokens_of(name, sheet)
    formulas = _formula_headers(name, sheet)
    order = sorted(headers, key=lambda header: len(tokens[header]))
    rows: list[dict[str, str]] = [{} for _blank in range(max(sheet.rows, default=1) - 1)]
    for number, row in sheet.rows.items():
        cells = {
            header: _straight_quotes(row[header]) if header in formulas else row[header]
            for header in order
            if header in row
        }
        if name in ROW_COLUMNS:
            cells[ROW_COLUMNS[name]] = str(number)
        rows[number - 2] = cells
    return rows


def _formula_headers(name: str, sheet: Sheet) -> frozenset[str]:
    if name != "survey":
        return frozenset()
    return frozenset(header for header, meant in tokens_of(name, sheet).items() if meant in FORMULA_COLUMNS)


def _straight_quotes(formula: str) -> str:
    """Word processors turn 'x' into ‘x’ and even ‘x”; pyxform straightens each mark by itself and so
    would leave 'x" behind.
    """
    return _TYPOGRAPHIC.sub(r"'\1'", formula)
