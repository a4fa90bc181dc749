"""What an upload is found to be, from its content alone."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from PIL import Image

from portal.core.decision import ALLOWED
from portal.files.archives import office_type
from portal.files.checks import upload_check
from portal.files.content_types import (
    CSV,
    DOCUMENTS,
    DOCX,
    IMAGES,
    JPEG,
    KNOWN_TYPES,
    ODS,
    PDF,
    PNG,
    TEXT,
    TEXTS,
    WEBP,
    XLSX,
)
from portal.files.uses import MIB, FileUse

PDF_BYTES = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
ANYTHING = FileUse(
    id="any",
    label="Lo que sea",
    max_bytes=MIB,
    content_types=frozenset(KNOWN_TYPES),
    may_read=lambda user, file: ALLOWED,
    image_max_side=400,
)


def checked(content: bytes, name: str = "archivo", declared: str = "", use: FileUse = ANYTHING):
    return upload_check(use=use, upload=SimpleUploadedFile(name, content, declared or None))


def refusal(content: bytes, name: str = "archivo", use: FileUse = ANYTHING) -> str:
    with pytest.raises(ValidationError) as raised:
        checked(content, name, use=use)
    return raised.value.code


def picture(kind: str, size: tuple[int, int] = (80, 40), mode: str = "RGB", **saving) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "red").save(out, kind, **saving)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    book = Workbook()
    book.active.append(["Municipio", "Habitantes"])
    book.save(out)
    return out.getvalue()


def archive(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


DOCUMENT = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (PDF_BYTES, PDF),
        (picture("JPEG"), JPEG),
        (picture("PNG"), PNG),
        (picture("WEBP"), WEBP),
        (workbook(), XLSX),
        (archive(DOCUMENT), DOCX),
        (archive({"mimetype": ODS.encode(), "content.xml": b"<x/>"}), ODS),
        ("Año;Población\n2022;1.500\n2010;1.200\n".encode("cp1252"), CSV),
        ("Año,Población\n2022,1500\n".encode("utf-8-sig"), CSV),
        ("Año\tPoblación\n2022\t1500\n".encode("utf-16"), CSV),
        ("Una ordenanza, en pocas palabras.\nNada más.\n".encode(), TEXT),
    ],
)
def test_a_type_follows_from_the_content_whatever_the_name_and_the_browser_say(content, found):
    assert checked(content, "foto.exe", "application/x-msdownload").content_type == found


@pytest.mark.parametrize(
    "content",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b'<?xml version="1.0"?><svg/>',
        b"<!doctype html><p>hola",
        b"  \n<HTML><body>hola",
        b"nombre,valor\n<script>alert(1)</script>,1\n",
        b"#!/bin/sh\nrm -rf /\n",
        b"<?php system('id'); ?>",
        b"MZ\x90\x00\x03\x00\x00\x00\x04\x00",
        b"\x7fELF\x02\x01\x01\x00",
        picture("GIF"),
        picture("TIFF"),
        archive({"index.html": b"<p>hola"}),
        archive({"mimetype": b"application/epub+zip"}),
        b"Rar!\x1a\x07\x00",
        b"\x00\x01\x02\x03",
        b"   \n\n",
    ],
)
def test_pages_drawings_programs_and_unknown_things_are_refused(content):
    assert refusal(content, "inocente.pdf") == "content_type"


def test_a_known_type_that_the_use_does_not_take_is_refused_with_what_it_takes():
    only_pdf = FileUse("pdf", "Ordenanza", MIB, frozenset({PDF}), lambda user, file: ALLOWED)
    with pytest.raises(ValidationError, match="Se aceptan: PDF") as raised:
        checked(picture("PNG"), "plano.pdf", use=only_pdf)
    assert raised.value.code == "content_type"


def test_an_empty_and_a_large_upload_are_refused():
    small = FileUse("small", "Chico", 100, DOCUMENTS, lambda user, file: ALLOWED)
    assert refusal(b"") == "empty"
    assert refusal(PDF_BYTES * 10, use=small) == "size"


def test_a_cut_pdf_a_cut_image_and_a_cut_workbook_are_refused():
    assert refusal(PDF_BYTES[:20]) == "damaged"
    assert refusal(picture("JPEG", (300, 300))[:400]) == "damaged"
    assert refusal(picture("PNG", (300, 300))[:60]) == "damaged"
    assert refusal(workbook()[:-100]) == "damaged"


def packed(method: int) -> bytes:
    """Make an archive whose only member is a declared type of 5000 bytes, packed so that damage shows on reading."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        file.writestr("mimetype", bytes(range(250)) * 20)
    return out.getvalue()


