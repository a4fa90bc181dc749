"""Filters for the pages of questionnaires."""

import re

import nh3
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evaluate import held, repeat_lists

register = template.Library()
register.filter("held_mark", held.held_mark)
register.filter("lists_around", repeat_lists.lists_around)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])")
_HEADING = re.compile(r"^#{1,6}[ \t]+")


@register.filter
def authored(text: str) -> SafeString:
    """Show a questionnaire's text with the little marking that XLSForm authors use: bold, emphasis and lines.

    Colours and tags are dropped; what remains is text of ours or escaped. People's answers may stand in it, so
    that the work grows only with the length.
    """
    clean = nh3.clean(text, tags=set()) if "<" in text else escape(text)
    lines = filter(None, map(str.strip, clean.split("\n")))
    return mark_safe("<br>".join(map(_marked_line, lines)))  # noqa: S308 escaped or cleaned above


def _marked_line(line: str) -> str:
    line = _HEADING.sub("", line)
    return _EMPHASIS.sub(r"<em>\1</em>", _strong(_strong(line, "**"), "__"))


def _strong(line: str, mark: str) -> str:
    """Make bold what lies between two marks that touch it; a mark without its other half stays as it is."""
    first, *parts = line.split(mark)
    shown, opened = [first], -1
    for part in parts:
        if opened >= 0 and shown[-1] and not shown[-1][-1].isspace():
            shown[opened] = "<strong>"
            shown += ["</strong>", part]
            opened = -1
            continue
        if opened < 0 and part and not part[0].isspace():
            opened = len(shown)
        shown += [mark, part]
    return "".join(shown)
