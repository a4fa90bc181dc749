"""Handing refused rows back."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.core.tabular import RowProblem, error_workbook, open_table
from portal.core.tabular.error_workbook import without_formula

TEXT = 'Título\n\nCódigo;Nombre\n060007;"=CMD()"\n060014;Goya\n-62,75;+549\n'


def test_the_workbook_holds_the_refused_rows_as_they_were_with_the_reasons() -> None:
    with open_table(io.BytesIO(TEXT.encode()), "datos.csv") as table:
        problems = [
            RowProblem(6, "", "Falta algo."),
            RowProblem(4, "nombre", "No es."),
            RowProblem(4, "", "Repetida."),
        ]
        sheet = load_workbook(io.BytesIO(error_workbook(table, problems))).active
    assert [list(row) for row in sheet.values] == [
        ["Código", "Nombre", "Fila original", "Motivo"],
        ["060007", "'=CMD()", 4, "Nombre: No es. Repetida."],
        ["-62,75", "+549", 6, "Falta algo."],
    ]
    assert {cell.data_type for cell in sheet["B"]} == {"s"}


def test_the_workbook_can_be_imported_as_it_is() -> None:
    with open_table(io.BytesIO(TEXT.encode()), "datos.csv") as table:
        before = [row.cells for row in table.rows()]
        content = error_workbook(table, [RowProblem(row, "", "x") for row in (4, 5, 6)])
    with open_table(io.BytesIO(content), "errores.xlsx") as again:
        after = [{name: row.cells[name] for name in ("codigo", "nombre")} for row in again.rows()]
    assert after == before


def test_a_workbook_without_refused_rows_has_only_its_titles() -> None:
    with open_table(io.BytesIO(b"a,b\n1,2\n"), "datos.csv") as table:
        sheet = load_workbook(io.BytesIO(error_workbook(table, []))).active
    assert sheet.max_row == 1


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", " =1+1"])
def test_what_a_spreadsheet_would_run_is_neutralised(text: str) -> None:
    assert without_formula(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-62.75", "-62,75", "+3", "17.072", "San Martín"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert without_formula(text) == text


@given(st.text())
def test_no_text_begins_like_a_formula_unless_it_is_a_number(text: str) -> None:
    written = without_formula(text)
    assert not written.startswith(("=", "@", "\t", "\r"))
    assert not written.startswith(("+", "-")) or written[1].isdigit() or written[1] in ".,"
