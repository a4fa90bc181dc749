"""Cuts a formula into tokens."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from evaluate.engine.expressions.errors import ExpressionError


class Kind(StrEnum):
    """What a token is."""

    NUMBER = "number"
    TEXT = "text"
    REFERENCE = "reference"
    NAME = "name"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """A token with the character at which it begins."""

    kind: Kind
    text: str
    position: int


NAME = r"[^\W\d][\w.\-]*"
_PATTERN = re.compile(
    rf"""(?P<space>\s+)
    |(?P<reference>\$\{{\s*(?:last-saved\#)?{NAME}\s*\}})
    |(?P<text>"[^"]*"|'[^']*'|[‘’“”][^‘’“”]*[‘’“”])
    |(?P<number>\d+(?:\.\d*)?|\.\d+)
    |(?P<name>{NAME}(?::{NAME})?)
    |(?P<symbol>!=|<=|>=|//|::|\.\.|[.,()\[\]/@|+\-*=<>])""",
    re.VERBOSE,
)


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a formula with an end mark; typographic quotes count as quotes.

    Raises ExpressionError at the first character that belongs to no token.
    """
    tokens: list[Token] = []
    position = 0
    while position < len(text):
        match = _PATTERN.match(text, position)
        if match is None:
            raise ExpressionError(_complaint(text, position), position)
        kind = match.lastgroup
        if kind != "space" and kind is not None:
            tokens.append(_token(Kind(kind), match.group(), position))
        position = match.end()
    tokens.append(Token(Kind.END, "", len(text)))
    return tokens


def _token(kind: Kind, text: str, position: int) -> Token:
    if kind is Kind.TEXT:
        text = text[1:-1]
    elif kind is Kind.REFERENCE:
        text = text[2:-1].strip()
    return Token(kind, text, position)


def _complaint(text: str, position: int) -> str:
    rest = text[position:]
    if rest[0] in "'\"‘’“”":
        return _("Falta cerrar las comillas.")
    if rest.startswith("$"):
        return _("Las referencias se escriben ${nombre}, con el nombre de una pregunta.")
    return _("No se entiende el signo «%(character)s».") % {"character": rest[0]}
