"""Texts from other people's files as plain text: no tags, entities, control characters or wrong encodings."""

import html
import re

import nh3

from inspire.importing.mojibake import may_be_damaged, repair_mojibake

# Attributes have an equals sign; without one, "a <b and c> d" is arithmetic.
_TAG = re.compile(
    r"<(?:[a-zA-Z][a-zA-Z0-9:-]*(?:\s[^<>]*=[^<>]*|\s*/?)|/[a-zA-Z][^<>]*|!--.*?--)>", re.DOTALL
)
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Halves of characters, which JSON can spell and nothing can store.
_SURROGATES = re.compile("[\ud800-\udfff]")
# Control characters but for line breaks and tabs, soft hyphens, and marks of width and direction.
_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\xad\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff]"
)
_SPACES = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n\s*\n+")
# Signs of headings and emphasis, which say nothing in a summary.
_MARKDOWN = re.compile(r"(?:^|(?<=\s))#{1,6}(?=\s)|\*\*")
_ROUNDS = 3


def clean_text(text: str) -> str:
    """Return a text of several paragraphs as plain text, its paragraphs parted by one blank line."""
    if _is_plain(text):
        return text.strip()
    plain = _INVISIBLE.sub("", repair_mojibake(_without_markup(without_surrogates(text))))
    plain = plain.replace("\r\n", "\n").replace("\r", "\n")
    lines = (_SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def clean_line(text: str) -> str:
    """Return a title or a name as plain text on one line."""
    if _is_plain(text):
        return text.strip()
    return " ".join(clean_text(text).split())


def without_surrogates(text: str) -> str:
    """Return a text that can be encoded, whatever it came from."""
    return text if text.isascii() else _SURROGATES.sub("", text)


def _is_plain(text: str) -> bool:
    """Say at once of most texts that there is nothing to do: one line without tags, entities, gaps or damage."""
    return (
        text.isprintable()
        and "<" not in text
        and "&" not in text
        and "  " not in text
        and not may_be_damaged(text)
    )


def shorten(text: str, length: int) -> str:
    """Cut a text at the end of a word so that it fits, with an ellipsis that says so."""
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    at_word, _space, _rest = cut.rpartition(" ")
    return (at_word if len(at_word) > length // 2 else cut).rstrip(" ,;:.-–") + "…"


def first_sentences(text: str, length: int) -> str:
    """Return as many whole sentences from the beginning of a text as fit, or a shortened first one."""
    opening = " ".join(_MARKDOWN.sub(" ", text[: length * 2]).split())
    if len(opening) <= length:
        return opening
    ends = [match.end() for match in re.finditer(r"[.!?…](?=\s)", opening[: length + 1])]
    return opening[: ends[-1]].strip() if ends and ends[-1] >= length // 3 else shorten(opening, length)


def _without_markup(text: str) -> str:
    """Take out tags and resolve entities, also those that were escaped twice."""
    for _round in range(_ROUNDS):
        before = text
        if _TAG.search(text):
            text = html.unescape(nh3.clean(_BREAK.sub("\n\\g<0>", text), tags=set()))
        text = _ENTITY.sub(lambda match: html.unescape(match.group()), text)
        if text == before:
            break
    return text
