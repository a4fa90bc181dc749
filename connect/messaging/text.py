"""What people write to each other: brought into one form when it comes, and shown as text, never as HTML."""

import re

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from portal.core.plain_text import without_hidden

_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^\[\]]+", re.IGNORECASE)
# What ends a sentence around an address rather than belonging to it.
_TRAILING = ".,;:!?…»”’"
_LONGEST_SHOWN = 60


def message_cleaned(text: str) -> str:
    """Return a text as it is kept: with one kind of line end, without characters that nobody sees or blank ends."""
    return without_hidden(text).strip()


def message_html(text: str) -> SafeString:
    """Show a text: everything escaped, line breaks kept, and web addresses as links that vouch for nothing."""
    parts: list[str] = []
    end = 0
    for match in _ADDRESS.finditer(text):
        address = _without_trailing(match.group())
        parts += [conditional_escape(text[end : match.start()]), _link(address)]
        end = match.start() + len(address)
    parts.append(conditional_escape(text[end:]))
    return mark_safe("".join(parts).replace("\n", "<br>"))  # noqa: S308 every part was escaped above


def _without_trailing(address: str) -> str:
    trimmed = address.rstrip(_TRAILING)
    while trimmed.endswith(")") and trimmed.count(")") > trimmed.count("("):
        trimmed = trimmed[:-1].rstrip(_TRAILING)
    return trimmed


def _link(address: str) -> SafeString:
    # The beginning stays, because that is where one sees whose address it is.
    shown = address if len(address) <= _LONGEST_SHOWN else address[: _LONGEST_SHOWN - 1] + "…"
    return format_html('<a href="{}" rel="nofollow noopener noreferrer ugc">{}</a>', address, shown)