def overwritten(content: bytes, position: int, by: bytes) -> bytes:
    return content[:position] + by + content[position + len(by) :]


def central(content: bytes, offset: int, by: bytes) -> bytes:
    """Overwrite a field of the archive's first directory entry."""
    return overwritten(content, content.index(b"PK\x01\x02") + offset, by)


def end(content: bytes, offset: int, by: bytes) -> bytes:
    """Overwrite a field of the record at the archive's end."""
    return overwritten(content, content.rindex(b"PK\x05\x06") + offset, by)


WITH_ACCENT = archive({"ñandú": b"x"})
DATA_START = 30 + len("mimetype")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(WITH_ACCENT.replace("ñ".encode(), b"\xff\xfe"), id="a name in no encoding"),
        pytest.param(overwritten(packed(zipfile.ZIP_LZMA), DATA_START, b"\xff" * 40), id="LZMA data"),
        pytest.param(overwritten(packed(zipfile.ZIP_LZMA), DATA_START + 4, b"\xff"), id="LZMA properties"),
        pytest.param(overwritten(packed(zipfile.ZIP_BZIP2), DATA_START, b"\xff" * 40), id="bzip2 data"),
        pytest.param(overwritten(packed(zipfile.ZIP_DEFLATED), DATA_START, b"\xff" * 40), id="deflated data"),
        pytest.param(central(packed(zipfile.ZIP_STORED), 10, b"\x63\x00"), id="an unknown way of packing"),
        pytest.param(
            central(packed(zipfile.ZIP_STORED), 42, b"\xff\xff\xff\x7f"), id="a member beyond the end"
        ),
        pytest.param(central(packed(zipfile.ZIP_STORED), 6, b"\xff"), id="a version of the far future"),
        pytest.param(
            end(packed(zipfile.ZIP_STORED), 16, b"\xff\xff\xff\x7f"), id="a directory beyond the end"
        ),
        pytest.param(end(packed(zipfile.ZIP_STORED), 12, b"\x08\x00\x00\x00"), id="half a directory entry"),
    ],
)
def test_a_damaged_archive_is_refused_however_it_is_damaged(content: bytes) -> None:
    assert refusal(content) == "damaged"


@pytest.mark.parametrize(
    "sound",
    [packed(method) for method in (zipfile.ZIP_STORED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2)] + [WITH_ACCENT],
)
@settings(deadline=None)
@given(data=st.data())
def test_no_damage_to_an_archive_raises_anything_but_a_refusal(sound: bytes, data: st.DataObject) -> None:
    content = sound
    for _number in range(data.draw(st.integers(1, 4))):
        position = data.draw(st.integers(4, len(sound) - 8))
        content = overwritten(content, position, data.draw(st.binary(min_size=1, max_size=8)))
    try:
        office_type(io.BytesIO(content))
    except ValidationError as error:
        assert error.code in {"damaged", "bomb", "password", "macros"}


def test_an_archive_that_unpacks_to_too_much_is_refused():
    one_mebibyte_of_zeros = bytes(MIB)
    bomb = archive(DOCUMENT | {f"word/media/{number}.bin": one_mebibyte_of_zeros for number in range(201)})
    assert len(bomb) < MIB
    assert refusal(bomb) == "bomb"


def test_an_archive_of_very_many_members_is_refused():
    assert refusal(archive(DOCUMENT | {f"word/{number}": b"" for number in range(5000)})) == "bomb"


def test_macros_and_passwords_are_refused():
    assert refusal(archive(DOCUMENT | {"word/vbaProject.bin": b"x"})) == "macros"
    locked = bytearray(archive(DOCUMENT))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        position = -1
        while (position := locked.find(mark, position + 1)) != -1:
            locked[position + offset] |= 1
    assert refusal(bytes(locked)) == "password"


def test_what_is_kept_is_measured_after_it_was_made_safe():
    found = checked(picture("JPEG", (900, 300), quality=95), "Foto.JPEG")
    assert found.size == len(found.content.read())
    assert len(found.sha256) == 64
    assert checked(PDF_BYTES).sha256 == checked(PDF_BYTES).sha256 != found.sha256


def test_a_use_of_images_takes_no_text_and_one_of_texts_no_image():
    images = FileUse("i", "Imagen", MIB, IMAGES, lambda user, file: ALLOWED)
    texts = FileUse("t", "Texto", MIB, TEXTS, lambda user, file: ALLOWED)
    assert refusal(b"a,b\n1,2\n", "a.png", use=images) == "content_type"
    assert refusal(picture("PNG"), "a.csv", use=texts) == "content_type"
