"""What changed between two versions of a text, told in parts that a page can mark."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

# Longer texts are compared line by line: a page of marked words is read by nobody, and costs.
_MOST_WORDS = 1_500
_words = re.compile(r"\s+|[^\s]+")
_lines = re.compile(r"[^\n]*\n|[^\n]+")
SAME, GONE, NEW = "same", "gone", "new"


@dataclass(frozen=True)
class Part:
    """A part of a text: `same` in both versions, `gone` from the earlier one, or `new` in the later one."""

    sort: str
    text: str


def differences(before: str, after: str) -> list[Part]:
    """Return two versions as one text, each part marked with where it stands."""
    old, new = _words.findall(before), _words.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = _lines.findall(before), _lines.findall(after)
    parts: list[Part] = []
    for _kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        was, now = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        if was == now:
            parts.append(Part(SAME, was))
            continue
        parts += [Part(sort, text) for sort, text in ((GONE, was), (NEW, now)) if text]
    return parts
