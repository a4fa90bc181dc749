"""Texts that mention answers: `Hola ${nombre}`."""

import re
from collections.abc import Callable

_MENTION = re.compile(r"\$\{\s*([^\s{}]+)\s*\}")


def mentions(text: str) -> frozenset[str]:
    """The names of the questions that a text mentions."""
    return frozenset(_MENTION.findall(text)) if "${" in text else frozenset()


def fill(text: str, value_of: Callable[[str], str]) -> str:
    """Put the answers in place of the mentions."""
    return _MENTION.sub(lambda match: value_of(match.group(1)), text) if "${" in text else text
