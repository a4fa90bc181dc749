"""Documents for print: what people wrote never becomes code, and the file is tagged, archivable and always the same."""

import re
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typst

from portal.core.pdf import pdf_document
from portal.core.pdf_text import _COVERED, latin, printable, printable_data

MADE_AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
TEMPLATE = """
#let data = json(bytes(sys.inputs.data))
#set document(title: data.document.title, author: data.document.author)
#set text(lang: data.document.lang, font: "Libertinus Serif")
= #data.document.title
#for each in data.texts [
  #if each != "" [== #each]
  #each
]
#for each in data.at("links", default: ()) { if each.url != "" { link(each.url, each.text) } }
"""
HOSTILE = [
    '#panic("no")',
    '#import "@preview/anything:1.0.0": *',
    '#read("/etc/passwd")',
    "*fuerte* _cursiva_ `código` $x^2$ <etiqueta> @cita #let x = 1",
    'comillas " y \\ barras \\u{1F600} \\n',
    "] } ) */ // https://example.org",
    "M" * 4_000,
    "👍🏽 Muy bien 👨‍👩‍👧 🇦🇷",
    "مرحبا بالعالم",
    "漢字 かな 한국어",
    "e" + "\u0301\u0316\u0489" * 30,
    "\x00\x07\x1b[31m\ud800\uffff\u202etxt.exe",
    "",
    "ñandú Ñ ü ¿¡ « » — … € º ª ½ → ≥",
]


@pytest.fixture
def template(settings, tmp_path: Path) -> str:
    """A folder of templates with one of our making."""
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "noun.typ").write_text(TEMPLATE, encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return "app/noun.typ"


def document(template: str, data: dict, title: str = "Informe", language: str = "es") -> bytes:
    return pdf_document(template, data, title=title, language=language, made_at=MADE_AT)


def unpacked(content: bytes) -> bytes:
    """All that a PDF holds, its compressed parts opened."""
    parts = [content]
    for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            parts.append(zlib.decompress(found.group(1)))
        except zlib.error:
            continue
    return b"\n".join(parts)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_what_people_write_is_printed_and_never_run(template, text):
    content = document(template, {"texts": [text]}, title=f"Informe {text[:60]}")
    assert content.startswith(b"%PDF-1.7")


def test_the_file_is_tagged_accessible_and_made_for_the_archive(template):
    content = unpacked(document(template, {"texts": ["uno"]}))
    assert b"/StructTreeRoot" in content
    assert b"<</Marked true" in content or b"/Marked true" in content
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content
    assert b"<pdfaid:part>2</pdfaid:part>" in content
    assert b"/Lang" in content
    assert b"/Outlines" in content
    assert "Red de Innovación Local".encode() in content


def test_the_same_data_give_the_same_bytes_on_another_day(template):
    data = {"texts": ["uno", "dos"]}
    assert document(template, data) == document(template, dict(reversed(data.items())))
    other = pdf_document(
        template, data, title="Informe", language="es", made_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    assert other != document(template, data)


def test_signs_that_fit_the_fonts_but_not_each_other_are_left_out(template, caplog):
    piled = "ś\u064b ж\u064d"
    content = document(template, {"texts": [f"Ñandú {piled}"]})
    assert b"<pdfuaid:part>1</pdfuaid:part>" in unpacked(content)
    assert "Latin letters only" in caplog.text
    assert latin(f"Ñandú {piled} — sí") == "Ñandú ś□ □ — sí"


def test_a_template_with_a_mistake_is_told(settings, tmp_path):
    (tmp_path / "wrong.typ").write_text("#nothing-of-that-name", encoding="utf-8")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with pytest.raises(typst.TypstError):
        document("wrong.typ", {})


def test_every_character_that_counts_as_printable_is_in_the_fonts(template, caplog):
    """A newer typst may bring other fonts: then the table in `pdf_text` has to be made anew."""
    characters = []
    for written in "".join(_COVERED).split():
        first, _dash, last = written.partition("-")
        characters += [chr(code) for code in range(int(first, 16), int(last or first, 16) + 1)]
    assert len(characters) > 3_000
    document(template, {"texts": [" ".join(printable(each) for each in characters if printable(each))]})
    assert "Latin letters only" not in caplog.text


def test_what_no_font_has_is_said_with_one_sign():
    assert printable("Bien 👍🏽👍 hecho") == "Bien □ hecho"
    assert printable("漢字") == "□"
    assert printable("𝗧𝗼𝗱𝗼 listo, ﬁn") == "Todo listo, fin"
    assert printable("sí\x00\u202e, señor\u200b") == "sí, señor"


def test_a_very_long_word_may_be_broken_and_a_usual_one_stays():
    assert "\u200b" not in printable("electroencefalografista")
    assert printable("x" * 40).replace("\u200b", "") == "x" * 40
    assert max(map(len, printable("x" * 500).split("\u200b"))) <= 12


def test_a_link_leads_to_the_web_or_nowhere():
    data = printable_data({"a": [{"url": "javascript:alert(1)", "text": "javascript:alert(1)"}]})
    assert data["a"][0] == {"url": "", "text": "javascript:alert(1)"}
    long = "https://example.org/" + "a" * 80
    assert printable_data({"url": long})["url"] == long
    assert printable_data({"url": "file:///etc/passwd"})["url"] == ""
    assert printable_data({"n": 1, "b": True, "none": None}) == {"n": 1, "b": True, "none": None}
