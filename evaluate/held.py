"""What a page showed when it was made, so that an answer left as it was does not undo a colleague's."""

from hashlib import blake2s

from django.http import HttpRequest

from evaluate.engine.question_types import QuestionType, Widget
from evaluate.page_node import PageNode
from evaluate.services.states import Value

HELD = ":held"
MARK_BYTES = 6


def held_mark(node: PageNode) -> str:
    """Return a short mark of a question's answer as its fields show it."""
    return _mark(node, _as_drawn(node))


def is_overtaken(request: HttpRequest, node: PageNode, value: Value) -> bool:
    """Say whether someone else changed an answer that this page only sends back as it had shown it."""
    held = request.POST.get(f"{node.path}{HELD}")
    return held is not None and held == _mark(node, value) and held != held_mark(node)


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
