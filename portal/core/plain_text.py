"""Texts that people type, without characters that nobody sees but that change what others see."""

import unicodedata

_KEPT_CONTROLS = frozenset("\n\t")
# Joiners that some scripts and emoji need; harmless in a text, not in a name.
_JOINERS = frozenset("\u200c\u200d")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def is_hidden(character: str) -> bool:
    """Say whether a character leaves no mark of its own: controls, directions, what has no width, private use."""
    return unicodedata.category(character) in _HIDDEN_CATEGORIES


def without_hidden(text: str) -> str:
    """Return a text with one kind of line end and without hidden characters, composed (NFC)."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    seen = (sign for sign in lines if sign in _KEPT_CONTROLS or sign in _JOINERS or not is_hidden(sign))
    return unicodedata.normalize("NFC", "".join(seen))
