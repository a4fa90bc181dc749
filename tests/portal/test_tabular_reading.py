"""Reading CSV and XLSX files as people have them."""

import datetime
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from portal.core.tabular import TableError, limits, open_table, reading
from portal.core.tabular import delimited as delimited_module


def table_of(content: bytes | str, filename: str = "datos.csv", **options: object) -> list[dict[str, str]]:
    raw = content.encode() if isinstance(content, str) else content
    with open_table(io.BytesIO(raw), filename, **options) as table:
        return [row.cells for row in table.rows()]


def workbook(*sheets: tuple[str, list[list[object]]]) -> Workbook:
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


TOWNS = [
    {"nombre": "Peñarol", "provincia": "Córdoba"},
    {"nombre": "Goya, la \nvieja", "provincia": "Corrientes"},
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_delimiter_are_detected(encoding: str, delimiter: str) -> None:
    text = delimiter.join(["nombre", "provincia"]) + "\r\n" + delimiter.join(["Peñarol", "Córdoba"]) + "\r\n"
    text += delimiter.join(['"Goya, la \nvieja"', "Corrientes"]) + "\r\n"
    assert table_of(text.encode(encoding)) == TOWNS


def test_macintosh_text_of_some_length_is_read() -> None:
    text = (
        "nombre;nota\n" + "Añatuya;“El corazón de la provincia está acá”\nVilla Ángela;según el Concejo\n" * 3
    )
    assert table_of(text.encode("mac_roman"))[0] == {
        "nombre": "Añatuya",
        "nota": "“El corazón de la provincia está acá”",
    }


def test_a_few_stray_bytes_in_utf8_do_not_spoil_the_rest() -> None:
    lines = ["nombre,provincia", *["Añatuya,Entre Ríos"] * 9]
    content = "\n".join(lines).encode() + b"\nC\xf3rdoba,Tucum\xe1n\n"
    rows = table_of(content)
    assert rows[0]["provincia"] == "Entre Ríos"
    assert rows[-1] == {"nombre": "Córdoba", "provincia": "Tucumán"}


def test_the_type_is_told_by_the_content_and_not_by_the_name() -> None:
    content = saved(workbook(("Hoja", [["nombre", "provincia"], ["Goya", "Corrientes"]])))
    assert table_of(content, "datos.csv") == [{"nombre": "Goya", "provincia": "Corrientes"}]


def test_titles_are_found_under_title_rows_and_over_footnotes() -> None:
    text = "Cuadro 1. Población\n\nProvincia;Municipio;Población\n"
    text += "Chaco;Sáenz Peña;96.944\nSalta;Orán;82.413\n\nFuente: censo\n"
    with open_table(io.BytesIO(text.encode()), "datos.csv") as table:
        rows = list(table.rows())
    assert table.header == ("provincia", "municipio", "poblacion")
    assert table.titles == ("Provincia", "Municipio", "Población")
    assert table.header_row == 3
    assert table.preamble == ("Cuadro 1. Población",)
    assert [row.number for row in rows] == [4, 5, 7]


def test_row_numbers_are_those_of_the_spreadsheet_even_after_line_breaks_in_cells() -> None:
    text = 'nombre,nota\nGoya,"una\nnota\nlarga"\n\nOrán,x\n'
    with open_table(io.BytesIO(text.encode()), "datos.csv") as table:
        assert [(row.number, row.cells["nombre"]) for row in table.rows()] == [(2, "Goya"), (4, "Orán")]


def test_repeated_and_missing_titles_get_names_of_their_own() -> None:
    with open_table(io.BytesIO(b"total,total,\n1,2,3\n"), "datos.csv", expected=["total"]) as table:
        assert table.header == ("total", "total_2", "column_3")
        assert next(table.rows()).cells == {"total": "1", "total_2": "2", "column_3": "3"}


def test_short_rows_are_filled_and_long_ones_keep_what_stands_under_titles() -> None:
    assert table_of("a,b,c\n1\n1,2,3,4\n")[0] == {"a": "1", "b": "", "c": "", "column_4": ""}


def test_columns_are_found_whatever_their_capitals_and_accents() -> None:
    with open_table(io.BytesIO("Código  de Gobierno Local;NOMBRE\n1;x\n".encode()), "d.csv") as table:
        assert table.find(["cod", "codigo de gobierno local"]) == "codigo_de_gobierno_local"
        assert table.find(["provincia"]) is None
        assert table.title_of("nombre") == "NOMBRE"


def test_reading_can_be_repeated_and_repairs_are_counted_once() -> None:
    with open_table(io.BytesIO("nombre,nota\nMarÃ­a\u00a0P,a\x00b\n".encode()), "d.csv") as table:
        first, second = list(table.rows()), list(table.rows())
    assert first == second
    assert first[0].cells == {"nombre": "María P", "nota": "ab"}
    assert table.repairs == {"mojibake": 1, "no_break_spaces": 1, "control_characters": 1}


def test_the_sheet_with_the_expected_titles_is_chosen() -> None:
    book = workbook(
        ("Definiciones", [["Gobierno local"], ["Un texto largo"]]),
        ("Otra", [["x", "y", "z"], *[[1, 2, 3]] * 50]),
        ("Datos", [["Código", "Nombre"], ["060007", "Adolfo Alsina"]]),
    )
    content = saved(book)
    assert table_of(content, expected=["codigo", "nombre"]) == [
        {"codigo": "060007", "nombre": "Adolfo Alsina"}
    ]
    assert table_of(content)[0] == {"x": "1", "y": "2", "z": "3"}
    assert table_of(content, sheet="otra")[0]["y"] == "2"
    assert table_of(content, sheet=3)[0]["nombre"] == "Adolfo Alsina"


def test_hidden_sheets_are_not_read_and_unknown_ones_are_named() -> None:
    book = workbook(("Oculta", [["a", "b"], [1, 2]]), ("Visible", [["c", "d"], [3, 4]]))
    book["Oculta"].sheet_state = "hidden"
    content = saved(book)
    assert table_of(content) == [{"c": "3", "d": "4"}]
    with pytest.raises(TableError, match="Las hojas del libro son: Visible"):
        table_of(content, sheet="Oculta")


def test_cells_of_a_workbook_become_the_text_that_is_seen() -> None:
    book = workbook(("Hoja", [["codigo", "numero", "fecha", "si", "vacia"]]))
    sheet = book["Hoja"]
    sheet.append([60007, 17.0, None, True, None])
    sheet["A2"].number_format = "000000"
    sheet["C2"] = datetime.datetime(2022, 5, 18)  # noqa: DTZ001 - spreadsheets know no zones
    assert table_of(saved(book)) == [
        {"codigo": "060007", "numero": "17", "fecha": "2022-05-18", "si": "TRUE", "vacia": ""}
    ]


def test_a_zip_bomb_is_refused() -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (limits.RATIO_MATTERS_FROM_BYTES + 1))
    with pytest.raises(TableError, match="ocupa demasiado"):
        table_of(bomb.getvalue(), "bomba.xlsx")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "vacío"),
        (b"\n\n , ,\n", "vacía"),
        (b"%PDF-1.7 x", "no es una tabla"),
        (b"\xef\xbb\xbf<!DOCTYPE html><table></table>", "no es una tabla"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100, "formato antiguo"),
        (b"PK\x03\x04 nothing more", "dañado"),
    ],
)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(TableError, match=words):
        table_of(content, "datos.xlsx")


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as packed:
        packed.writestr("content.xml", "<x/>")
    with pytest.raises(TableError, match="comprimido"):
        table_of(archive.getvalue(), "datos.ods")


