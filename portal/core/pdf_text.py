"""People's texts made ready for print: only characters that the fonts have, and words that find room on a page.

The fonts are those that typst brings along. A character that none of them has (an emoji, a script of Asia) would be an
empty box, and PDF/UA forbids it: its plain form or a sign stands in its place. `tests/portal/test_core_pdf.py` prints
the whole table, so that a newer typst with other fonts is noticed.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

# Ranges of code points, in hexadecimal, that one of the fonts shows: the scripts of Europe, Arabic, Hebrew and signs.
_COVERED = (
    "20-7E A0-AC AE-377 37A-37F 384-38A 38C 38E-3A1 3A3-4FF 510-513 51A-51D 5B0-5C7 5D0-5EA 606-60C 615 61B 61F "
    "621-63A 640-655 65A 660-66D 674 679-67B 67E-680 683-684 686-687 691 698 6A4 6A9 6AF 6BE 6CC 6F0-6F9 "
    "1E00-1EFF 2000-200A 2010-2029 202F-2040 2042 2044-2052 2054-205E 2070-2071 2074-208E 2090-209C 20A0-20BF "
    "2100-211E 2120 2122 2124 2126-2151 2153-2184 2189 2190-23FF 2460-2606 2609-262F 2638-268B 2690-269C "
    "26A0-26A7 26AA-26AF 26B2 2701-2704 2706-2709 270C-2714 2717-2726 272A-274B 274D 274F-2752 2756 2758-275E "
    "2761-277F 2794 2798-27AF 27B1-27BF "
)
_STANDS_FOR_MISSING = "□"
_LONGEST_WORD = 30
_PIECE = 12
_BREAK = "\u200b"
_LONG_WORD = re.compile(rf"[^\s\u200b]{{{_LONGEST_WORD + 1},}}")
_WEB_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f]+", re.IGNORECASE)
# What only says how other characters are shown: without them nothing is lost.
_SILENT = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def _pattern() -> re.Pattern[str]:
    parts = []
    for written in "".join(_COVERED).split():
        first, _dash, last = written.partition("-")
        parts.append(f"\\U{int(first, 16):08x}-\\U{int(last or first, 16):08x}")
    return re.compile(f"[^\n\t{''.join(parts)}]+")


_MISSING = _pattern()
_NOT_LATIN = re.compile("[^\n\t\x20-\x7e\xa0-\u017f\u2013-\u2022\u2026\u20ac\u25a1]+")


def printable(text: str) -> str:
    """Return a text that can be printed: nothing invisible, nothing without a sign, no word wider than a column."""
    text = _MISSING.sub(_stand_in, _SILENT.sub("", text))
    return _LONG_WORD.sub(_with_breaks, text)


def latin(text: str) -> str:
    """Return a text with nothing but the letters and signs of Latin languages, which any font can set side by side."""
    return _NOT_LATIN.sub(_STANDS_FOR_MISSING, unicodedata.normalize("NFC", _SILENT.sub("", text)))


def printable_data(value: Any, *, only_latin: bool = False) -> Any:
    """Return data with all its texts made printable, at any depth.

    What a key named `url` holds is where a link leads: a web address stays as it is, anything else becomes empty.
    """
    if isinstance(value, str):
        return printable(latin(value) if only_latin else value)
    if isinstance(value, Mapping):
        return {
            str(key): web_address(each) if key == "url" else printable_data(each, only_latin=only_latin)
            for key, each in value.items()
        }
    if isinstance(value, Sequence):
        return [printable_data(each, only_latin=only_latin) for each in value]
    return value


def web_address(text: Any) -> str:
    """Return an address of the web as it is, and nothing for any other text."""
    return text if isinstance(text, str) and _WEB_ADDRESS.fullmatch(text) else ""


def _stand_in(found: re.Match[str]) -> str:
    """Write what no font has in its plain form, as 𝗯𝗼𝗹𝗱 letters from a phone; without one, say that it is missing."""
    plain = unicodedata.normalize("NFKC", found.group())
    return _MISSING.sub(_STANDS_FOR_MISSING, plain)


def _with_breaks(found: re.Match[str]) -> str:
    """Let a very long word, such as an address, be broken every few letters."""
    word = found.group()
    return _BREAK.join(word[start : start + _PIECE] for start in range(0, len(word), _PIECE))
