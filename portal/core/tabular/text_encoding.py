"""In which encoding a text file was written."""

import codecs
from dataclasses import dataclass
from typing import BinaryIO

CHUNK_BYTES = 1024 * 1024
SAMPLED_LINES = 2_000
SAMPLED_BYTES = 64 * 1024
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What spreadsheet programs of the region write when they do not write UTF-8.
LEGACY_ENCODINGS = ("cp1252", "mac_roman", "cp850")
LIKELY_CHARACTERS = frozenset("áéíóúüñÁÉÍÓÚÜÑçãõâêôàÇÃÕºª°¿¡«»–—“”‘’…€")
READ_AS_CP1252 = "read_as_cp1252"


@dataclass(frozen=True)
class TextEncoding:
    """An encoding and what to do with bytes that do not belong in it (a codec error handler)."""

    name: str
    errors: str = "strict"


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    strays = error.object[error.start : error.end]
    return strays.decode("cp1252", errors="replace"), error.end


codecs.register_error(READ_AS_CP1252, _read_as_cp1252)


def detect_encoding(file: BinaryIO) -> TextEncoding:
    """Tell how a file's text is encoded: by its mark, else UTF-8 if all of it is, else the likeliest legacy one.

    Args:
        file: open in binary mode; read from its beginning and left anywhere.
    """
    file.seek(0)
    head = file.read(4096)
    for mark, name in BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return TextEncoding(name, "replace")
    if head[1::2].count(0) > len(head) * 0.3:
        return TextEncoding("utf-16-le", "replace")
    if head[::2].count(0) > len(head) * 0.3:
        return TextEncoding("utf-16-be", "replace")
    if _is_utf8(file):
        return TextEncoding("utf-8")
    return _mixed_or_legacy(file)


def _is_utf8(file: BinaryIO) -> bool:
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK_BYTES):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _mixed_or_legacy(file: BinaryIO) -> TextEncoding:
    """Tell a UTF-8 file with a few stray bytes pasted in from one that is not UTF-8 at all."""
    lines = _lines_beyond_ascii(file)
    whole = sum(_decodes(line) for line in lines)
    if whole > 4 * (len(lines) - whole):
        return TextEncoding("utf-8", READ_AS_CP1252)
    sample = b"".join(lines)[:SAMPLED_BYTES]
    return TextEncoding(max(LEGACY_ENCODINGS, key=lambda name: _likelihood(sample, name)), "replace")


def _likelihood(sample: bytes, encoding: str) -> int:
    """Score a decoding by its letters of Spanish and Portuguese against whatever else is beyond ASCII.

    Statistical detectors need paragraphs: given a column of names they take cp850 for Macintosh text.
    """
    text = sample.decode(encoding, errors="replace")
    return sum(1 if char in LIKELY_CHARACTERS else -1 for char in text if not char.isascii())


def _lines_beyond_ascii(file: BinaryIO) -> list[bytes]:
    file.seek(0)
    lines: list[bytes] = []
    while len(lines) < SAMPLED_LINES and (line := file.readline(CHUNK_BYTES)):
        if not line.isascii():
            lines.append(line)
    return lines


def _decodes(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