def test_a_workbook_with_a_broken_sheet_is_refused() -> None:
    content = saved(workbook(("Hoja", [["a", "b"], [1, 2]])))
    broken = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(broken, "w") as target:
        for part in source.infolist():
            text = source.read(part)
            target.writestr(
                part.filename, text[: len(text) // 2] if part.filename.endswith("sheet1.xml") else text
            )
    with pytest.raises(TableError, match="dañado"):
        table_of(broken.getvalue(), "datos.xlsx")


def test_quotes_that_are_never_closed_name_the_row() -> None:
    text = 'a,b\n1,2\n3,"x' + "y" * 200_000
    with pytest.raises(TableError, match="La fila 3"):
        table_of(text)


def test_files_and_tables_beyond_the_limits_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited_module, "MAX_ROWS", 3)
    with pytest.raises(TableError, match="un millón de filas"):
        table_of("a,b\n1,2\n3,4\n5,6\n7,8\n" * 30)
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 10)
    with pytest.raises(TableError, match="máximo es 200 MB"):
        table_of("a,b\n1,2\n3,4\n5,6\n")


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="No existe"):
        open_table(tmp_path / "nada.csv")
    with pytest.raises(TableError, match="No se puede abrir"):
        open_table(tmp_path)


def test_a_file_opened_by_its_path_is_closed_again(tmp_path: Path) -> None:
    path = tmp_path / "datos.csv"
    path.write_text("a;b\n1;2\n")
    with open_table(path) as table:
        assert [row.cells for row in table.rows()] == [{"a": "1", "b": "2"}]
    assert table.filename == "datos.csv"
    with pytest.raises(ValueError, match="closed"):
        list(table.rows())
