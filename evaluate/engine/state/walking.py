"""The order in which a page draws a section."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evaluate.engine.definition import Item, Question, Repeat
from evaluate.engine.state.nodes import ResponseNode
from evaluate.engine.state.tree import MAX_INSTANCES

Kind = Literal[
    "group_start", "group_end", "repeat_start", "repeat_end", "instance_start", "instance_end", "question"
]


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to draw: a question, or the beginning or end of something that holds others."""

    kind: Kind
    path: str
    item: Item
    depth: int
    visible: bool = True
    number: int = 0
    count: int = 0
    can_add: bool = False
    can_remove: bool = False


def walk(node: ResponseNode, depth: int, *, include_hidden: bool) -> Iterator[Step]:
    """Yield the steps of a node and of all inside it; calculations and silent data are left out."""
    item = node.item
    if item is None or (not node.relevant and not include_hidden):
        return
    if isinstance(item, Question):
        if not item.is_hidden:
            yield Step("question", node.path, item, depth, node.relevant)
    elif node.instances is not None and isinstance(item, Repeat):
        yield from _walk_repeat(node, item, depth, include_hidden)
    else:
        yield Step("group_start", node.path, item, depth, node.relevant)
        for child in node.children.values():
            yield from walk(child, depth + 1, include_hidden=include_hidden)
        yield Step("group_end", node.path, item, depth, node.relevant)


def _walk_repeat(container: ResponseNode, item: Repeat, depth: int, include_hidden: bool) -> Iterator[Step]:
    instances = container.instances or []
    free = not item.count
    can_add = free and len(instances) < MAX_INSTANCES
    count = len(instances)
    yield Step("repeat_start", container.path, item, depth, container.relevant, 0, count, can_add)
    for node in instances:
        place = (node.path, item, depth + 1, node.relevant, node.position, count)
        yield Step("instance_start", *place, can_remove=free)
        for child in node.children.values():
            yield from walk(child, depth + 2, include_hidden=include_hidden)
        yield Step("instance_end", *place, can_remove=free)
    yield Step("repeat_end", container.path, item, depth, container.relevant, 0, count, can_add)
