"""The text of one cell, freed from what spreadsheets and broken conversions leave in it."""

import re
from collections import Counter

from portal.core.tabular.writing_formulas import with_formula

CONTROL_CHARACTERS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\u200b\ud800-\udfff\ufffe\uffff]")
NO_BREAK_SPACES = re.compile("[\u00a0\u2007\u202f]")


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
# UTF-8 read as cp1252: what became of accented letters, of typographic marks and of emoji. Other lead bytes are
# letters that Spanish and Portuguese have beside such signs ("É¡").
MOJIBAKE = re.compile(f"[ÃÂ][{CONTINUATION}]|[âï][{CONTINUATION}]{{2}}|ð[{CONTINUATION}]{{3}}")

# Any of these may stand for something to repair; a cell without them needs no closer look.
SUSPECT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\xa0\u00c2-\u00f4\u2007\u200b\u202f\ud800-\udfff\ufeff\ufffe\uffff]|^'"
)


def clean_cell(text: str, repairs: Counter[str] | None = None) -> str:
    """Return a cell's text without control characters, no-break spaces, outer blanks and certain mojibake.

    Args:
        text: the cell as read.
        repairs: counts the cells repaired, by kind.
    """
    is_plain = text.isascii() and text.isprintable() and not text.startswith("'")
    if is_plain or not SUSPECT.search(text):
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
    return with_formula(repaired.strip())


def repair_mojibake(text: str) -> str:
    """Return text with UTF-8 that was read as Western European put right, where it can mean nothing else.

    "MarÃ­a" becomes "María"; "SÃO PAULO" and "Âmbar" stay, because their letters are not such a sequence. A cell
    in which some accents are right and others are not is left alone unless what is wrong is unmistakable: two
    broken sequences, or one of three characters and more.
    """
    broken = MOJIBAKE.findall(text)
    if not broken:
        return text
    rest = NO_BREAK_SPACES.sub(" ", CONTROL_CHARACTERS.sub("", MOJIBAKE.sub("", text)))
    unmistakable = rest.isascii() or len(broken) > 1 or len(broken[0]) > 2
    return MOJIBAKE.sub(_restored, text) if unmistakable else text


def _restored(match: re.Match[str]) -> str:
    raw = [_as_byte(char) for char in match.group()]
    try:
        return bytes(byte for byte in raw if byte is not None).decode("utf-8")
    except UnicodeDecodeError:
        return match.group()
