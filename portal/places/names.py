"""Place names, made comparable."""

import re
import unicodedata

# Letters of the Latin alphabet that do not come apart into a plain one and a mark.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i", "ħ": "h", "Ħ": "h", "æ": "ae", "Æ": "ae"}
    | {"œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th", "ð": "d", "Ð": "d", "ə": "a", "Ə": "a"}
)  # fmt: skip
NOT_LETTERS = re.compile(r"[^a-z0-9]+")


def normalise_name(name: str) -> str:
    """Return a name in lower case, without accents, punctuation or doubled spaces, for matching.

    "  San Martín de los Andes " and "SAN MARTIN DE LOS ANDES" become the same text.
    """
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", name.translate(PLAIN_LETTERS))
        name = "".join(char for char in decomposed if not unicodedata.combining(char))
    return NOT_LETTERS.sub(" ", name.casefold()).strip()
