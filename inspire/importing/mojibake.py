"""Undoing text that was decoded with the wrong encoding, where only one reading is possible.

Each kind of damage is replayed on the letters and signs that western texts use. What comes out becomes an entry of
a table if it could stand for one letter only and could not be a piece of a word in Spanish, Portuguese or French.
"""

import re
from collections.abc import Callable, Iterator

_LETTERS = "áéíóúüñàâãçêôõèëîïûùÿœæÁÉÍÓÚÜÑÀÂÃÇÊÔÕÈËÎÏÛÙŒÆ"
_SIGNS = "¡¿«»°º¨´ª§·²³“”‘’–—…•€™"
_ALPHABETS = ("áéíóúüñ", "àáâãçéêíóôõú", "àâæçèéêëîïôœùûüÿ")
_PLAIN_ALPHABETS = [frozenset(letters + letters.upper()) for letters in _ALPHABETS]
_CLOSING = "”“’‘»›…•–—™\xa0"
_CONTROL = re.compile("[\\x7f-\\x9f]")
_UNDEFINED_IN_CP1252 = (0x81, 0x8D, 0x8F, 0x90, 0x9D)


def _windows(byte: int) -> str:
    return chr(byte) if byte in _UNDEFINED_IN_CP1252 else bytes([byte]).decode("cp1252")


def _windows_or_mac(byte: int) -> str:
    return bytes([byte]).decode("mac_roman") if byte in _UNDEFINED_IN_CP1252 else _windows(byte)


def _read_as_latin(text: str) -> str:
    return text.encode().decode("latin-1")


def _read_as_windows(text: str) -> str:
    return "".join(_windows(byte) for byte in text.encode())


def _read_as_windows_or_mac(text: str) -> str:
    return "".join(_windows_or_mac(byte) for byte in text.encode())


def _read_as_windows_or_mac_twice(text: str) -> str:
    return _read_as_windows_or_mac(_read_as_windows_or_mac(text))


def _read_as_latin_then_windows(text: str) -> str:
    return _read_as_windows_or_mac(_read_as_latin(text))


def _with_a_hasty_repair(text: str) -> str:
    """Replay files in which every "Ã" was replaced by "í" after the damage."""
    return _read_as_windows_or_mac(text).replace("Ã", "í")


def _twice_with_a_hasty_repair(text: str) -> str:
    return _read_as_latin_then_windows(text).replace("Ã", "í")


def _by_way_of_an_old_mac(text: str) -> str:
    """Replay a text that passed twice between a Mac and Windows after the damage."""
    once = "".join(_old_mac(char) for char in _read_as_windows(text))
    return "".join(_old_mac(char, "latin-1") for char in once)


def _old_mac(char: str, then: str = "cp1252") -> str:
    try:
        return char.encode("mac_roman").decode(then)
    except (UnicodeEncodeError, UnicodeDecodeError):
        return char


_DAMAGE: tuple[Callable[[str], str], ...] = (
    _read_as_latin,
    _read_as_windows,
    _read_as_windows_or_mac,
    _read_as_windows_or_mac_twice,
    _read_as_latin_then_windows,
    _with_a_hasty_repair,
    _twice_with_a_hasty_repair,
    _by_way_of_an_old_mac,
)


def _could_be_written(text: str) -> bool:
    """Say whether a sound text may hold these characters side by side."""
    is_word = any(alphabet.issuperset(text) for alphabet in _PLAIN_ALPHABETS)
    ends_in_i = len(text) == 2 and text[0] == "í" and not text[1].isupper()
    return is_word or ends_in_i


def _pattern_of(wrong: str) -> str:
    """Ask for a letter after forms like "Ã”", which is also how a Portuguese "MANHÃ" ends in quotation marks."""
    may_close_a_word = len(wrong) == 2 and wrong[0] in _LETTERS and wrong[1] in _CLOSING
    return re.escape(wrong) + (r"(?=\w)" if may_close_a_word else "")


def _damaged_forms() -> Iterator[tuple[str, str]]:
    for right in _LETTERS + _SIGNS:
        for damage in _DAMAGE:
            wrong = damage(right)
            # Spreadsheet programs drop the control characters among them.
            for form in (wrong, _CONTROL.sub("", wrong)):
                if len(form) > 1 and not _could_be_written(form):
                    yield form, right


def _table() -> dict[str, str]:
    meanings: dict[str, set[str]] = {}
    for wrong, right in _damaged_forms():
        meanings.setdefault(wrong, set()).add(right)
    return {wrong: rights.pop() for wrong, rights in meanings.items() if len(rights) == 1}


_REPAIRS = _table()
_DAMAGED = re.compile("|".join(map(_pattern_of, sorted(_REPAIRS, key=len, reverse=True))))
# Two characters side by side with which every damaged form begins; most texts have no such pair.
_SUSPECT = re.compile(
    "[{}][{}]".format(*("".join(sorted({re.escape(wrong[place]) for wrong in _REPAIRS})) for place in (0, 1)))
)


def may_be_damaged(text: str) -> bool:
    """Say whether a closer look at a text is worth its while."""
    return not text.isascii() and _SUSPECT.search(text) is not None


def repair_mojibake(text: str) -> str:
    """Return the text with every unambiguous damage undone: "gestiÃ³n" becomes "gestión"."""
    if not may_be_damaged(text):
        return text
    return _DAMAGED.sub(lambda match: _REPAIRS[match.group()], text)
