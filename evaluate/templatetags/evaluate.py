"""Filters for what authors of questionnaires write."""

import re

import nh3
from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+?)(?<=\S)\*(?![\w*])")
_HEADING = re.compile(r"^#{1,6}\s+", re.MULTILINE)
_LINE = re.compile(r"\s*\n\s*")


@register.filter
def authored(text: str) -> SafeString:
    """Show a questionnaire's text with the little marking that XLSForm authors use: bold, emphasis and lines.

    Colours and tags are dropped; what remains is text of ours or escaped.
    """
    clean = nh3.clean(text, tags=set()) if "<" in text else escape(text)
    clean = _HEADING.sub("", clean)
    clean = _STRONG.sub(r"<strong>\2</strong>", clean)
    clean = _EMPHASIS.sub(r"<em>\1</em>", clean)
    return mark_safe(_LINE.sub("<br>", clean.strip()))  # noqa: S308 escaped or cleaned above
