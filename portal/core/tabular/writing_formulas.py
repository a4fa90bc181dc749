"""Text that must not become a formula in somebody's spreadsheet program, and the way back.

Source: OWASP, "CSV Injection". A cell that a program would run gets an apostrophe in front; reading takes it off again.
What already begins with apostrophes before such a sign gets one more, so that nothing is lost on the way and back.
A negative number is no formula, and stays as it is.
"""

import re

_RUNS = r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])"
_AS_FORMULA = re.compile(_RUNS)
_PLAIN_NUMBER = re.compile(r"[-+][\d.,]*\d")
NEUTRALISED_FORMULA = re.compile(f"'{_RUNS}")


def without_formula(text: str) -> str:
    """Return text that no spreadsheet program runs."""
    # Most cells begin with a letter or a digit, and there are millions of them in a file.
    if text[:1].isalnum():
        return text
    return f"'{text}" if _AS_FORMULA.match(text) and not _PLAIN_NUMBER.fullmatch(text.strip()) else text


def with_formula(text: str) -> str:
    """Return what `without_formula` was given."""
    return text[1:] if NEUTRALISED_FORMULA.match(text) else text
