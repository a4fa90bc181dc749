"""Filters for the pages of questionnaires."""

import re
from collections.abc import Mapping
from datetime import datetime

import nh3
from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from evaluate.answering import held, posted, repeat_lists
from evaluate.answering.page_node import PageNode
from evaluate.items import applicability

register = template.Library()
register.filter("held_mark", held.held_mark)
register.filter("may_not_apply", applicability.may_not_apply)
register.filter("is_not_applicable", applicability.is_not_applicable)
register.filter("reason_of", applicability.reason_of)
register.filter("exempted_questions", applicability.exempted_questions)
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,500}?)(?<=\S)\*(?![\w*])")
_HEADING = re.compile(r"^#{1,6}[ \t]+")


@register.filter
def at(mapping: Mapping[str, object], key: str) -> object:
    """Return what a mapping holds at a key that the template has in a variable; None when nothing."""
    return mapping.get(key)


@register.filter
def sent_names(node: PageNode) -> str:
    """Return the names of the fields that a question sends when it saves itself, for `hx-params`."""
    path = node.path
    names = ["path", path, f"{path}{held.HELD}"]
    if applicability.may_not_apply(node):
        names += [f"{path}{posted.NOT_APPLICABLE}", f"{path}{posted.REASON}"]
    return ",".join([*names, *(f"{each}{repeat_lists.COUNT}" for each in repeat_lists.lists_around(path))])


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


@register.filter
def when(moment: datetime) -> str:
    """Say when something happened, as one tells it: the time today, the day as well before."""
    local = timezone.localtime(moment)
    hour = date_format(local, "H:i")
    if local.date() == timezone.localdate():
        return _("a las %(hour)s") % {"hour": hour}
    return _("el %(day)s a las %(hour)s") % {"day": date_format(local, "d/m/Y"), "hour": hour}
