"""Files that are too large, damaged or no workbook at all are refused before they do harm."""

import io
import time
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.engine.problems import FormRejected
from evaluate.engine.state import FormState
from evaluate.engine.xlsform import read_workbook
from tests.evaluate.form_workbooks import NOW, refusal, workbook

YES_NO = [
    {"list_name": "yn", "name": "si", "label": "Sí"},
    {"list_name": "yn", "name": "no", "label": "No"},
]


def test_a_damaged_workbook_is_refused_however_it_is_damaged():
    content = workbook([{"type": "select_one yn", "name": "q", "label": "Q"}], YES_NO)

    @given(st.integers(4, len(content) - 1), st.binary(min_size=1, max_size=40))
    def check(place, noise):
        spoiled = content[:place] + noise + content[place + len(noise) :]
        try:
            read_workbook(spoiled, "roto.xlsx")
        except FormRejected as refused:
            assert refused.problems

    check()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"hola", "no es una planilla"),
        (b"", "no es una planilla"),
        (b"PK\x03\x04roto", "dañado"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "cuestionario.doc"),
    ],
)
def test_what_is_no_workbook_is_refused_in_plain_words(content, words):
    with pytest.raises(FormRejected, match=words):
        read_workbook(content, "cuestionario.doc")


def test_another_kind_of_zip_is_no_workbook():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    with pytest.raises(FormRejected, match="no es una planilla"):
        read_workbook(stream.getvalue(), "carta.docx")


def test_a_workbook_that_swells_when_opened_is_refused_unopened():
    stream = io.BytesIO(workbook([{"type": "text", "name": "q", "label": "Q"}]))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/big.bin", b"\0" * (51 * 1024 * 1024))
    started = time.monotonic()
    with pytest.raises(FormRejected, match="demasiado grande"):
        read_workbook(stream.getvalue(), "bomba.xlsx")
    assert time.monotonic() - started < 2


def test_a_sheet_of_too_many_rows_is_refused():
    rows = [{"list_name": "l", "name": f"n{number}", "label": "x"} for number in range(20_001)]
    ((sheet, _row, _column, message),) = refusal([{"type": "select_one l", "name": "q", "label": "Q"}], rows)
    assert sheet == "choices"
    assert "20000 filas" in message


def test_a_list_of_ten_thousand_choices_is_read_and_filtered_quickly():
    from_choices = [
        {"list_name": "l", "name": f"n{number}", "label": f"N {number}", "zona": f"z{number % 100}"}
        for number in range(10_000)
    ]
    survey = [
        {"type": "text", "name": "z", "label": "Z"},
        {"type": "select_one l", "name": "q", "label": "Q", "choice_filter": "zona = ${z}"},
    ]
    content = workbook(survey, from_choices)
    started = time.monotonic()
    state = FormState(read_workbook(content, "largo.xlsx").definition, {"/z": "z7"}, now=NOW)
    assert len(state.choices("/q")) == 100
    assert time.monotonic() - started < 10
    started = time.monotonic()
    state.set("/z", "z8")
    assert state.check("/q", "n8") == ()
    assert state.check("/q", "n7") != ()
    assert time.monotonic() - started < 0.2
