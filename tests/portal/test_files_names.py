"""Names that are safe to show and to save under."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files.content_types import JPEG, KNOWN_TYPES, PDF
from portal.files.names import MAX_LENGTH, clean_name


@pytest.mark.parametrize(
    ("given_name", "content_type", "cleaned"),
    [
        ("Ordenanza 12.pdf", PDF, "Ordenanza 12.pdf"),
        ("ORDENANZA.PDF", PDF, "ORDENANZA.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\Users\\Ana\\acta.pdf", PDF, "acta.pdf"),
        ("acta.html", JPEG, "acta.jpg"),
        ("foto.jpeg", JPEG, "foto.jpeg"),
        ("acta\u202efdp.exe", PDF, "actafdp.pdf"),
        ("una\r\nSet-Cookie: x=1.pdf", PDF, "unaSet-Cookie x=1.pdf"),
        ("  muchos    espacios .pdf", PDF, "muchos espacios.pdf"),
        ("Acta N.12", PDF, "Acta N.12.pdf"),
        ("...", PDF, "archivo.pdf"),
        ("", PDF, "archivo.pdf"),
        (".pdf", PDF, "archivo.pdf"),
        ("A\u0301rbol.pdf", PDF, "Árbol.pdf"),
    ],
)
def test_a_name_keeps_its_words_and_loses_its_dangers(given_name, content_type, cleaned):
    assert clean_name(given_name, content_type) == cleaned


@given(st.text(max_size=300), st.sampled_from(sorted(KNOWN_TYPES)))
def test_no_name_holds_a_path_or_a_hidden_character_and_every_one_ends_as_its_type(name, content_type):
    cleaned = clean_name(name, content_type)
    assert 1 < len(cleaned) <= MAX_LENGTH
    assert cleaned.endswith(KNOWN_TYPES[content_type].endings)
    assert not set(cleaned) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(character).startswith("C") for character in cleaned)
    assert not cleaned.startswith(".")
    assert clean_name(cleaned, content_type) == cleaned
