"""Short codes that people show, read aloud and type: unguessable, and of signs that nobody takes for one another."""

import secrets

from django.utils.crypto import constant_time_compare

# Without vowels, which would make words, and without what looks like something else: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V.
ALPHABET = "CDFGHJKMNPQRTWXY34679"
# 21 signs eight times are more than 37 thousand million codes.
LENGTH = 8
# A code as some other part of the portal may have given it.
_SHORTEST, _LONGEST = 6, 12


def code_new() -> str:
    """Return a new code, for a place or for an event; that it is nobody else's, the database says."""
    return "".join(secrets.choice(ALPHABET) for _sign in range(LENGTH))


def code_read(typed: str) -> str:
    """Return the code that somebody typed in her own way; nothing where it cannot be one."""
    code = "".join(sign for sign in typed[:100].upper() if sign.isascii() and sign.isalnum())
    return code if _SHORTEST <= len(code) <= _LONGEST else ""


def code_shown(code: str) -> str:
    """Return a code in two halves, as it is read aloud."""
    half = len(code) // 2
    return f"{code[:half]}-{code[half:]}" if code else ""


def is_same_code(typed: str, code: str) -> bool:
    """Say whether somebody typed this code; never for an event or a place that has none."""
    return bool(code) and constant_time_compare(code_read(typed), code)
