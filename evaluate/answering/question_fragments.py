"""Questions drawn once and shown to everybody: what a question looks like depends on little besides its answer.

A question that mentions no other answer and offers fixed choices is drawn at first sight of each of its answers and
kept in this process by all that it shows. Addresses of the evaluation are filled in afterwards. Everything else, such
as what people write, conflicts and uploads, is drawn anew each time and kept nowhere.
"""

import re
from collections import OrderedDict
from collections.abc import Hashable, Iterator
from threading import Lock

from django.template.base import Template
from django.template.context import Context
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from evaluate.answering.page_node import PageNode
from evaluate.engine.compiled import CompiledForm, compiled
from evaluate.engine.question_types import Widget

TEMPLATE = "evaluate/_question.html"
MOST_CHARACTERS = 16_000_000
ADDRESSES = ("save_url", "item_url")
# Choices hold no text of several lines, so that the template's line breaks can go: half of the bytes.
_BREAKS = re.compile(r"\s*\n\s*")
_KEPT_WIDGETS = frozenset({Widget.SELECT_ONE, Widget.SELECT_MULTIPLE})


class Fragments:
    """Drawn questions by what they show, the least used thrown away first."""

    def __init__(self, most_characters: int = MOST_CHARACTERS) -> None:
        """Begin with none."""
        self._most = most_characters
        self._size = 0
        self._kept: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = Lock()

    def __iter__(self) -> Iterator[str]:
        """Go through all that is kept."""
        with self._lock:
            return iter(list(self._kept.values()))

    def forget(self) -> None:
        """Throw all of it away."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def get(self, key: Hashable) -> str | None:
        """Return what was drawn for a key."""
        with self._lock:
            html = self._kept.get(key)
            if html is not None:
                self._kept.move_to_end(key)
            return html

    def keep(self, key: Hashable, html: str) -> None:
        """Keep what was drawn for a key."""
        with self._lock:
            self._size += len(html) - len(self._kept.pop(key, ""))
            self._kept[key] = html
            while self._size > self._most:
                _oldest, gone = self._kept.popitem(last=False)
                self._size -= len(gone)


fragments = Fragments()


def question_html(context: Context) -> SafeString:
    """Draw the question `node` of a page's context, or return it as it was drawn before.

    Args:
        context: that of the page; its `note_counts` and `conflicts` are by path.
    """
    key = _key(context)
    if key is None:
        return _drawn(context)
    html = fragments.get(key)
    if html is None:
        with context.push(**{name: _placeholder(name) for name in ADDRESSES}):
            html = _BREAKS.sub(" ", _drawn(context))
        fragments.keep(key, html)
    for name in ADDRESSES:
        html = html.replace(_placeholder(name), escape(str(context.get(name, ""))))
    return mark_safe(html)  # noqa: S308 drawn by the template; the addresses are escaped


def _key(context: Context) -> Hashable | None:
    """Return all that the question's markup depends on; None where it must be drawn anew."""
    node = context["node"]
    state = node.state
    form = compiled(state.definition)
    if not _is_plain(node, form) or node.path in (context.get("conflicts") or {}):
        return None
    if not _is_chosen(node, form):
        return None
    if state.not_applicable.get(node.path):
        return None
    evaluation = context.get("evaluation")
    return (
        form.mark,
        get_language(),
        state.language,
        node.path,
        node.dom_id,
        node.value,
        node.errors,
        node.is_required,
        state.is_not_applicable(node.path),
        bool(evaluation is not None and evaluation.municipality_id),
        str((context.get("note_counts") or {}).get(node.path) or ""),
        bool(context.get("item_url")),
        bool(context.get("oob")),
    )


def _is_plain(node: PageNode, form: CompiledForm) -> bool:
    """Say whether a question's texts and choices are the same whatever else is answered."""
    return (
        node.question.widget in _KEPT_WIDGETS
        and node.item.path in form.self_contained
        and not node.is_read_only
    )


def _is_chosen(node: PageNode, form: CompiledForm) -> bool:
    """Say whether the answer is made of the question's choices; anything else was sent by hand, however long."""
    is_one = node.question.widget is Widget.SELECT_ONE
    names = filter(None, [node.value]) if is_one else node.values
    return all(form.choice(node.question.choice_list, name) for name in names)


def _placeholder(name: str) -> str:
    return f"--{name}--"


def _drawn(context: Context) -> SafeString:
    template: Template = get_template(TEMPLATE).template  # type: ignore[attr-defined]
    return template.render(context)
