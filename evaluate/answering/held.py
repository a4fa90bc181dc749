"""What a page showed when it was made, so that nobody's answer is overwritten by a page that had not seen it."""

from enum import Enum
from hashlib import blake2s

from django.http import HttpRequest

from evaluate.answering.page_node import PageNode
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES, QuestionType, Widget
from evaluate.items.applicability import is_not_applicable, reason_of
from evaluate.services.answering import Given
from evaluate.services.states import Value

HELD = ":held"
# What a browser sent before without hearing whether it arrived: answers, and reasons why something does not apply.
TRIED = ":tried"
TRIED_REASON = ":tried:motivo"
MARK_BYTES = 6


class Standing(Enum):
    """How what a page sends stands to what is kept by now."""

    FREE = "free"
    UNTOUCHED = "untouched"
    OVERTAKEN = "overtaken"


def held_mark(node: PageNode) -> str:
    """Return a short mark of what a question holds, as its fields show it."""
    if is_not_applicable(node):
        return mark_of(node, Given(None, reason_of(node)))
    return _mark(node, _as_drawn(node))


def mark_of(node: PageNode, given: Given) -> str:
    """Return the mark that a question has once it holds what is given."""
    if given.reason is not None:
        return _mark(node, f"\x00{given.reason}")
    return _mark(node, node.state.answers.get(node.path, "") if given.value is None else given.value)


def is_stale(request: HttpRequest, node: PageNode) -> bool:
    """Say whether a question holds something else by now than the page showed."""
    held = request.POST.get(f"{node.path}{HELD}")
    return held is not None and held != held_mark(node)


def standing_of(request: HttpRequest, node: PageNode, given: Given) -> Standing:
    """Compare what a page showed, what it sends and what is kept by now.

    What the page only sends back as it had shown it, while another answer is kept by now, is untouched; what was
    changed on both sides is overtaken. Nothing stands between the two where both changed it to the same, or where
    the page itself sent what is kept and did not hear that it arrived.
    """
    held, stored, sent = request.POST.get(f"{node.path}{HELD}"), held_mark(node), mark_of(node, given)
    if held is None or stored in {held, sent} or stored in _tried(request, node):
        return Standing.FREE
    return Standing.UNTOUCHED if sent == held else Standing.OVERTAKEN


def _tried(request: HttpRequest, node: PageNode) -> set[str]:
    """Return the marks of what the browser sent earlier; several choices come as one text."""
    several = node.question.type in SEVERAL_CHOICES_TYPES
    texts = request.POST.getlist(f"{node.path}{TRIED}")
    reasons = request.POST.getlist(f"{node.path}{TRIED_REASON}")
    return {
        *(_mark(node, text.split() if several else text) for text in texts),
        *(mark_of(node, Given(None, reason.strip())) for reason in reasons),
    }


def _as_drawn(node: PageNode) -> Value:
    """Return what the browser sends for a question that nobody touches."""
    widget = node.question.widget
    if widget in {Widget.SELECT_ONE, Widget.SELECT_MULTIPLE}:
        return [option.name for option in node.options if option.is_chosen]
    if widget is Widget.RANK:
        offered = {option.name for option in node.options}
        return [name for name in node.values if name in offered]
    if widget is Widget.RANGE and node.range_steps:
        return [step.name for step in node.range_steps if step.is_chosen]
    return node.values[:2] if widget is Widget.GEOPOINT else node.input_value


def _mark(node: PageNode, value: Value) -> str:
    if not isinstance(value, str):
        # Boxes may be drawn in another order; in a ranking the order is the answer.
        value = " ".join(value if node.question.type is QuestionType.RANK else sorted(value))
    # A field of one line loses the line breaks that an answer may hold.
    plain = value.replace("\r", "").replace("\n", "").strip()
    return blake2s(plain.encode(errors="replace"), digest_size=MARK_BYTES).hexdigest()
