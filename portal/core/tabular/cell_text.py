"""The text of one cell, freed from what spreadsheets and broken conversions leave in it."""

import re
from collections import Counter

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b\ufffe\uffff]")
NO_BREAK_SPACES = re.compile("[\u00a0\u2007\u202f]")
# What the error workbook puts before text that a spreadsheet program would run as a formula.
NEUTRALISED_FORMULA = re.compile(r"'[=+\-@\t\r]")


def _as_byte(char: str) -> int | None:
    """Return the byte that a cp1252 reader shows as this character; its gaps pass as in Latin-1."""
    try:
        return char.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(char) if ord(char) < 256 else None


CONTINUATION = "".join(
    re.escape(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)) + re.escape(chr(byte))
    for byte in range(0x80, 0xC0)
)
# UTF-8 read as cp1252: a letter that stands for a lead byte, then as many as that lead byte announces.
MOJIBAKE = re.compile(
    f"[\u00c3-\u00df][{CONTINUATION}]|\u00c2[{CONTINUATION}]"
    f"|[\u00e0-\u00ef][{CONTINUATION}]{{2}}|[\u00f0-\u00f4][{CONTINUATION}]{{3}}"
)


def clean_cell(text: str, repairs: Counter[str] | None = None) -> str:
    """Return a cell's text without control characters, no-break spaces, outer blanks and certain mojibake.

    Args:
        text: the cell as read.
        repairs: counts the cells repaired, by kind.
    """
    if text.isascii() and text.isprintable() and text[:1] != "'":
        return text.strip()
    found = []
    repaired = repair_mojibake(text)
    if repaired != text:
        found.append("mojibake")
    for kind, pattern, replacement in (
        ("control_characters", CONTROL_CHARACTERS, ""),
        ("no_break_spaces", NO_BREAK_SPACES, " "),
    ):
        replaced = pattern.sub(replacement, repaired)
        if replaced != repaired:
            found.append(kind)
        repaired = replaced
    if repairs is not None:
        repairs.update(found)
    repaired = repaired.strip()
    return repaired[1:] if NEUTRALISED_FORMULA.match(repaired) else repaired


def repair_mojibake(text: str) -> str:
    """Return text with UTF-8 that was read as Western European put right, where it can mean nothing else.

    "MarÃ­a" becomes "María"; "SÃO PAULO" and "Âmbar" stay, because their letters are not such a sequence. A cell
    in which some accents are right and others are not is left alone unless what is wrong is unmistakable: two
    broken sequences, or one of three characters and more.
    """
    broken = MOJIBAKE.findall(text)
    if not broken:
        return text
    rest = MOJIBAKE.sub("", text)
    unmistakable = rest.isascii() or len(broken) > 1 or len(broken[0]) > 2
    return MOJIBAKE.sub(_restored, text) if unmistakable else text


def _restored(match: re.Match[str]) -> str:
    raw = [_as_byte(char) for char in match.group()]
    try:
        return bytes(byte for byte in raw if byte is not None).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
