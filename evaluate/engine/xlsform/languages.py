"""Languages as authors name them in column headers, brought to short codes."""

import re

from evaluate.engine.definition import UNMARKED_LANGUAGE

_CODE_IN_BRACKETS = re.compile(r"\(([A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*)\)\s*$")
_NAMES = {
    "español": "es",
    "espanol": "es",
    "castellano": "es",
    "spanish": "es",
    "english": "en",
    "inglés": "en",
    "ingles": "en",
    "português": "pt",
    "portugués": "pt",
    "portugues": "pt",
    "portuguese": "pt",
    "français": "fr",
    "francés": "fr",
    "french": "fr",
    "italiano": "it",
    "italian": "it",
    "deutsch": "de",
    "german": "de",
    "العربية": "ar",
    "arabic": "ar",
    "chinese": "zh",
    "中文": "zh",
    "japanese": "ja",
    "kiswahili": "sw",
    "swahili": "sw",
    "macedonian": "mk",
    "guaraní": "gn",
    "guarani": "gn",
    "quechua": "qu",
}


def language_code(name: str) -> str:
    """Return the code of a language named in a header: `English (en)`, `english` and `EN` are `en`.

    A name that is not known stays as it was written, in lower case.
    """
    stripped = name.strip()
    in_brackets = _CODE_IN_BRACKETS.search(stripped)
    if in_brackets:
        return in_brackets.group(1).lower()
    lowered = stripped.lower()
    if lowered in _NAMES:
        return _NAMES[lowered]
    return lowered or UNMARKED_LANGUAGE


def language_header(code: str) -> str:
    """Return the name of a language as a header carries it, so that `language_code` reads its code again."""
    name = next((name for name, known in _NAMES.items() if known == code), code)
    is_code = _CODE_IN_BRACKETS.fullmatch(f"({code})") is not None
    return f"{name.capitalize()} ({code})" if is_code else code
